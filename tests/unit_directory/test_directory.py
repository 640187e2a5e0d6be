"""A service learns the tree from events in any partition order, and only whole."""

import random
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID
from zlib import crc32

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from deploy.embedded.issuer import Issuer
from services.chassis.commands import Change
from services.chassis.event_store import RecordedEvent
from services.chassis.inbox import Delivered
from services.chassis.schemas import prepare_schema
from services.chassis.service import (
    Runtime,
    ServiceDefinition,
    build_runtime,
    close_runtime,
)
from services.chassis.settings import Settings
from services.contracts.registry.events import UnitRenamedV1
from services.contracts.registry.units import UnitRef, unit_id
from services.registry.domain.unit import UndoReason
from services.registry.publishing import publish
from services.registry.reference.snapshot import read_snapshot
from services.registry.use_cases import import_units
from services.unit_directory.directory import units_of
from services.unit_directory.follower import UnitsFollower
from services.unit_directory.refusals import UnitsNotLoaded
from services.unit_directory.tables import UnitTables
from tests.support.servers import Database
from tests.unit_directory.histories import country

REFORM: Final = date(2025, 7, 1)
READ: Final = sa.MetaData(schema="tips_read")
UNITS: Final = UnitTables(READ)
PARTITIONS: Final = 8


@pytest.fixture(scope="module")
def deliveries() -> list[Delivered]:
    """Give every unit event of the register, in the order of the store."""
    snapshot = read_snapshot()
    paths = import_units._paths(snapshot.units)
    changes: list[Change[Any]] = [
        *(import_units.establish_unit(unit, paths) for unit in snapshot.units),
        import_units._mark_imported(snapshot),
    ]
    found: list[Delivered] = []
    for change in changes:
        aggregate, _ = change.decide(None)
        for event in aggregate.collect_events():
            position = len(found) + 1
            recorded = RecordedEvent(
                position,
                event,
                "",
                event.originator_id,
                event.originator_version,
            )
            found.append(delivered(recorded))
    return found


def delivered(recorded: RecordedEvent) -> Delivered:
    public = publish(recorded)
    assert public is not None
    return Delivered(
        source="registry",
        generation="1",
        partition=crc32(recorded.aggregate_id.bytes) % PARTITIONS,
        position=recorded.position,
        event_id=f"{recorded.aggregate_id}/{recorded.version}",
        type=public.TYPE,
        subject=recorded.aggregate_id,
        time=datetime(2026, 10, 1, tzinfo=UTC),
        event=public,
    )


@pytest.fixture
async def runtime(database: Database, issuer: Issuer) -> AsyncIterator[Runtime]:
    made = build_runtime(
        ServiceDefinition(
            name="tips", aggregates=(), publish=lambda _: None, read_metadata=READ
        ),
        Settings(
            service="tips",
            database_url=SecretStr(database.url("tips")),
            jwks_file=issuer.jwks_file,
        ),
    )
    prepare_schema(made)
    yield made
    await close_runtime(made)


def in_any_order(deliveries: list[Delivered]) -> list[list[Delivered]]:
    """Cut the partitions into batches and mix these; inside, order stays."""
    chance = random.Random(7)  # noqa: S311 - a repeatable order, no secret
    lanes = [
        [d for d in deliveries if d.partition == number] for number in range(PARTITIONS)
    ]
    batches = []
    while any(lanes):
        lane = chance.choice([lane for lane in lanes if lane])
        size = chance.randint(1, 900)
        batches.append(lane[:size])
        del lane[:size]
    return batches


async def test_the_tree_is_learnt_whole_or_not_at_all(
    runtime: Runtime, deliveries: list[Delivered]
) -> None:
    """Until the last fact every question is refused and the service is not ready."""
    follower = UnitsFollower("tips-units", UNITS)
    await runtime.write(follower.forget)
    await follower.attach(runtime)
    batches = in_any_order(deliveries)
    for batch in batches:
        assert "units" in {reason.split(":")[0] for reason in await runtime.unready()}
        with pytest.raises(UnitsNotLoaded):
            units_of(runtime)
        await runtime.write(follower.apply, batch)
        await follower.after_commit(runtime, batch)
    assert [] == list(await runtime.unready())
    tree = units_of(runtime)
    assert 14_139 == len(tree)
    old = tree.resolve(UnitRef(code="01840"), date(2023, 6, 1))
    assert tree.within((unit_id("province", "19", REFORM),), old.id)
    assert (
        "Phường Lộc Ninh"
        == tree.unit(unit_id("commune", "25270", REFORM)).named(date(2026, 4, 30)).name
    )
    await follower.directory.close()


