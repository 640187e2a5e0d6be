"""Whatever is killed, cut or lost: the stream is the log, and each fact counts once."""

import asyncio
import contextlib
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from deploy.embedded.postgres import PostgresServer
from services.chassis.nats import JetStreamRefused, stream_state
from tests.support.movement import (
    STREAM,
    FactsFollower,
    World,
    drop_streams,
    sqlalchemy_url,
    stream_events,
    until,
)
from tests.support.servers import Database, TestNatsServer

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.faults


class Programs:
    """Processes of ours that are killed and started again."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.running: list[tuple[str, subprocess.Popen[bytes]]] = []
        self.kills = 0

    def start(self, role: str) -> None:
        world = self._world
        command = [sys.executable, "-m", "tests.support.movement_program", role,
                   world.database_url, world.nats_url, *world.user]  # fmt: skip
        quiet = subprocess.DEVNULL
        program = subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet)
        self.running.append((role, program))

    def kill_one(self, which: int) -> None:
        """Kill without a word, and start the same again."""
        role, program = self.running.pop(which)
        program.kill()
        program.wait()
        self.kills += 1
        self.start(role)

    def end(self) -> None:
        for _, program in self.running:
            program.kill()
            program.wait()


@pytest.fixture
def programs(world: World) -> Iterator[Programs]:
    made = Programs(world)
    yield made
    made.end()


async def write_for(world: World, seconds: float) -> None:
    """Let three threads record facts, as concurrent commands do."""
    stop_at = time.monotonic() + seconds

    def write() -> None:
        while time.monotonic() < stop_at:
            with contextlib.suppress(sa.exc.DBAPIError):
                world.append(aggregates=2, raises=5)
            time.sleep(0.02)

    await asyncio.gather(*(asyncio.to_thread(write) for _ in range(3)))


async def stream_is_complete(world: World, seconds: float = 40) -> None:
    client = await world.client()
    facts = len(world.facts())

    async def is_complete() -> bool:
        try:
            return facts <= (await stream_state(client, STREAM)).messages
        except (JetStreamRefused, TimeoutError, OSError):
            return False

    await until(is_complete, seconds=seconds)
    assert world.envelopes() == await stream_events(client)


async def test_relays_killed_at_random_leave_no_trace_in_the_stream(
    world: World, programs: Programs
) -> None:
    """Two of them compete all the while; each kill meets another instant."""
    chance = random.Random(11)  # noqa: S311 - the same instants each time
    programs.start("relay")
    programs.start("relay")
    writing = asyncio.create_task(write_for(world, 9))

    while not writing.done():
        await asyncio.sleep(chance.uniform(1.2, 2.2))
        await asyncio.to_thread(programs.kill_one, chance.randrange(2))
    await writing

    await stream_is_complete(world)
    assert 3 <= programs.kills


async def test_followers_killed_at_random_apply_each_fact_once(
    world: World, programs: Programs
) -> None:
    """Two replicas; what a dead one had in hand is applied by whoever lives."""
    chance = random.Random(12)  # noqa: S311 - the same instants each time
    await world.relay()
    programs.start("follower")
    programs.start("follower")
    writing = asyncio.create_task(write_for(world, 9))

    while not writing.done():
        await asyncio.sleep(chance.uniform(1.5, 2.5))
        await asyncio.to_thread(programs.kill_one, chance.randrange(2))
    await writing

    await world.followed(seconds=40)
    assert 3 <= programs.kills


@pytest.fixture
async def fragile(
    database: Database, own_nats: Callable[[], TestNatsServer]
) -> AsyncIterator[tuple[World, TestNatsServer]]:
    """Give a world whose NATS may be stopped."""
    server = own_nats()
    made = World(sqlalchemy_url(database), server.url, server.tester)
    made.create_tables()
    made.empty_tables()
    yield made, server
    await made.close()


Fragile = tuple[World, TestNatsServer]


async def stopped_for_a_while(server: TestNatsServer) -> None:
    await asyncio.to_thread(server.kill)
    await asyncio.sleep(3)
    await asyncio.to_thread(server.start)


async def frozen_for_a_while(server: TestNatsServer) -> None:
    server.pause()
    await asyncio.sleep(3)
    server.resume()


async def wiped(server: TestNatsServer) -> None:
    await asyncio.to_thread(server.wipe)
    await asyncio.to_thread(server.start)


@pytest.mark.parametrize("fault", [stopped_for_a_while, frozen_for_a_while, wiped])
async def test_facts_go_on_after_the_bus_was_away(
    fragile: Fragile, fault: Callable[[TestNatsServer], Awaitable[None]]
) -> None:
    """Writers do not notice; afterwards stream and follower are complete."""
    world, server = fragile
    await world.relay()
    await world.answer_history()
    await world.inbox(FactsFollower())
    world.append()
    await world.followed()

    writing = asyncio.create_task(write_for(world, 5))
    await asyncio.sleep(0.5)
    await fault(server)
    await writing

    await world.followed(seconds=40)
    await stream_is_complete(world)


async def test_facts_go_on_after_the_database_was_away(
    own_postgres: Callable[[], PostgresServer],
    own_database: Callable[[PostgresServer], Database],
    nats_server: TestNatsServer,
) -> None:
    """Killed twice under writes: nothing in quarantine, nothing twice."""
    server = own_postgres()
    world = World(
        sqlalchemy_url(own_database(server)), nats_server.url, nats_server.tester
    )
    world.create_tables()
    await drop_streams(await world.client())
    await world.relay()
    await world.answer_history()
    await world.inbox(FactsFollower())
    writing = asyncio.create_task(write_for(world, 5))

    for _ in range(2):
        await asyncio.sleep(1)
        await asyncio.to_thread(server.kill)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(server.start)
    await writing

    await world.followed(seconds=40)
    await stream_is_complete(world)
    assert [] == world.rows("SELECT reason FROM tips_write.quarantine")
    await world.close()
