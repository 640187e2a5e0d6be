"""What is told of one unit, and the unit that it makes: the one place of that rule.

The tables of every service, and the registry's view of what was known at a moment, fold
the same facts here.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from msgspec.structs import replace

from services.contracts.envelope import PublicEvent
from services.contracts.registry.events import (
    Successor,
    UnitAbolishedV1,
    UnitChangeUndoneV1,
    UnitCustodyPassedV1,
    UnitEstablishedV1,
    UnitPartTransferredV1,
    UnitRegisterImportedV1,
    UnitRenamedV1,
    UnitRetypedV1,
    UnitVoidedV1,
)
from services.unit_directory.tree import Custody, NameSince, Unit

ABOUT_UNITS: Final[tuple[type[PublicEvent], ...]] = (
    UnitEstablishedV1,
    UnitRetypedV1,
    UnitRenamedV1,
    UnitAbolishedV1,
    UnitPartTransferredV1,
    UnitChangeUndoneV1,
    UnitVoidedV1,
    UnitCustodyPassedV1,
)
UNIT_EVENTS: Final[tuple[type[PublicEvent], ...]] = (
    *ABOUT_UNITS,
    UnitRegisterImportedV1,
)
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


class UnitFact(NamedTuple):
    """An event about a unit: its place in that unit's history and in the log."""

    version: int
    event: PublicEvent
    position: int = 0
    recorded_at: datetime = _LONG_AGO


def unit_of(facts: Sequence[UnitFact]) -> Unit | None:
    """Return the unit that its facts, in their order, make; None before the first.

    Predecessors are told by other units' facts: see `linked`.
    """
    if not facts or not isinstance(facts[0].event, UnitEstablishedV1):
        return None
    first = facts[0].event
    undone = {
        fact.event.change_version
        for fact in facts
        if isinstance(fact.event, UnitChangeUndoneV1)
    }
    standing = [fact.event for fact in facts if fact.version not in undone]
    return Unit(
        id=first.unit_id,
        code=first.code,
        level=first.level,
        unit_type=first.unit_type,
        name=first.name,
        bare_name=first.bare_name,
        parent_id=first.parent_id,
        path=first.path,
        valid_from=first.valid_from,
        valid_to=_end(first, standing),
        legal_basis=first.legal_basis,
        ended_by=_ended_by(standing),
        later_names=tuple(_later_names(first.bare_name, standing)),
        successors=tuple(_heirs(first, standing)),
        custodies=tuple(
            Custody(event.kind, event.keeper_id, event.effective_on)
            for event in standing
            if isinstance(event, UnitCustodyPassedV1)
        ),
        version=facts[-1].version,
    )


def linked(units: Iterable[Unit]) -> list[Unit]:
    """Tell each unit whom it took over from, by their codes."""
    found = sorted(units, key=lambda unit: (unit.code, unit.path))
    before: dict[UUID, list[Successor]] = {}
    for unit in found:
        for heir_id, taken in handed_over(unit):
            before.setdefault(heir_id, []).append(taken)
    return [
        replace(unit, predecessors=tuple(before[unit.id]))
        if unit.id in before
        else unit
        for unit in found
    ]


def handed_over(unit: Unit) -> Iterator[tuple[UUID, Successor]]:
    """Return the heirs of a unit, each with what it is to tell of it."""
    for heir in unit.successors:
        yield heir.unit_id, replace(heir, unit_id=unit.id)


def _end(first: UnitEstablishedV1, standing: Iterable[PublicEvent]) -> date | None:
    for event in standing:
        if isinstance(event, UnitAbolishedV1):
            return event.valid_to
        if isinstance(event, UnitVoidedV1):
            return first.valid_from
    return first.valid_to


def _ended_by(standing: Iterable[PublicEvent]) -> str | None:
    for event in standing:
        if isinstance(event, UnitAbolishedV1 | UnitVoidedV1):
            return event.legal_basis
    return None


def _later_names(bare: str, standing: Iterable[PublicEvent]) -> Iterator[NameSince]:
    """Fill in what a re-typing leaves as it was: the bare name."""
    for event in standing:
        if isinstance(event, UnitRenamedV1):
            bare = event.bare_name
        if isinstance(event, UnitRenamedV1 | UnitRetypedV1):
            yield NameSince(event.effective_on, event.unit_type, event.name, bare)


def _heirs(
    first: UnitEstablishedV1, standing: Iterable[PublicEvent]
) -> Iterator[Successor]:
    for event in standing:
        match event:
            case UnitAbolishedV1():
                for heir in event.successors:
                    yield replace(heir, effective_on=event.valid_to)
            case UnitVoidedV1():
                for heir in event.heirs:
                    yield replace(heir, effective_on=first.valid_from)
            case UnitPartTransferredV1():
                yield Successor(
                    unit_id=event.to_unit_id,
                    whole=False,
                    kind="transfer",
                    effective_on=event.effective_on,
                )
