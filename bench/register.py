"""A national register: units, 85,000 teams, 300,000 members; how fast it answers."""

import asyncio
import random
import socket
import time
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from urllib.parse import quote
from uuid import UUID, uuid4

import orjson
import psycopg

from bench import roster
from bench.house import House
from bench.load import drive, get, post
from bench.measure import Row, most_row
from bench.sessions import key
from services.chassis.clock import utc_now
from services.chassis.mapper import EventMapper, StoredRow
from services.chassis.text import fold
from services.registry.domain.decision import Decision
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.roster import Enrolment
from services.registry.domain.values import Period, Place, Post

RAW_LIMIT: Final = (
    "none: answers of the registry's HTTP door, one caller after the other"
)
TEAMS: Final = 85_000
MEMBERS: Final = 300_000
SECONDS: Final = 6.0
TODAY: Final = date(2026, 1, 15)
_SINCE: Final = date(2025, 7, 1)
_TEAM: Final = FORCE_TYPES["security_order_team"]
_BY: Final = Decision("1/QĐ-UBND", _SINCE, "commune_chairman")
_AT_ONCE: Final = 5_000
_RENAMINGS: Final = 20
_TREE: Final = "/v1/units/tree?levels=2&first=4000"


def measure(house: House) -> Iterator[Row]:
    """Fill the register, then look things up in it."""
    with house.resting():
        fill(house)
    house.run_task("registry", "rebuild")
    # Imports are worked off by the part that follows.
    with house.alone("registry", "http,followers") as port:
        yield _page(house, port, "A page of 50 teams in a province, p99", _teams(house))
        yield _page(house, port, "Rosters of 50 teams, p99", _rosters(house))
        what = "A unit found by a typed name or code, p99"
        questions = _typed_names(house)
        yield most_row(what, "ms", _p99(house, port, questions), 10)
        yield from _trees(house, port)
        yield from roster.measure(house, port)


def _page(house: House, port: int, what: str, questions: list[str]) -> Row:
    whole = f"{what} ({TEAMS:,} teams, {MEMBERS:,} members)"
    return most_row(whole, "ms", _p99(house, port, questions), 50)


def _trees(house: House, port: int) -> Iterator[Row]:
    """Ask for the whole country's tree: as known at moments new to it, and again."""
    moments = _rename_often(house, port)
    tree = f"{_TREE}&known_at=%s"
    cold = [_milliseconds(house, port, tree % quote(moment)) for moment in moments]
    kept = [f"{_TREE}&on=2026-01-15", *(tree % quote(m) for m in moments[-8:])]
    what = "The country's tree on a day (3,356 units)"
    yield most_row(f"{what}, from cache, p99", "ms", _p99(house, port, kept), 20)
    yield most_row(f"{what}, at a moment never asked for, worst", "ms", max(cold), 200)


def _rename_often(house: House, port: int) -> list[str]:
    """Give communes other names, one after the other; return moments in between."""
    with psycopg.connect(house.run.postgres.url) as connection:
        rows = connection.execute(
            "SELECT id FROM registry_read.unit_directory"
            " WHERE level = 'commune' AND valid_to IS NULL ORDER BY path LIMIT %s",
            (_RENAMINGS,),
        ).fetchall()
    moments = []
    for number, (unit_id,) in enumerate(rows):
        body = {
            "bare_name": f"Thử {number}",
            "effective_on": "2026-02-01",
            "legal_basis": "1/NQ-THU",
            "decree_date": "2026-01-02",
        }
        path = f"/v1/units/{unit_id}/renaming"
        _ask(post(path, orjson.dumps(body), house.authorization, key()), port)
        moments.append(utc_now().isoformat())
        time.sleep(0.01)
    return moments[:-1]


def _milliseconds(house: House, port: int, path: str) -> float:
    started = time.perf_counter()
    _ask(get(path, house.authorization), port)
    return (time.perf_counter() - started) * 1e3


