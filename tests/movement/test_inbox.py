"""A follower applies each fact once, in order, whatever the stream brings."""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from services.chassis.consumer_pull import Pull, Pulled
from services.chassis.inbox import Delivered
from services.chassis.nats import ask, ensure_consumer
from services.chassis.positions import positions_reached
from services.chassis.shard_reader import ShardReader
from services.contracts.envelope import CloudEvent
from tests.support.movement import (
    STREAM,
    FactsFollower,
    World,
    read_to_the_end,
    until,
)
from tests.support.sample import SCHEMA, SERVICE, TallyRaisedV1

TEST_FACTS = "test-facts"


def payloads(events: list[CloudEvent]) -> list[tuple[int, bytes]]:
    return [(event.partition, msgspec.json.encode(event)) for event in events]


async def reasons(world: World) -> list[str]:
    rows = world.rows(f"SELECT reason FROM {SCHEMA}.quarantine ORDER BY id")
    return [row[0] for row in rows]


async def test_facts_arrive_once_and_in_the_order_of_their_partition(
    world: World,
) -> None:
    """Through the relay, the stream and the consumer, into the follower's table."""
    world.append(aggregates=20, raises=20)
    await world.relay()

    await world.inbox(FactsFollower())

    await world.followed()


@pytest.mark.parametrize("shards", [2, 8])
async def test_shards_share_the_partitions(world: World, shards: int) -> None:
    """Each partition has one reader, and together they miss nothing."""
    world.append(aggregates=20, raises=5)
    await world.relay()

    await world.inbox(FactsFollower(), shards=shards)

    await world.followed()


async def test_positions_say_how_far_a_follower_is(world: World) -> None:
    """One row per partition, with the position and time of its last fact."""
    world.append()
    await world.relay()
    await world.inbox(FactsFollower())
    await world.followed()

    with world.engine.connect() as connection:
        reached = positions_reached(connection, SCHEMA, TEST_FACTS)

    last = {fact.partition: fact.position for fact in world.facts()}
    assert last == {row.partition: row.position for row in reached}
    assert {str(world.log.generation())} == {row.generation for row in reached}


async def test_the_hook_runs_after_each_commit(world: World) -> None:
    """With the facts of the batch, once per batch."""
    follower = FactsFollower()
    world.append()
    await world.relay()
    await world.inbox(follower)

    await world.followed()
    await until(lambda: sum(follower.committed) == len(world.facts()))
    assert follower.batches == follower.committed


async def test_a_hook_that_fails_stops_nothing(world: World) -> None:
    """It is no part of the transaction."""

    class Clumsy(FactsFollower):
        async def after_commit(self, runtime: Any, batch: Any) -> None:
            raise RuntimeError("clumsy")

    world.append()
    await world.relay()

    await world.inbox(Clumsy())

    await world.followed()


async def test_messages_that_come_three_times_count_once(world: World) -> None:
    """Every fact doubled at once and repeated at the end."""
    world.append()
    events = world.envelopes()
    doubled = [event for event in events for _ in range(2)] + events

    await world.forge(payloads(doubled))
    await world.inbox(FactsFollower())

    await world.followed()
    await read_to_the_end(world)
    assert len(events) == len(world.applied())


async def test_shuffled_messages_are_applied_in_order(world: World) -> None:
    """What is missing in front of a message is asked from the source."""
    world.append(aggregates=10, raises=20)
    events = world.envelopes()
    random.Random(7).shuffle(events)  # noqa: S311 - the same disorder each time

    await world.forge(payloads(events))
    await world.answer_history()
    await world.inbox(FactsFollower())

    await world.followed()
    await read_to_the_end(world)
    assert 200 == len(world.applied())


async def test_a_gap_is_never_skipped_but_waited_for(world: World) -> None:
    """Until the source answers, nothing behind the gap is applied."""
    world.append(aggregates=1, raises=10)
    events = world.envelopes()
    del events[4]

    await world.forge(payloads(events))
    await world.inbox(FactsFollower())
    await until(lambda: 4 == len(world.applied()))
    await asyncio.sleep(1.0)
    assert 4 == len(world.applied())
    await world.answer_history()

    await world.followed()


