"""The event log against plain SQL: appends by sixteen callers, and rehydration."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final
from uuid import UUID, uuid4

import orjson
import psycopg
import sqlalchemy as sa

from bench.facts import one_session
from bench.ground import ground
from bench.house import House
from bench.measure import Row, interleaved, ratio_row
from services.campaigns.domain.session import Session
from services.chassis.calls import CommandKey
from services.chassis.command_writer import CommandWriter, PreparedCommand
from services.chassis.event_store import EventLog, insert_rows
from services.chassis.mapper import EventMapper, StoredRow, project

CALLERS = 16
SECONDS = 2.0
EVENTS = 100
SERVICE = "bench"
SCHEMA = f"{SERVICE}_write"


RAW_LIMIT: Final = (
    "append: psycopg in 16 threads, one prepared INSERT and commit each, no command id;"
    " rehydration: SELECT and orjson.loads of the same rows, nothing built of them"
)


def measure(house: House) -> Iterator[Row]:
    """Append one event a command, with and without the writer, then read back."""
    with ground(house) as place:
        engine = place.make_store(SERVICE)
        url = place.database_url
        ours, raw = interleaved(
            lambda: _append_by_writer(engine), lambda: _append_raw(url), rounds=3
        )
        yield ratio_row("Append by 16 callers without HTTP", "/s", ours, raw, 0.6)
        ours, raw = interleaved(
            lambda: _append_by_recorder(engine), lambda: _append_raw(url), rounds=3
        )
        row = ratio_row("Library's recorder interface, 16 threads", "/s", ours, raw, 0)
        # Not on the path of a command, so it has no goal.
        yield row._replace(goal="–", met=None)
        yield _rehydrate(engine, url)
        engine.dispose()


def _rows(mapper: EventMapper, count: int = 1) -> list[StoredRow]:
    session = one_session()
    for number in range(count - 1):
        session.correct(61 + number, "miscounted", "officer")
    return [mapper.to_row(event) for event in session.collect_events()]


def _append_by_writer(engine: sa.Engine) -> float:
    """Commands a second through the writer that every command of ours takes."""
    writer = CommandWriter(engine, SCHEMA)
    (row,) = _rows(EventMapper([Session]))
    event = one_session().collect_events()

    async def call(until: float) -> int:
        done = 0
        while time.perf_counter() < until:
            fresh = row._replace(aggregate_id=uuid4())
            key = CommandKey(uuid4(), b"f")
            await writer.write(PreparedCommand(key, b"{}", tuple(event), [fresh], None))
            done += 1
        return done

    async def run() -> float:
        until = time.perf_counter() + SECONDS
        counts = await asyncio.gather(*(call(until) for _ in range(CALLERS)))
        await writer.close()
        return sum(counts) / SECONDS

    return asyncio.run(run())


def _append_by_recorder(engine: sa.Engine) -> float:
    log = EventLog(engine, SCHEMA, EventMapper([Session]))
    (row,) = _rows(EventMapper([Session]))

    def append() -> None:
        with engine.begin() as connection:
            fresh = row._replace(aggregate_id=uuid4())
            insert_rows(connection, log.statements, [fresh])

    return _in_threads(lambda: append)


def _append_raw(url: str) -> float:
    (row,) = _rows(EventMapper([Session]))
    statement = (
        f"INSERT INTO {SCHEMA}.events (originator_id, originator_version, topic, state)"
        " VALUES (%s, 1, %s, %s)"
    )

    def appender() -> Callable[[], None]:
        connection = psycopg.connect(url, autocommit=True)

        def append() -> None:
            values = (uuid4(), row.topic, row.state)
            connection.execute(statement, values, prepare=True)

        return append

    return _in_threads(appender)


def _in_threads(make: Callable[[], Callable[[], None]]) -> float:
    counts = [0] * CALLERS
    until = time.perf_counter() + SECONDS

    def work(number: int) -> None:
        append = make()
        while time.perf_counter() < until:
            append()
            counts[number] += 1

    threads = [threading.Thread(target=work, args=(n,)) for n in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def _rehydrate(engine: sa.Engine, url: str) -> Row:
    mapper = EventMapper([Session])
    log = EventLog(engine, SCHEMA, mapper)
    ids: list[UUID] = []
    for _ in range(50):
        rows = _rows(mapper, EVENTS)
        ids.append(rows[0].aggregate_id)
        with engine.begin() as connection:
            insert_rows(connection, log.statements, rows)
    reader = psycopg.connect(url, autocommit=True)
    select = (
        f"SELECT state FROM {SCHEMA}.events WHERE originator_id = %s"
        " ORDER BY originator_version"
    )

    def raw() -> float:
        started = time.perf_counter()
        for found in ids:
            rows = reader.execute(select, (found,), prepare=True).fetchall()
            assert len([orjson.loads(row[0]) for row in rows]) == EVENTS
        return len(ids) / (time.perf_counter() - started)

    def ours() -> float:
        started = time.perf_counter()
        for found in ids:
            session: Session | None = project(None, log.events_of(found))
            assert session is not None
            assert session.version == EVENTS
        return len(ids) / (time.perf_counter() - started)

    measured, limit = interleaved(ours, raw)
    reader.close()
    return ratio_row("Rehydrate an aggregate of 100 events", "/s", measured, limit,
                     0.25)  # fmt: skip
