"""The event log against plain SQL: appends by sixteen callers, and rehydration."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID, uuid4

import orjson
import psycopg
import sqlalchemy as sa

from bench.measure import Row, interleaved, ratio_row
from services.campaigns.domain.session import Session, SessionFacts
from services.chassis.calls import CommandKey
from services.chassis.command_writer import CommandWriter, PreparedCommand
from services.chassis.database import create_engine, write_metadata
from services.chassis.event_store import EventLog, insert_rows
from services.chassis.mapper import EventMapper, StoredRow, project

CALLERS = 16
SECONDS = 3.0
EVENTS = 100
SERVICE = "bench"
SCHEMA = f"{SERVICE}_write"


def measure(url: str) -> Iterator[Row]:
    """Measure on a database of ours; ``url`` may create schemas in it."""
    engine = create_engine(_sqlalchemy(url), service=SERVICE, pool=CALLERS)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
    write_metadata(SERVICE).create_all(engine)
    ours, raw = interleaved(
        lambda: _append_by_writer(engine), lambda: _append_raw(url), rounds=3
    )
    yield ratio_row("Append by 16 callers without HTTP", "events/s", ours, raw, 0.6)
    ours, raw = interleaved(
        lambda: _append_by_recorder(engine), lambda: _append_raw(url), rounds=3
    )
    yield ratio_row(
        "Append by 16 threads, one transaction an event", "events/s", ours, raw, 0.6,
        "recorder alone",
    )  # fmt: skip
    yield _rehydrate(engine, url)
    engine.dispose()


def _sqlalchemy(url: str) -> str:
    return "postgresql+psycopg://" + url.partition("://")[2]


def _session() -> Session:
    facts = SessionFacts(
        session_id=uuid4(),
        campaign_id=None,
        unit_id=uuid4(),
        unit_path="VN.06-0.058-0.01834-0",
        held_on=date(2023, 8, 19),
        kind="outreach",
        attendance=60,
        organiser="police",
        origin="own",
        venue="Nhà văn hóa thôn",
        recorded_by="officer",
    )
    return Session.hold(facts, date(2026, 1, 1))


def _rows(mapper: EventMapper, count: int = 1) -> list[StoredRow]:
    session = _session()
    for number in range(count - 1):
        session.correct(61 + number, "miscounted", "officer")
    return [mapper.to_row(event) for event in session.collect_events()]


def _append_by_writer(engine: sa.Engine) -> float:
    """Commands a second through the writer that every command of ours takes."""
    writer = CommandWriter(engine, SCHEMA)
    (row,) = _rows(EventMapper([Session]))
    event = _session().collect_events()

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
    connection = psycopg.connect(url, autocommit=True)
    select = (
        f"SELECT state FROM {SCHEMA}.events WHERE originator_id = %s"
        " ORDER BY originator_version"
    )

    def raw() -> float:
        started = time.perf_counter()
        for found in ids:
            rows = connection.execute(select, (found,), prepare=True).fetchall()
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
    connection.close()
    return ratio_row("Rehydrate an aggregate of 100 events", "/s", measured, limit,
                     0.25)  # fmt: skip