def _ask(request: bytes, port: int) -> None:
    """Send one request and read its answer, whatever its length."""
    request = request.replace(b"Host: bench", b"Host: bench\r\nConnection: close", 1)
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request)
        answer = b"".join(iter(lambda: connection.recv(1 << 20), b""))
    assert answer.startswith(b"HTTP/1.1 2"), answer[:300]


def _p99(house: House, port: int, questions: Sequence[str]) -> float:
    draw = random.Random(3)
    load = asyncio.run(
        drive(
            port,
            lambda: get(draw.choice(questions), house.authorization),
            connections=1,
            seconds=SECONDS,
        )
    )
    assert load.failures == 0, f"{load.failures} requests failed"
    return load.p99_ms


def fill(house: House) -> None:
    """Write the facts that so many teams and members leave in the registry's log."""
    with psycopg.connect(house.run.postgres.url) as connection:
        communes = connection.execute(
            "SELECT id, path, unit_type FROM registry_read.unit_directory"
            " WHERE level = 'commune' AND valid_to IS NULL ORDER BY path"
        ).fetchall()
        rows: list[StoredRow] = []
        for row in _facts(communes):
            rows.append(row)
            if len(rows) == _AT_ONCE:
                _copy(connection, rows)
                rows.clear()
        _copy(connection, rows)


def _facts(communes: Sequence[tuple[UUID, str, str]]) -> Iterator[StoredRow]:
    mapper = EventMapper([ForceUnit])
    enough = MEMBERS - 3 * TEAMS  # so many teams have four members, the others three
    for number in range(TEAMS):
        unit_id, path, unit_type = communes[number % len(communes)]
        life = Period(_SINCE, None)
        place = Place(unit_id, path, unit_type, life)
        team = ForceUnit.establish(
            uuid4(), _TEAM, place, name=f"Tổ {number}", on=_SINCE, today=TODAY
        )
        posts = [Post.LEADER, Post.DEPUTY, Post.MEMBER]
        posts += [Post.MEMBER] if number < enough else []
        people = [Enrolment(uuid4(), post, _SINCE, None, _BY) for post in posts]
        team.enrol(people, _TEAM, life, today=TODAY)
        yield from (mapper.to_row(event) for event in team.collect_events())


def _copy(connection: psycopg.Connection, rows: Sequence[StoredRow]) -> None:
    columns = "originator_id, originator_version, topic, state"
    statement = f"COPY registry_write.events ({columns}) FROM STDIN"
    with connection.cursor().copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _teams(house: House) -> list[str]:
    with psycopg.connect(house.run.postgres.url) as connection:
        rows = connection.execute(
            "SELECT id FROM registry_read.unit_directory"
            " WHERE level IN ('province', 'commune') AND valid_to IS NULL"
        ).fetchall()
    return [f"/v1/force-units?unit_id={row[0]}&first=50" for row in rows]


def _rosters(house: House) -> list[str]:
    with psycopg.connect(house.run.postgres.url) as connection:
        rows = connection.execute(
            "SELECT force_unit_id FROM registry_read.force_unit_homes"
            " WHERE until IS NULL ORDER BY unit_path, force_unit_id LIMIT 20000"
        ).fetchall()
    ids = [str(row[0]) for row in rows]
    return [
        "/v1/members?" + "&".join(f"force_unit_ids={one}" for one in ids[at : at + 50])
        for at in range(0, len(ids) - 50, 200)
    ]


def _typed_names(house: House) -> list[str]:
    """Names of all days, whole, without marks or half typed, and codes."""
    draw = random.Random(5)
    with psycopg.connect(house.run.postgres.url) as connection:
        rows = connection.execute(
            "SELECT code, name, bare_name FROM registry_read.unit_directory"
        ).fetchall()
    typed = []
    for code, name, bare in draw.sample(rows, 3_000):
        plain = fold(bare)
        typed.append(draw.choice([code, name, bare, plain, f"xa {plain}", plain[:4]]))
    return [f"/v1/units/find?text={quote(text)}&first=10" for text in typed]
