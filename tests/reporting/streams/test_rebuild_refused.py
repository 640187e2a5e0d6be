"""A rebuild that is refused; alone, for it silences a source."""

import pytest
import sqlalchemy as sa

from services.reporting.rebuild import RebuildRefused, rebuild
from tests.reporting import facts, units
from tests.reporting.world import World


async def test_rebuild_that_cannot_have_every_fact_changes_nothing(
    world: World,
) -> None:
    """A stream with a hole whose service is silent: refused, figures as they were."""
    for _ in range(3):
        await world.tips.tell(facts.received(units.QUANG))
    await world.caught_up()
    before = world.figures.table()
    await world.tips.lose_stream()
    await world.tips.publish(world.tips.messages[-1:])
    await world.tips.fall_silent()
    try:
        with pytest.raises(RebuildRefused):
            await rebuild(world.settings, "streams")
        with pytest.raises(RebuildRefused):
            await rebuild(world.settings, "stores")
    finally:
        await world.tips.answer()

    assert before == world.figures.table()
    with world.runtime.engine.connect() as conn:
        tables = sa.inspect(conn).get_table_names("reporting_read")
    assert not [name for name in tables if name.endswith("_rebuilt")]
