"""Bring an edition of the register of units into the store, once and for ever.

Called when the registry starts. Ids and command ids follow from the edition, so a
second or broken-off import adds only what is missing.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar
from uuid import UUID, uuid5

import sqlalchemy as sa
import structlog
from eventsourcing.domain import Aggregate

from services.chassis.calls import CommandKey
from services.chassis.commands import Change, CommandPath
from services.chassis.service import Runtime
from services.contracts.registry.units import unit_id
from services.registry.domain.unit import Unit, UnitFacts
from services.registry.domain.unit_register import UnitRegister
from services.registry.domain.values import Heir
from services.registry.read_models.tables import UNITS
from services.registry.reference.snapshot import (
    UNTIL,
    Snapshot,
    SnapshotUnit,
    UnitKey,
    as_of,
    read_snapshot,
)

_NAMESPACE: Final = UUID("b6b5c8a1-9b0a-5c62-9d5c-0d8f0f9f2b11")
_CHUNK: Final = 2_000
_RETRY_SECONDS: Final = 0.5
_LOCK: Final = "SELECT pg_try_advisory_lock(hashtextextended('registry:import', 0))"
_UNLOCK: Final = "SELECT pg_advisory_unlock(hashtextextended('registry:import', 0))"

A = TypeVar("A", bound=Aggregate)

logger = structlog.get_logger()


class RegisterOfAnotherDay(RuntimeError):
    """The store's register was cut to a day: it cannot become another one by import."""


class Known(NamedTuple):
    """What the store holds already."""

    editions: frozenset[str]
    units: frozenset[UUID]


async def import_units(runtime: Runtime, given: Snapshot | None = None) -> int:
    """Import what is missing of the edition; returns how many units that were.

    One replica at a time: the others wait and find nothing to do.
    """
    snapshot = await asyncio.to_thread(read_snapshot) if given is None else given
    until = runtime.settings.register_until
    if until is not None:
        snapshot = as_of(snapshot, until)
    known = await runtime.read(_known)
    if snapshot.head.edition in known.editions:
        return 0
    _refuse_another_day(snapshot.head.edition, known.editions)
    connection = runtime.engine.connect()
    with connection.execution_options(isolation_level="AUTOCOMMIT") as holder:
        while not holder.exec_driver_sql(_LOCK).scalar_one():  # noqa: ASYNC110 - another process holds it
            await asyncio.sleep(_RETRY_SECONDS)
        try:
            return await _import(runtime, snapshot)
        finally:
            # The connection goes back to the pool, and the lock is the session's.
            holder.exec_driver_sql(_UNLOCK)


def _refuse_another_day(edition: str, known: frozenset[str]) -> None:
    if known and any(UNTIL in one for one in (edition, *known)):
        raise RegisterOfAnotherDay(
            f"The store holds {', '.join(sorted(known))}; {edition} was asked for by"
            " BINHYEN_REGISTER_UNTIL. Give it a database of its own."
        )


async def _import(runtime: Runtime, snapshot: Snapshot) -> int:
    known = await runtime.read(_known)
    edition = snapshot.head.edition
    if edition in known.editions:
        return 0
    paths = _paths(snapshot.units)
    missing = [unit for unit in snapshot.units if _id(unit.key) not in known.units]
    for start in range(0, len(missing), _CHUNK):
        await asyncio.gather(
            *(
                _run(runtime.commands, edition, establish_unit(unit, paths))
                for unit in missing[start : start + _CHUNK]
            )
        )
    await _run(runtime.commands, edition, _mark_imported(snapshot))
    logger.info("units_imported", edition=edition, units=len(missing))
    return len(missing)


def establish_unit(unit: SnapshotUnit, paths: dict[UnitKey, str]) -> Change[Unit]:
    """Decide on one unit's whole known history."""
    facts = UnitFacts(
        code=unit.key.code,
        level=unit.key.level,
        unit_type=unit.unit_type,
        name=unit.name,
        bare_name=unit.bare_name,
        parent_id=None if unit.parent is None else _id(unit.parent),
        path=paths[unit.key],
        valid_from=unit.key.valid_from,
        legal_basis=unit.legal_basis,
    )

    def decide(_: Unit | None) -> tuple[Unit, bytes]:
        established = Unit.establish(_id(unit.key), facts)
        for change in unit.changes:
            established.retype(
                effective_on=change.effective_on,
                unit_type=change.unit_type,
                name=change.name,
                legal_basis=change.legal_basis,
            )
        if unit.valid_to is not None:
            heirs = [Heir(_id(s.key), s.whole, s.kind) for s in unit.successors]
            established.abolish(
                valid_to=unit.valid_to, legal_basis=unit.ended_by, successors=heirs
            )
        return established, b"{}"

    return Change(
        aggregate_type=Unit, aggregate_id=_id(unit.key), decide=decide, is_new=True
    )


def _mark_imported(snapshot: Snapshot) -> Change[UnitRegister]:
    head = snapshot.head
    register_id = uuid5(_NAMESPACE, head.edition)
    facts = sum(1 + len(u.changes) + bool(u.valid_to) for u in snapshot.units)

    def decide(_: UnitRegister | None) -> tuple[UnitRegister, bytes]:
        imported = UnitRegister.mark(
            register_id,
            country_id=_id(snapshot.units[0].key),
            edition=head.edition,
            units=head.units,
            facts=facts,
        )
        return imported, b"{}"

    return Change(
        aggregate_type=UnitRegister,
        aggregate_id=register_id,
        decide=decide,
        is_new=True,
    )


async def _run(commands: CommandPath, edition: str, change: Change[A]) -> None:
    command_id = uuid5(_NAMESPACE, f"{edition}:{change.aggregate_id}")
    fingerprint = hashlib.sha256(command_id.bytes).digest()
    await commands.run(change, CommandKey(command_id, fingerprint))


def _id(key: UnitKey) -> UUID:
    return unit_id(key.level, key.code, key.valid_from)


def _paths(units: Sequence[SnapshotUnit]) -> dict[UnitKey, str]:
    """Return each unit's place; parents stand before their children."""
    paths: dict[UnitKey, str] = {}
    for unit in units:
        since = unit.key.valid_from
        if unit.parent is None:
            paths[unit.key] = unit.key.code
        else:
            label = f"{unit.key.code}-{0 if since is None else since.year}"
            paths[unit.key] = f"{paths[unit.parent]}.{label}"
    return paths


def _known(conn: sa.Connection) -> Known:
    return Known(
        frozenset(conn.execute(sa.select(UNITS.editions.c.edition)).scalars()),
        frozenset(conn.execute(sa.select(UNITS.units.c.id)).scalars()),
    )
