"""A small world for tests of the chassis' movement: a store, a stream, a follower."""

import asyncio
import contextlib
import time
import traceback
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from nats.aio.client import Client

from services.chassis.bus import Bus
from services.chassis.database import create_engine
from services.chassis.envelopes import Envelopes
from services.chassis.event_store import EventLog, insert_rows
from services.chassis.history import history_verb
from services.chassis.inbox import Delivered, Inbox
from services.chassis.mapper import EventMapper
from services.chassis.nats import (
    JetStreamRefused,
    ask,
    connect,
    ensure_stream,
    event_stream_shape,
    stream_state,
)
from services.chassis.outbox import Relay
from services.chassis.requests import RequestRunner
from services.contracts.envelope import CloudEvent, PublicEvent
from tests.support.sample import (
    SCHEMA,
    SERVICE,
    Tally,
    TallyRaisedV1,
    create_sample_tables,
    publish,
)
from tests.support.servers import Database

STREAM = f"EV_{SERVICE.upper()}"
_decoder = msgspec.json.Decoder(CloudEvent)


class Fact(msgspec.Struct, frozen=True):
    """A public fact, as the log or a follower's table tells it."""

    event_id: str
    partition: int
    position: int
    by: int


class FactsFollower:
    """Writes down each fact in the order of its application; no key hides a double."""

    sources: tuple[str, ...] = (SERVICE,)
    event_types: Mapping[str, type[PublicEvent]] = {TallyRaisedV1.TYPE: TallyRaisedV1}

    def __init__(self, name: str = "test-facts") -> None:
        self.name = name
        self.batches: list[int] = []
        self.committed: list[int] = []
        self.poison: Callable[[Delivered], None] = lambda _: None

    def apply(self, conn: sa.Connection, batch: Sequence[Delivered]) -> None:
        self.batches.append(len(batch))
        for fact in batch:
            self.poison(fact)
        conn.exec_driver_sql(
            f"INSERT INTO {SERVICE}_read.facts (follower, event_id, partition,"
            " position, by) SELECT %s, u.* FROM"
            " unnest(%s::text[], %s::int[], %s::int8[], %s::int8[]) AS u",
            (
                self.name,
                [fact.event_id for fact in batch],
                [fact.partition for fact in batch],
                [fact.position for fact in batch],
                [fact.event.by for fact in batch],  # type: ignore[attr-defined]
            ),
        )

    def forget(self, conn: sa.Connection) -> None:
        conn.exec_driver_sql(
            f"DELETE FROM {SERVICE}_read.facts WHERE follower = %s", (self.name,)
        )

    async def after_commit(self, runtime: Any, batch: Sequence[Delivered]) -> None:
        self.committed.append(len(batch))


