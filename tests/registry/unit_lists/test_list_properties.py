"""What a monthly list holds, for arbitrary true histories of units."""

import gzip
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deploy.embedded.postgres import PostgresServer
from services.chassis.lists import key_of
from services.contracts.registry.events import UnitRegisterImportedV1
from services.contracts.registry.unit_history import UnitChangeView, UnitsChanges
from services.contracts.registry.unit_lists import UnitListHead, UnitRow
from services.registry.documents.unit_list_file import content_of, packed
from services.registry.read_models.known_facts import known_facts
from services.registry.read_models.unit_changes import UnitChangeFeed
from services.unit_directory.facts import unit_of
from services.unit_directory.tables import UnitFact, UnitTables
from tests.unit_directory.histories import BEGIN, histories

SCHEMA: Final = f"lists_{uuid4().hex[:8]}"
TABLES: Final = UnitTables(sa.MetaData(schema=SCHEMA))
EXAMPLES: Final = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def engine(postgres_server: PostgresServer) -> Iterator[sa.Engine]:
    url = postgres_server.admin_url().replace("postgresql://", "postgresql+psycopg://")
    engine = sa.create_engine(url)
    with engine.begin() as conn:
        conn.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
        TABLES.facts.metadata.create_all(conn)
    yield engine
    with engine.begin() as conn:
        conn.exec_driver_sql(f"DROP SCHEMA {SCHEMA} CASCADE")
    engine.dispose()


@st.composite
def logs(draw: st.DrawFn) -> list[UnitFact]:
    """Draw facts whose moments and places in the log need not agree: clocks differ."""
    return [
        fact._replace(
            recorded_at=fact.recorded_at + timedelta(seconds=draw(st.integers(0, 150)))
        )
        for fact in draw(histories())
    ]


MOMENTS: Final = st.integers(0, 30).map(lambda n: BEGIN + timedelta(minutes=n))


def told(conn: sa.Connection, facts: Sequence[UnitFact]) -> None:
    """Write the facts, and before them that the register is whole."""
    imported = UnitRegisterImportedV1(
        unit_id=facts[0].event.unit_id,  # type: ignore[attr-defined]
        edition="e",
        units=1,
        facts=0,
    )
    TABLES.apply(conn, [UnitFact(1, imported, 0, BEGIN), *facts])


def lines(
    conn: sa.Connection, moment: datetime
) -> tuple[UnitListHead, dict[UUID, UnitRow]]:
    """Make a list and read it as a partner does."""
    content = content_of("2026-02", known_facts(conn, TABLES, moment))
    head, *rows = gzip.decompress(packed(content)).splitlines()
    units = [msgspec.json.decode(row, type=UnitRow) for row in rows]
    return msgspec.json.decode(head, type=UnitListHead), {u.id: u for u in units}


def changes(conn: sa.Connection, after: str) -> list[UnitChangeView]:
    """Ask the change feed for everything behind a cursor."""
    feed = UnitChangeFeed(TABLES)
    asked = UnitsChanges(first=500)
    behind = key_of(after, tuple[int])[0]
    return feed._rows(conn, feed._places(conn, asked, behind))


@EXAMPLES
@given(logs(), MOMENTS, MOMENTS)
def test_changes_behind_a_list_lead_to_the_next_one(
    engine: sa.Engine, facts: list[UnitFact], one: datetime, other: datetime
) -> None:
    """Whatever order facts came in: put in place by version, they make every row."""
    with engine.connect() as conn:
        told(conn, facts)
        head, rows = lines(conn, min(one, other))
        for change in changes(conn, head.changes_after):
            mine = rows.get(change.unit_id)
            if change.recorded_at > max(one, other) or change.row is None:
                continue
            if mine is None or mine.version < change.version:
                rows[change.unit_id] = change.row
        assert lines(conn, max(one, other))[1] == rows
        conn.rollback()


@EXAMPLES
@given(logs(), MOMENTS)
def test_a_list_is_what_was_known_at_its_moment(
    engine: sa.Engine, facts: list[UnitFact], moment: datetime
) -> None:
    """Every unit known until then, as its facts up to the last known make it."""
    known: dict[Any, int] = {}
    for fact in facts:
        if fact.recorded_at <= moment:
            known[fact.event.unit_id] = fact.version  # type: ignore[attr-defined]
    with engine.connect() as conn:
        told(conn, facts)
        head, rows = lines(conn, moment)
        assert known == {row.id: row.version for row in rows.values()}
        assert len(rows) == head.units
        assert sum(known.values()) == head.facts
        conn.rollback()
    for unit_id, version in known.items():
        unit = unit_of(
            [
                fact
                for fact in facts
                if fact.event.unit_id == unit_id and fact.version <= version  # type: ignore[attr-defined]
            ]
        )
        assert unit is not None
        row = rows[unit_id]
        assert unit.named(None)[1:] == (
            row.names[-1].unit_type,
            row.names[-1].name,
            row.names[-1].bare_name,
        )
        assert (unit.valid_to, unit.successors) == (row.valid_to, row.successors)


@EXAMPLES
@given(logs(), MOMENTS)
def test_later_facts_change_no_byte(
    engine: sa.Engine, facts: list[UnitFact], moment: datetime
) -> None:
    """Made on the day or years later, a month's list is the same file."""
    early = [fact for fact in facts if fact.recorded_at <= moment]
    with engine.connect() as conn:
        told(conn, early or facts[:1])
        made = packed(content_of("2026-02", known_facts(conn, TABLES, moment)))
        told(conn, facts)
        again = packed(content_of("2026-02", known_facts(conn, TABLES, moment)))
        conn.rollback()
    first, second = (gzip.decompress(one).splitlines() for one in (made, again))
    assert first[1:] == second[1:]
    if sorted(f.position for f in early) == list(range(1, len(early) + 1)):
        assert made == again
