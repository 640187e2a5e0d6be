"""Stream to read model: the real inbox and followers beside a raw socket and COPY."""

import asyncio
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec
import psycopg
import sqlalchemy as sa
import uvloop
from pydantic import SecretStr

from bench.facts import PARTITIONS, SERVICE, STREAM, communes_of_2023, told_sessions
from bench.ground import Ground, copy_units, ground
from bench.house import House
from bench.measure import Row, interleaved, most_row, ratio_row
from services.chassis import nats
from services.chassis.followers import Delivered
from services.chassis.inbox import Inbox
from services.chassis.settings import Settings
from services.contracts.campaigns.events import SessionHeldV1
from services.contracts.envelope import PublicEvent
from services.reporting.read_models.figures_follower import FiguresFollower
from services.reporting.read_models.tables import (
    FIGURES,
    LEVELS,
    READ_METADATA,
    UNITS,
    WAITING,
)
from services.reporting.rebuild import rebuild
from services.unit_directory.directory import UnitDirectory

RAW_LIMIT: Final = (
    "windows of 2000 over a raw socket, all acknowledged by the last, decoded by"
    " msgspec into one flat Struct, one row per event by COPY, one commit per window"
)
EVENTS: Final = 200_000
MILLION: Final = 1_000_000
READER: Final = "reporting"
_WINDOW: Final = 2000
_TABLE: Final = f"{READER}_read.bench_sessions"
_COPY: Final = f"COPY {_TABLE} (session_id, unit_id, held_on, attendance) FROM STDIN"


class OneRowAFact:
    """A follower with the raw reader's table: what is left is the inbox itself."""

    sources: tuple[str, ...] = (SERVICE,)
    event_types: Mapping[str, type[PublicEvent]] = {SessionHeldV1.TYPE: SessionHeldV1}

    def __init__(self, name: str) -> None:
        self.name = name
        self.applied = 0

    def apply(self, conn: sa.Connection, batch: Sequence[Delivered]) -> None:
        """Copy the batch."""
        held: list[Any] = [delivered.event for delivered in batch]
        cursor = conn.connection.cursor()
        _copy(
            cursor, ((e.session_id, e.unit_id, e.held_on, e.attendance) for e in held)
        )
        self.applied += len(batch)


class CountedFigures(FiguresFollower):
    """Reporting's own follower of one source, telling how much it has applied."""

    sources: tuple[str, ...] = (SERVICE,)
    applied = 0

    def apply(self, conn: sa.Connection, batch: Sequence[Delivered]) -> None:
        """Count the figures, then the batch."""
        super().apply(conn, batch)
        self.applied += len(batch)


class _Held(msgspec.Struct):
    session_id: UUID
    unit_id: UUID
    held_on: date
    attendance: int


class _Told(msgspec.Struct):
    """What the raw reader decodes of an envelope."""

    position: int
    data: _Held


def _copy(cursor: Any, rows: Iterable[tuple[UUID, UUID, date, int]]) -> None:
    text = "".join(
        f"{session}\t{unit}\t{day}\t{attendance}\n"
        for session, unit, day, attendance in rows
    )
    with cursor.copy(_COPY) as copy:
        copy.write(text)


def measure(house: House) -> Iterator[Row]:
    """Follow a stream of 200,000 sessions (with --long a million) from its start."""
    count = MILLION if house.is_long else EVENTS
    communes = communes_of_2023(house)
    with ground(house) as place:
        engine = _tables(place)
        copy_units(house, place, UNITS)
        _fill_stream(place, communes, count)
        followers = iter(OneRowAFact(f"bench-{n}") for n in range(100))
        ours, raw = interleaved(
            lambda: _follow(place, engine, next(followers), count),
            lambda: _raw(place, count),
            rounds=3,
        )
        yield ratio_row(
            "Consumer, stream to read model, one row a fact", "/s", ours, raw, 0.4
        )
        figures = CountedFigures(_directory(engine), FIGURES, WAITING, LEVELS)
        rate = _follow(place, engine, figures, count)
        yield Row("Figures counted by reporting's follower", "–", f"{rate:,.0f} /s",
                  None, "–", None)  # fmt: skip
        seconds = uvloop.run(_rebuild(house, place, count)) * MILLION / count
        how = "" if count == MILLION else f", extrapolated from {count:,}"
        yield most_row(f"Figures rebuilt from 1,000,000 events{how}", "s", seconds, 40)
        engine.dispose()


async def _rebuild(house: House, place: Ground, count: int) -> float:
    """Seconds of reporting's own rebuild, once the follower has counted all."""
    user, password = place.user
    settings = Settings(
        service=READER,
        database_url=SecretStr(place.database_url),
        nats_url=place.nats_url,
        nats_user=user,
        nats_password=SecretStr(password),
        jwks_file=Path(house.run.jwks_file),
    )
    started = time.perf_counter()
    done = await rebuild(settings, "streams")
    assert (count, 0) == done, done
    return time.perf_counter() - started


def _tables(place: Ground) -> sa.Engine:
    engine = place.make_store(READER, READ_METADATA)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"CREATE TABLE {_TABLE} (session_id uuid, unit_id uuid, held_on date,"
            " attendance int)"
        )
    return engine


def _fill_stream(place: Ground, communes: Sequence[UUID], count: int) -> None:
    messages = told_sessions(communes, count)
    with place.raw_nats() as raw:
        raw.new_stream(nats.event_stream_shape(SERVICE))
        raw.publish([(message.subject, message.payload) for message in messages])


def _directory(engine: sa.Engine) -> UnitDirectory:
    directory = UnitDirectory(UNITS)
    with engine.connect() as connection:
        directory.reload(connection)
    assert directory.loaded
    return directory


def _follow(place: Ground, engine: sa.Engine, follower: Any, count: int) -> float:
    return uvloop.run(_followed(place, engine, follower, count))


async def _followed(
    place: Ground, engine: sa.Engine, follower: Any, count: int
) -> float:
    client = await nats.connect(
        place.nats_url, name="bench", user=place.user[0], password=place.user[1]
    )
    inbox = Inbox(client, engine, [follower], service=READER, partitions=PARTITIONS)
    started = time.perf_counter()
    running = asyncio.create_task(inbox.run())
    while follower.applied < count:  # noqa: ASYNC110 - it tells nobody else
        await asyncio.sleep(0.005)
    inbox.stop()
    await running
    spent = time.perf_counter() - started
    await client.close()
    return count / spent


def _raw(place: Ground, count: int) -> float:
    decode = msgspec.json.Decoder(_Told).decode
    with (
        place.raw_nats() as raw,
        psycopg.connect(place.database_url) as connection,
    ):
        connection.execute(f"TRUNCATE {_TABLE}")
        connection.commit()
        started = time.perf_counter()
        for payloads in raw.pull(STREAM, _WINDOW, count):
            held = [decode(payload).data for payload in payloads]
            _copy(
                connection.cursor(),
                ((h.session_id, h.unit_id, h.held_on, h.attendance) for h in held),
            )
            connection.commit()
        return count / (time.perf_counter() - started)
