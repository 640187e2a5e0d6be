"""Figures counted anew, from streams and from stores, while facts arrive."""

import asyncio
import random
from datetime import date

import pytest
import sqlalchemy as sa

from services.contracts.envelope import PublicEvent
from services.reporting.rebuild import rebuild
from tests.reporting import facts, planning, units
from tests.reporting.world import COMMUNES, World, values, year_of


def some_facts(number: int) -> list[tuple[str, PublicEvent]]:
    """Return facts of all three sources in a fixed order that looks like chance."""
    chance = random.Random(7)  # noqa: S311 - a fixed disorder
    made: list[tuple[str, PublicEvent]] = []
    for _ in range(number):
        unit = chance.choice(COMMUNES)
        day = date(2023, chance.randint(1, 12), chance.randint(1, 28))
        made.append(
            chance.choice(
                [
                    ("campaigns", facts.held(unit, chance.randint(1, 90), day)),
                    ("campaigns", facts.corrected(unit, 5, chance.randint(0, 9), day)),
                    ("campaigns", facts.point(unit, day=day)),
                    ("tips", facts.received(unit, day)),
                    ("tips", facts.valued(unit, day)),
                    ("registry", facts.enrolled(unit, facts.POLICE, day)),
                    ("registry", planning.issued(planning.line(unit, 3, 9), day=day)),
                ]
            )
        )
    return made


@pytest.mark.parametrize("origin", ["streams", "stores"])
async def test_rebuilt_figures_equal_those_counted_live(
    world: World, origin: str
) -> None:
    """Counted anew beside the present ones, then swapped: not one figure differs."""
    for name, event in some_facts(120):
        await getattr(world, name).tell(event)
    await world.caught_up()
    before = world.figures.table()
    with world.runtime.engine.begin() as conn:  # what the rebuild has to repair
        conn.execute(
            sa.text(
                "DELETE FROM reporting_read.figures WHERE indicator = 'tips_received'"
            )
        )
        conn.execute(sa.text("UPDATE reporting_read.figures SET value = value + 1"))
    done = await rebuild(world.settings, origin)  # type: ignore[arg-type]

    assert before == world.figures.table()
    assert len(before) <= done.differing + 1
    assert len(world.campaigns.messages) <= done.facts
    await world.tips.tell(facts.received(units.QUANG))  # and it goes on counting
    await world.caught_up()
    key = (units.QUANG, "tips_received", facts.DAY)
    assert before.get(key, 0) + 1 == world.figures.table()[key]
    again = await rebuild(world.settings, origin)  # type: ignore[arg-type]
    assert 0 == again.differing


async def test_rebuild_while_facts_arrive_loses_none(world: World) -> None:
    """The follower counts on during the rebuild; both end at the same figures."""
    before = await values(world, year_of(units.COUNTRY))

    async def keep_telling() -> None:
        for _ in range(150):
            await world.campaigns.tell(facts.held(units.PHUC, 1))

    await asyncio.gather(keep_telling(), rebuild(world.settings, "streams"))
    await world.caught_up()
    after = await values(world, year_of(units.COUNTRY))

    assert (before["sessions_held"] or 0) + 150 == after["sessions_held"]
    assert 0 == (await rebuild(world.settings, "streams")).differing
