"""A rebuild past a stream with holes; alone, for it breaks a stream."""

from services.chassis import nats
from services.reporting.rebuild import rebuild
from tests.reporting import facts, units
from tests.reporting.world import World


async def test_rebuild_fills_the_holes_of_a_stream_from_the_store(
    world: World,
) -> None:
    """A lost stream is no reason to lose figures."""
    for _ in range(140):
        await world.campaigns.tell(facts.held(units.PHUC, 1))
    await world.caught_up()
    before = world.figures.table()
    await world.campaigns.lose_stream()
    await world.campaigns.publish(world.campaigns.messages[100:130])
    done = await rebuild(world.settings, "streams")

    assert 0 == done.differing
    assert before == world.figures.table()
    await nats.ask(world.campaigns.client, "STREAM.DELETE.EV_CAMPAIGNS")
    assert 0 == (await rebuild(world.settings, "streams")).differing
    await world.campaigns.lay_out()