async def test_a_process_without_followers_reads_what_is_there(
    runtime: Runtime, deliveries: list[Delivered]
) -> None:
    """A replica that follows nothing takes the tree from the service's tables."""
    follower = UnitsFollower("tips-units", UNITS)
    await runtime.write(follower.apply, deliveries)
    await follower.attach(runtime)
    assert 14_139 == len(units_of(runtime))
    await follower.directory.close()


async def test_facts_that_come_again_change_nothing(
    runtime: Runtime, deliveries: list[Delivered]
) -> None:
    """A rebuilt position may bring every fact twice."""
    follower = UnitsFollower("tips-units", UNITS)
    await runtime.write(follower.apply, deliveries)
    before = await runtime.read(_rows)
    await runtime.write(follower.apply, deliveries[:3_000])
    assert before == await runtime.read(_rows)


async def test_forgetting_makes_room_for_reading_again(
    runtime: Runtime, deliveries: list[Delivered]
) -> None:
    """After it the register is not whole, until the events have come again."""
    follower = UnitsFollower("tips-units", UNITS)
    await runtime.write(follower.apply, deliveries)
    assert None is not await runtime.read(UNITS.revision)
    await runtime.write(follower.forget)
    assert None is await runtime.read(UNITS.revision)


async def test_a_change_and_its_undoing_come_in_any_batches(runtime: Runtime) -> None:
    """Together, apart or twice: the unit is what all its facts make."""
    commune = country()[2]
    commune.rename(
        effective_on=date(2026, 2, 1), name="Xã Mới", bare_name="Mới", legal_basis=None
    )
    commune.undo(2, reason=UndoReason.ENTERED_WRONGLY, legal_basis=None)
    basis = "9/NQ-UBTVQH16"
    commune.abolish(valid_to=date(2026, 3, 1), legal_basis=basis, successors=[])
    told = [
        delivered(RecordedEvent(n, event, "", commune.id, n))
        for n, event in enumerate(commune.collect_events(), start=1)
    ]
    follower = UnitsFollower("tips-units", UNITS)
    seen = []
    for batches in ([told], [[one] for one in told], [told[:2], told, told[1:3]]):
        await runtime.write(follower.forget)
        for batch in batches:
            await runtime.write(follower.apply, batch)
        seen.append(await runtime.read(UNITS.read))
    await runtime.write(follower.forget)
    assert seen[0] == seen[1] == seen[2]
    (unit,) = seen[0]
    assert ((), date(2026, 3, 1), 4) == (unit.later_names, unit.valid_to, unit.version)
    assert (None, basis) == (unit.legal_basis, unit.ended_by)


async def test_later_changes_do_not_stand_in_for_missing_facts(
    runtime: Runtime, deliveries: list[Delivered]
) -> None:
    """A partition that is ahead brings later changes; the tree is not whole yet."""
    follower = UnitsFollower("tips-units", UNITS)
    await runtime.write(follower.forget)
    *first, last, mark = deliveries
    await runtime.write(follower.apply, [*first, mark])
    renamed = UnitRenamedV1(
        unit_id=first[0].subject,
        effective_on=date(2026, 10, 2),
        unit_type="quoc_gia",
        name="Việt Nam",
        bare_name="Việt Nam",
    )
    later = first[0]._replace(
        event=renamed, position=mark.position + 1, event_id=f"{first[0].subject}/2"
    )
    await runtime.write(follower.apply, [later])
    assert await runtime.read(UNITS.revision) is None
    await runtime.write(follower.apply, [last])
    assert len(deliveries) == await runtime.read(UNITS.revision)


def _rows(conn: sa.Connection) -> dict[UUID, int]:
    rows = conn.execute(sa.select(UNITS.units.c.id, UNITS.units.c.version))
    return {row.id: row.version for row in rows}
