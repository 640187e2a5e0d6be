"""Backups, lost streams and rebuilds: a follower ends with what its sources tell."""

import asyncio
from typing import Any

import pytest

from services.chassis.inbox import Inbox, NotRebuildable
from services.chassis.nats import ask
from tests.support.movement import (
    STREAM,
    FactsFollower,
    World,
    read_to_the_end,
    until,
)
from tests.support.sample import SCHEMA, SERVICE

TEST_FACTS = "test-facts"


async def test_a_position_that_fell_back_is_caught_up_from_the_source(
    world: World,
) -> None:
    """A follower's database came from a backup; the consumer is already further."""
    world.append()
    await world.relay()
    first = await world.inbox(FactsFollower())
    await world.followed()
    await read_to_the_end(world)
    await world.stop(first)
    with world.engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {SCHEMA}.follower_position")
        connection.exec_driver_sql(f"TRUNCATE {SERVICE}_read.facts")
    world.append()
    await world.answer_history()

    await world.inbox(FactsFollower())

    await world.followed()


async def test_a_follower_survives_the_loss_of_the_stream(world: World) -> None:
    """The relay fills a new one; what was applied before is passed over."""
    client = await world.client()
    world.append()
    await world.relay()
    await world.inbox(FactsFollower())
    await world.followed()

    await ask(client, f"STREAM.DELETE.{STREAM}")
    world.append()

    await world.followed(seconds=30)
    await read_to_the_end(world)
    assert 100 == len(world.applied())


async def test_a_rebuilt_follower_is_equal_to_the_live_one(world: World) -> None:
    """It forgets everything and reads the stream from the start."""
    world.append(aggregates=10, raises=10)
    await world.relay()
    inbox = await world.inbox(FactsFollower())
    await world.followed()
    live = world.applied()

    await inbox.rebuild(TEST_FACTS)

    await world.followed()
    assert sorted(live, key=lambda fact: fact.position) == sorted(
        world.applied(), key=lambda fact: fact.position
    )


async def test_a_rebuild_needs_no_stream(world: World) -> None:
    """What the stream no longer holds comes from the source's own log."""
    client = await world.client()
    world.append(aggregates=20, raises=60)
    relay = await world.relay()
    inbox = await world.inbox(FactsFollower())
    await world.followed()
    await world.stop(relay)
    await ask(client, f"STREAM.PURGE.{STREAM}")
    await world.answer_history()

    await inbox.rebuild(TEST_FACTS, from_stores=True)

    await world.followed()


async def test_a_follower_that_cannot_forget_is_not_rebuilt(world: World) -> None:
    """A reaction has done things in the world."""

    class Reaction:
        name = "test-reaction"
        sources = (SERVICE,)
        event_types = FactsFollower.event_types

        def apply(self, conn: Any, batch: Any) -> None: ...

    inbox = Inbox(await world.client(), world.engine, [Reaction()], service=SERVICE)

    with pytest.raises(NotRebuildable):
        await inbox.rebuild("test-reaction")


async def test_a_restored_source_with_the_same_past_is_followed_on(
    world: World,
) -> None:
    """New generation, nothing lost: applied facts are not applied again."""
    await world.answer_history()
    world.append()
    relay = await world.relay()
    await world.inbox(FactsFollower())
    await world.followed()
    await world.stop(relay)

    world.log.begin_generation()
    world.append()
    await world.relay()

    await world.followed()
    await read_to_the_end(world)
    assert 100 == len(world.applied())
    generations = world.rows(
        f"SELECT DISTINCT generation FROM {SCHEMA}.follower_position WHERE position > 0"
    )
    assert [(str(world.log.generation()),)] == generations


async def test_a_restored_source_that_lost_facts_makes_its_followers_anew(
    world: World,
) -> None:
    """What was derived from the lost facts is forgotten."""
    await world.answer_history()
    world.append()
    relay = await world.relay()
    await world.inbox(FactsFollower())
    await world.followed()
    await world.stop(relay)

    with world.engine.begin() as connection:
        connection.exec_driver_sql(f"DELETE FROM {SCHEMA}.events WHERE position > 30")
        connection.exec_driver_sql(
            f"ALTER TABLE {SCHEMA}.events ALTER position RESTART WITH 31"
        )
    world.log.begin_generation()
    world.append(aggregates=2, raises=30)
    await world.relay()

    await until(lambda: sorted(world.facts(), key=_place) == sorted(
        world.applied(), key=_place
    ))  # fmt: skip


async def test_what_a_lost_store_left_in_the_stream_is_passed_over(
    world: World,
) -> None:
    """Databases began anew, the stream and its consumer did not."""
    await world.answer_history()
    world.append(aggregates=20, raises=20)
    relay = await world.relay()
    inbox = await world.inbox(FactsFollower())
    await world.followed()
    await read_to_the_end(world)
    await world.stop(inbox)
    await world.stop(relay)
    world.empty_tables()
    world.append()

    await world.inbox(FactsFollower())
    await asyncio.sleep(1.0)
    await world.relay()

    await world.followed()


def _place(fact: Any) -> int:
    return int(fact.position)