class World:
    """One service's store and the servers around it."""

    def __init__(self, database_url: str, nats_url: str, user: tuple[str, str]) -> None:
        self.database_url = database_url
        self.nats_url = nats_url
        self.user = user
        self.engine = create_engine(database_url, service=SERVICE, pool=12)
        self.mapper = EventMapper([Tally])
        self.log = EventLog(self.engine, SCHEMA, self.mapper)
        self._running: list[tuple[Any, asyncio.Task[None]]] = []
        self._clients: list[Bus] = []

    def create_tables(self) -> None:
        create_sample_tables(self.engine)
        with self.engine.begin() as connection:
            connection.exec_driver_sql(
                f"CREATE TABLE IF NOT EXISTS {SERVICE}_read.facts (n bigserial,"
                " follower text, event_id text, partition int, position bigint,"
                " by bigint)"
            )

    def empty_tables(self) -> None:
        names = ("events", "commands", "store_identity", "follower_position",
                 "quarantine", "ingress")  # fmt: skip
        tables = ", ".join(f"{SCHEMA}.{name}" for name in names)
        with self.engine.begin() as connection:
            connection.exec_driver_sql(
                f"TRUNCATE {tables}, {SERVICE}_read.facts,"
                f" {SERVICE}_read.tally_values RESTART IDENTITY"
            )

    async def client(self) -> Bus:
        made = await connect(
            self.nats_url, name="test", user=self.user[0], password=self.user[1]
        )
        self._clients.append(made)
        return made

    def append(self, aggregates: int = 5, raises: int = 10) -> list[UUID]:
        """Record tallies that are opened (private) and raised (public)."""
        tallies = [Tally(label=f"t{n}") for n in range(aggregates)]
        for turn in range(raises):
            for tally in tallies:
                tally.raise_by(turn + 1)
        rows = [
            self.mapper.to_row(event)
            for tally in tallies
            for event in tally.collect_events()
        ]
        with self.engine.begin() as connection:
            insert_rows(connection, self.log.statements, rows)
        return [tally.id for tally in tallies]

    def envelopes(self) -> list[CloudEvent]:
        """Return what has to be in the stream, worked out from the log alone."""
        generation = str(self.log.generation())
        writer = Envelopes(SERVICE, generation, publish, 8)
        recorded = self.log.read_after(0, 1_000_000)
        messages = [m for event in recorded if (m := writer.message(event))]
        return [_decoder.decode(message.payload) for message in messages]

    def facts(self) -> list[Fact]:
        """Return the public facts of the log, in its order."""
        return [
            Fact(e.id, e.partition, e.position, msgspec.json.decode(e.data)["by"])
            for e in self.envelopes()
        ]

    def applied(self, follower: str = "test-facts") -> list[Fact]:
        """Return what a follower applied, in the order of its doing so."""
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "SELECT event_id, partition, position, by"
                f" FROM {SERVICE}_read.facts WHERE follower = %s ORDER BY n",
                (follower,),
            )
            return [Fact(*row) for row in rows]

    def rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql(question, values)
            return [tuple(row) for row in found]

    async def relay(self, client: Bus | None = None) -> Relay:
        """Start a relay; it is stopped with the world."""
        made = Relay(client or await self.client(), self.log, publish, service=SERVICE)
        self.start(made)
        return made

    async def inbox(self, follower: Any, client: Bus | None = None, **kw: Any) -> Inbox:
        """Start an inbox; it is stopped with the world."""
        made = Inbox(
            client or await self.client(),
            self.engine,
            [follower],
            service=SERVICE,
            runtime=kw.pop("runtime", object()),
            **kw,
        )
        self.start(made)
        return made

    async def forge(self, payloads: Sequence[tuple[int, bytes]]) -> None:
        """Put messages into the stream by hand, in any order, right or wrong."""
        client = await self.client()
        await ensure_stream(client, event_stream_shape(SERVICE))
        for partition, payload in payloads:
            subject = f"ev.{SERVICE}.{partition}.sample.tally.raised.v1"
            await client.publish(subject, payload)
        await client.flush()

    async def answer_history(self) -> RequestRunner:
        """Let the source answer events_after."""
        verb = history_verb(self.log, publish, service=SERVICE, partitions=8)
        runtime: Any = SimpleNamespace(name=SERVICE)
        runner = RequestRunner(runtime, await self.client(), [verb])
        self.start(runner)
        await runner.started.wait()
        return runner

    async def followed(self, follower: str = "test-facts", **kw: Any) -> None:
        """Wait until the follower has applied exactly what the log tells."""
        facts = self.facts()
        count = f"SELECT count(*) FROM {SERVICE}_read.facts WHERE follower = %s"
        await until(lambda: self.rows(count, follower)[0][0] >= len(facts), **kw)
        assert by_partition(facts) == by_partition(self.applied(follower))

    def start(self, part: Any) -> "asyncio.Task[None]":
        task = asyncio.create_task(part.run())
        task.add_done_callback(_tell_of_a_fall)
        self._running.append((part, task))
        return task

    async def stop(self, part: Any) -> None:
        """Stop a part as its process would."""
        for running, task in self._running:
            if running is part:
                part.stop()
                await asyncio.wait_for(task, 20)
        self._running = [pair for pair in self._running if pair[0] is not part]

    async def close(self) -> None:
        for part, task in reversed(self._running):
            part.stop()
            # The test has judged already.
            with contextlib.suppress(Exception):
                await asyncio.wait_for(task, 20)
        for client in self._clients:
            await client.close()
        self.engine.dispose()


def _tell_of_a_fall(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        traceback.print_exception(error)


async def stream_events(client: Client) -> list[CloudEvent]:
    """Return everything that the stream holds, in its order."""
    state = await stream_state(client, STREAM)
    inbox = client.new_inbox()
    answers = await client.subscribe(inbox)
    found: list[CloudEvent] = []
    sequence = max(1, state.first_sequence)
    while sequence <= state.last_sequence:
        asked = msgspec.json.encode({"seq": sequence, "batch": 1000})
        await client.publish(f"$JS.API.DIRECT.GET.{STREAM}", asked, reply=inbox)
        while (answer := await answers.next_msg(timeout=5)).data:
            found.append(_decoder.decode(answer.data))
            sequence = int((answer.headers or {})["Nats-Sequence"]) + 1
    await answers.unsubscribe()
    return found


async def read_to_the_end(world: World) -> None:
    """Wait until the consumer has nothing left, so that doubles would have come."""
    client = await world.client()

    async def is_read() -> bool:
        found = await ask(client, f"CONSUMER.INFO.{STREAM}.test-facts")
        return 0 == found["num_pending"] + found["num_ack_pending"]

    await until(is_read)


async def drop_streams(client: Client) -> None:
    """Delete every stream of the account."""
    for name in (await ask(client, "STREAM.NAMES")).get("streams") or ():
        try:
            await ask(client, f"STREAM.DELETE.{name}")
        except JetStreamRefused as refusal:
            if not refusal.is_missing:
                raise


async def until(
    condition: Callable[[], Any | Awaitable[Any]], *, seconds: float = 20.0
) -> None:
    """Wait until the condition holds. Fails the test when it never does."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if isinstance(found, Awaitable):
            found = await found
        if found:
            return
        assert time.monotonic() < deadline, f"not within {seconds} s"
        await asyncio.sleep(0.02)


def by_partition(facts: Sequence[Fact]) -> dict[int, list[Fact]]:
    """Return the facts of each partition in their order, which is all that is kept."""
    found: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.partition].append(fact)
    return dict(found)


def sqlalchemy_url(database: Database) -> str:
    return "postgresql+psycopg://" + database.url(SERVICE).partition("://")[2]
