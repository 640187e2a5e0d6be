"""The stream is the log: same facts, same order, each once, whatever happens."""

import asyncio

import pytest

from services.chassis.nats import ask, ensure_stream, event_stream_shape, stream_state
from services.chassis.outbox import Relay, StoreBehindStream
from tests.support.movement import STREAM, World, stream_events, until
from tests.support.sample import SERVICE, publish


async def relayed(world: World, relay: Relay) -> None:
    head = world.log.head()
    await until(lambda: relay.position >= head)


async def test_the_stream_becomes_the_public_part_of_the_log(world: World) -> None:
    """Each public event is there once, in order; private ones only move on."""
    world.append(aggregates=9, raises=11)
    client = await world.client()

    await relayed(world, await world.relay())

    assert world.envelopes() == await stream_events(client)
    assert 99 == len(world.envelopes())


async def test_each_fact_points_back_to_the_one_before_it_in_its_partition(
    world: World,
) -> None:
    """Following ``previous`` from 0 visits every fact of a partition."""
    world.append(aggregates=12, raises=4)
    client = await world.client()

    await relayed(world, await world.relay())

    last: dict[int, int] = {}
    for event in await stream_events(client):
        assert last.get(event.partition, 0) == event.previous
        last[event.partition] = event.position
    assert 4 <= len(last)


async def test_a_commit_reaches_the_stream_soon_after_it_wakes_the_relay(
    world: World,
) -> None:
    """Woken relays do not wait for their poll."""
    client = await world.client()
    relay = await world.relay()
    await until(lambda: relay.position == 0)
    await asyncio.sleep(0.3)
    subscription = await client.subscribe(f"ev.{SERVICE}.>")
    await client.flush()
    loop = asyncio.get_running_loop()

    world.append(aggregates=1, raises=1)
    began = loop.time()
    relay.wake()
    await subscription.next_msg(timeout=5)

    assert 1.0 > loop.time() - began


async def test_the_chain_goes_on_after_a_restart(world: World) -> None:
    """A second relay reads position and chain back from the stream."""
    client = await world.client()
    world.append()
    first = await world.relay()
    await relayed(world, first)
    await world.stop(first)
    world.append()

    await relayed(world, await world.relay())

    assert world.envelopes() == await stream_events(client)


async def test_two_relays_at_once_publish_each_fact_once(world: World) -> None:
    """They fence each other by the expected sequence."""
    client = await world.client()
    relays = [await world.relay(), await world.relay()]

    for _ in range(30):
        await asyncio.to_thread(world.append, 3, 5)
        for relay in relays:
            relay.wake()
        await asyncio.sleep(0.01)
    await until(lambda: world.log.head() <= max(relay.position for relay in relays))

    assert world.envelopes() == await stream_events(client)


async def test_a_lost_stream_is_made_and_filled_again(world: World) -> None:
    """Also while nothing new happens: the relay looks now and then."""
    client = await world.client()
    world.append()
    await relayed(world, await world.relay())

    await ask(client, f"STREAM.DELETE.{STREAM}")

    async def is_filled() -> bool:
        found = (await ask(client, "STREAM.NAMES")).get("streams") or ()
        return STREAM in found and 50 == (await stream_state(client, STREAM)).messages

    await until(is_filled)
    assert world.envelopes() == await stream_events(client)


async def test_an_emptied_stream_is_filled_again(world: World) -> None:
    """A purge leaves the sequence where it was; the facts come back behind it."""
    client = await world.client()
    world.append()
    await relayed(world, await world.relay())

    await ask(client, f"STREAM.PURGE.{STREAM}")

    async def is_filled() -> bool:
        return 50 == (await stream_state(client, STREAM)).messages

    await until(is_filled)
    assert world.envelopes() == await stream_events(client)


async def test_a_stream_that_lost_its_tail_gets_it_again(world: World) -> None:
    """What the broker forgot after a power cut is published from what is left."""
    client = await world.client()
    world.append()
    relay = await world.relay()
    await relayed(world, relay)
    await world.stop(relay)
    kept = (await stream_events(client))[:20]
    await ask(client, f"STREAM.DELETE.{STREAM}")
    await _stream_of(world, [world_event.position for world_event in kept])

    await relayed(world, await world.relay())

    assert world.envelopes() == await stream_events(client)


async def _stream_of(world: World, positions: list[int]) -> None:
    """Make a stream that holds only the facts up to the last of these positions."""
    client = await world.client()
    await ensure_stream(client, event_stream_shape(SERVICE))
    generation = str(world.log.generation())
    relay = Relay(client, world.log, publish, service=SERVICE)
    relay._log = _CutLog(world, positions[-1], generation)  # type: ignore[assignment]
    world.start(relay)
    await until(lambda: relay.position >= positions[-1])
    await world.stop(relay)


class _CutLog:
    """The log as it was when its head was at a position."""

    def __init__(self, world: World, head: int, generation: str) -> None:
        self._world = world
        self._head = head
        self._generation = generation

    def generation(self) -> str:
        return self._generation

    def head(self) -> int:
        return self._head

    def read_after(self, position: int, limit: int) -> list:  # type: ignore[type-arg]
        return self._world.log.read_after(position, limit, until=self._head)


async def test_a_relay_refuses_to_publish_over_facts_that_its_store_does_not_have(
    world: World,
) -> None:
    """A store restored without a new generation needs an operator."""
    client = await world.client()
    world.append()
    relay = await world.relay()
    await relayed(world, relay)
    await world.stop(relay)
    with world.engine.begin() as connection:
        connection.exec_driver_sql(
            f"DELETE FROM {SERVICE}_write.events WHERE position > 30"
        )

    fallen = Relay(client, world.log, publish, service=SERVICE)

    with pytest.raises(StoreBehindStream):
        await asyncio.wait_for(fallen.run(), 10)


async def test_a_restored_store_tells_its_history_again_under_its_new_generation(
    world: World,
) -> None:
    """Positions start again behind what the old generation left in the stream."""
    client = await world.client()
    world.append()
    relay = await world.relay()
    await relayed(world, relay)
    await world.stop(relay)
    old = await stream_events(client)
    with world.engine.begin() as connection:
        connection.exec_driver_sql(
            f"DELETE FROM {SERVICE}_write.events WHERE position > 30"
        )
    world.log.begin_generation()

    await relayed(world, await world.relay())

    assert old + world.envelopes() == await stream_events(client)


async def test_foreign_messages_at_the_end_of_the_stream_do_not_move_the_relay(
    world: World,
) -> None:
    """It looks for the last facts of its own and goes on behind the rubbish."""
    client = await world.client()
    world.append()
    relay = await world.relay()
    await relayed(world, relay)
    await world.stop(relay)
    for partition in range(8):
        await client.publish(f"ev.{SERVICE}.{partition}.x.y.v1", b"{broken")
    await client.flush()
    world.append()

    await relayed(world, await world.relay())

    state = await stream_state(client, STREAM)
    assert 100 + 8 == state.messages
