"""Figures of forces that went on in another unit, from real streams and rebuilt."""

import random
from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from services.contracts.envelope import PublicEvent
from services.contracts.registry.force_events import LaterCount, LaterHome
from services.contracts.reporting import api
from services.reporting.rebuild import rebuild
from tests.reporting import facts, units
from tests.reporting.world import World, values

# A day in the middle of 2023, on which Chia gives a force to Phúc.
DAY: Final = date(2023, 7, 1)
BEFORE: Final = date(2023, 3, 20)
AFTER: Final = date(2023, 9, 5)
THERE: Final = (LaterHome(since=DAY, unit_id=units.PHUC),)


def a_life() -> list[PublicEvent]:
    """Return what was told of a force with two members, one of them let go later."""
    later = (LaterCount(day=AFTER, force_units=0, members=-1),)
    latecomer = facts.enrolled(units.CHIA, day=BEFORE)
    return [
        facts.board(units.CHIA, day=BEFORE),
        facts.enrolled(units.CHIA, day=BEFORE),
        facts.enrolled(units.CHIA, day=BEFORE),
        facts.ceased(units.CHIA, day=AFTER),
        facts.passed_on(units.CHIA, units.PHUC, members=2, day=DAY, later=later),
        # Told after the passing: of a day before it, and of one since.
        msgspec.structs.replace(latecomer, later_homes=THERE),
        facts.enrolled(units.PHUC, day=AFTER),
    ]


async def test_figures_before_the_day_stay_and_from_it_are_the_successors(
    world: World,
) -> None:
    """In whatever order the facts arrive; provinces lose nothing; rebuilt, the same."""
    before = {unit: await _members(world, unit) for unit in _UNITS}
    told = a_life()
    random.Random(5).shuffle(told)  # noqa: S311 - a fixed disorder
    await world.registry.tell(*told)
    await world.caught_up()
    gained = {
        unit: tuple(
            after - was
            for after, was in zip(
                await _members(world, unit), before[unit], strict=True
            )
        )
        for unit in _UNITS
    }
    assert {
        units.CHIA: (3, 0),
        units.PHUC: (0, 3),
        # Each in its own province; over the country nothing changed by the passing.
        units.OLD_THAI_NGUYEN: (3, 0),
        units.BAC_KAN: (0, 3),
        units.COUNTRY: (3, 3),
    } == gained
    for origin in ("streams", "stores"):
        assert 0 == (await rebuild(world.settings, origin)).differing  # type: ignore[arg-type]


async def test_figures_are_the_old_units_again_when_the_plan_is_undone(
    world: World,
) -> None:
    """The undoing moves back what stands by then, day by day."""
    before = world.figures.table()
    later = (LaterCount(day=AFTER, force_units=0, members=1),)
    for event in (
        facts.board(units.CHIA, day=BEFORE),
        facts.enrolled(units.CHIA, day=BEFORE),
        facts.passed_on(units.CHIA, units.PHUC, members=1, day=DAY),
        facts.enrolled(units.PHUC, day=AFTER),
        facts.passing_undone(units.PHUC, units.CHIA, members=1, day=DAY, later=later),
    ):
        await world.registry.tell(event)
    await world.caught_up()
    added = {
        key: value - before.get(key, 0)
        for key, value in world.figures.table().items()
        if value != before.get(key, 0)
    }
    assert {
        (units.CHIA, "neighbourhood_guard_boards", BEFORE): 1,
        (units.CHIA, "neighbourhood_guard_members", BEFORE): 1,
        (units.CHIA, "neighbourhood_guard_members", AFTER): 1,
    } == {key: value for key, value in added.items() if key[0] == units.CHIA}
    assert units.PHUC not in {unit_id for unit_id, _, _ in added}
    assert 0 == (await rebuild(world.settings, "streams")).differing


_UNITS: Final = (
    units.CHIA,
    units.PHUC,
    units.OLD_THAI_NGUYEN,
    units.BAC_KAN,
    units.COUNTRY,
)


async def _members(world: World, unit_id: UUID) -> tuple[int, int]:
    """Return who serves at the ends of the first half of the year and of the year."""
    found = []
    for period in (
        api.PeriodSpec(year=2023, kind="half", number=1),
        api.PeriodSpec(year=2023),
    ):
        asked = api.FiguresRequest(unit_ids=[unit_id], period=period)
        line = (await values(world, asked))["neighbourhood_guard_members"]
        found.append(line or 0)
    return found[0], found[1]