async def test_poison_goes_to_quarantine_and_the_rest_flows(world: World) -> None:
    """Rubbish, an unknown type, a broken contract, a fact that apply refuses."""
    world.append(aggregates=8, raises=10)
    events = world.envelopes()
    events[10] = msgspec.structs.replace(events[10], type="sample.tally.melted.v1")
    events[20] = msgspec.structs.replace(events[20], data=msgspec.Raw(b'{"by": "x"}'))
    refused = events[30].id
    follower = FactsFollower()

    def poison(fact: Delivered) -> None:
        if fact.event_id == refused:
            raise ValueError("cannot be applied")

    follower.poison = poison
    messages = payloads(events)
    messages.insert(5, (0, b"{rubbish"))
    messages.insert(6, (0, b"[" * 5000))

    await world.forge(messages)
    await world.inbox(follower)

    await until(lambda: 77 == len(world.applied()))
    wrong = {events[10].id, events[20].id, refused}
    assert wrong.isdisjoint(fact.event_id for fact in world.applied())
    assert {"undecodable", "unknown_type", "contract_broken", "apply_failed"} == set(
        await reasons(world)
    )
    kept = world.rows(
        f"SELECT event_key, raw, attempts FROM {SCHEMA}.quarantine"
        " WHERE reason = 'apply_failed'"
    )
    assert [(refused, msgspec.json.encode(events[30]), 3)] == [
        (row[0], bytes(row[1]), row[2]) for row in kept
    ]


async def test_facts_of_a_type_that_a_newer_release_knows_leave_quarantine(
    world: World,
) -> None:
    """An upgrade applies what the old release could not read, once."""
    old = FactsFollower()
    old.event_types = {}
    world.append(aggregates=1, raises=3)
    events = world.envelopes()
    changed = [msgspec.structs.replace(e, type="sample.tally.grown.v1") for e in events]
    await world.forge(payloads(changed))
    inbox = await world.inbox(old)
    await until(lambda: 3 == len(world.rows(f"SELECT 1 FROM {SCHEMA}.quarantine")))
    await world.stop(inbox)
    new = FactsFollower()
    new.event_types = {"sample.tally.grown.v1": TallyRaisedV1}

    await world.inbox(new)

    await until(lambda: 3 == len(world.applied()))
    states = world.rows(f"SELECT state FROM {SCHEMA}.quarantine")
    assert [("released",)] * 3 == states


async def test_types_that_a_follower_does_not_want_only_move_its_position(
    world: World,
) -> None:
    """A type of the catalogue is no poison."""
    follower = FactsFollower()
    world.append(aggregates=1, raises=6)
    events = world.envelopes()
    events[3] = msgspec.structs.replace(events[3], type="sample.tally.closed.v1")

    await world.forge(payloads(events))
    await world.inbox(follower, catalogue=frozenset({"sample.tally.closed.v1"}))

    await until(lambda: 5 == len(world.applied()))
    assert [] == await reasons(world)


async def test_two_readers_of_one_partition_apply_each_fact_once(
    world: World,
) -> None:
    """Even past the pin of the consumer: the position row decides."""
    world.append(aggregates=10, raises=30)
    await world.relay()
    follower = FactsFollower()
    first = await world.inbox(follower)
    intruder = ShardReader(first._context, follower, SERVICE, 0)
    intruder.consumer = "intruder"
    task = asyncio.create_task(intruder.run())

    for _ in range(20):
        await asyncio.to_thread(world.append, 3, 5)
        await asyncio.sleep(0.02)

    await world.followed()
    task.cancel()


async def test_a_standby_takes_over(world: World) -> None:
    """When the pinned reader stops, the other goes on where it was."""
    world.append()
    await world.relay()
    first = await world.inbox(FactsFollower())
    await world.inbox(FactsFollower())
    await world.followed()

    await world.stop(first)
    world.append()

    await world.followed()


async def test_an_acknowledgement_that_was_lost_doubles_nothing(world: World) -> None:
    """The consumer forgets what was acknowledged and delivers everything again."""
    world.append()
    client = await world.client()
    await world.relay()
    await world.inbox(FactsFollower())
    await world.followed()

    await ask(client, f"CONSUMER.DELETE.{STREAM}.{TEST_FACTS}")
    world.append()

    await world.followed()
    await read_to_the_end(world)
    assert 100 == len(world.applied())


async def test_what_a_dead_reader_had_in_hand_is_not_acknowledged_by_the_next(
    world: World,
) -> None:
    """Its facts lie in a partition where nothing happens any more."""
    world.append(aggregates=12, raises=2)
    events = world.envelopes()
    quiet = events[0].partition
    in_hand = [event for event in events if event.partition == quiet]
    others = [event for event in events if event.partition != quiet]
    await world.forge(payloads(in_hand))
    client = await world.client()
    await ensure_consumer(client, STREAM, TEST_FACTS)
    async with Pull(client, STREAM, TEST_FACTS) as dead:
        assert in_hand[0].position == _position(await dead.take(100))

    await world.forge(payloads(others))
    await world.inbox(FactsFollower())

    await world.followed()


def _position(messages: Sequence[Pulled]) -> int:
    position: int = msgspec.json.decode(messages[0].payload)["position"]
    return position
