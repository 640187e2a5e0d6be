"""Who read records of people of a unit, when and what for? For the head of the unit."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.clock import LOCAL_ZONE
from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.people import ReaderWeek, ReadingList, ReadingView
from services.registry.domain.person_reading import PersonReading
from services.registry.domain.working_days import is_working_day
from services.registry.read_models.tables import READ
from services.registry.reference.people_rules import ReadingRule
from services.unit_directory.predicate import lies_within_sql

READINGS: Final = sa.Table(
    "person_readings",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("unit_id", pg.UUID, primary_key=True),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("reader", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("shown", sa.Text, nullable=False),
    sa.Column("people", sa.Integer, nullable=False),
    sa.Column("person_ids", pg.ARRAY(pg.UUID), nullable=False),
    sa.Index("person_readings_at", "at", "id", "unit_id"),
    sa.Index("person_readings_people", "person_ids", postgresql_using="gin"),
)
_WEEK: Final = timedelta(days=7)
Reason = Literal["outside_hours", "far_above_own_average"]


class PersonReadingsReadModel:
    """Writes one row per reading and unit."""

    name = "person_readings"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        rows = [
            {
                "id": fact.originator_id,
                "unit_id": place.unit_id,
                "unit_path": place.unit_path,
                "at": fact.timestamp,
                "reader": fact.reader,
                "kind": fact.kind,
                "purpose": fact.purpose,
                "shown": fact.shown,
                "people": len(place.person_ids),
                "person_ids": list(place.person_ids),
            }
            for item in recorded
            if isinstance(fact := item.event, PersonReading.Recorded)
            for place in fact.places
        ]
        if rows:
            conn.execute(pg.insert(READINGS).on_conflict_do_nothing(), rows)


class ReadingFilter(NamedTuple):
    """Which readings a list holds; both areas have to cover a row."""

    unit_paths: tuple[str, ...]
    callers_paths: tuple[str, ...]
    from_day: date | None = None
    to_day: date | None = None
    family: tuple[UUID, ...] | None = None
    reader: str | None = None


def list_readings(
    conn: sa.Connection, wanted: ReadingFilter, *, first: int, after: str | None
) -> ReadingList:
    """Return a page, the latest reading first. Raises CursorInvalid."""
    order = (READINGS.c.at, READINGS.c.id, READINGS.c.unit_id)
    query = sa.select(READINGS).where(*_kept(wanted))
    if after is not None:
        query = query.where(
            sa.tuple_(*order) < sa.tuple_(*key_of(after, tuple[datetime, UUID, UUID]))
        )
    rows = conn.execute(
        query.order_by(*(column.desc() for column in order)).limit(first + 1)
    ).all()
    return ReadingList(
        rows=tuple(_view(row) for row in rows[:first]), has_next=len(rows) > first
    )


def _kept(wanted: ReadingFilter) -> list[sa.ColumnElement[bool]]:
    kept = [
        lies_within_sql(READINGS.c.unit_path, wanted.unit_paths),
        lies_within_sql(READINGS.c.unit_path, wanted.callers_paths),
    ]
    if wanted.from_day is not None:
        kept.append(READINGS.c.at >= _begin(wanted.from_day))
    if wanted.to_day is not None:
        kept.append(READINGS.c.at < _begin(wanted.to_day + timedelta(days=1)))
    if wanted.family is not None:
        kept.append(READINGS.c.person_ids.overlap(list(wanted.family)))
    if wanted.reader is not None:
        kept.append(READINGS.c.reader == wanted.reader)
    return kept


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, LOCAL_ZONE)


def _view(row: sa.Row[Any]) -> ReadingView:
    return ReadingView(
        id=row.id,
        at=row.at,
        reader=row.reader,
        kind=row.kind,
        purpose=row.purpose,
        shown=row.shown,
        unit_id=row.unit_id,
        people=row.people,
        person_ids=tuple(row.person_ids),
        cursor=cursor_of(row.at, row.id, row.unit_id),
    )


def unusual_readers(
    conn: sa.Connection, wanted: ReadingFilter, week: date, rule: ReadingRule
) -> list[ReaderWeek]:
    """Return who stands out in the week that begins on this Monday, and why.

    What counts as unusual is dated reference data. The list asks, it does not judge.
    """
    begins, ends = _begin(week), _begin(week + _WEEK)
    before = begins - rule.weeks_of_average * _WEEK
    in_week = READINGS.c.at >= begins
    count = sa.func.count(sa.distinct(READINGS.c.id))
    people = sa.func.coalesce(sa.func.sum(READINGS.c.people), 0)
    rows = conn.execute(
        sa.select(
            READINGS.c.reader,
            count.filter(in_week).label("readings"),
            sa.func.coalesce(
                sa.func.sum(READINGS.c.people).filter(in_week), 0
            ).label("people"),
            count.filter(in_week, _outside(week, rule)).label("outside"),
            (people - sa.func.coalesce(
                sa.func.sum(READINGS.c.people).filter(in_week), 0
            )).label("people_before"),
        )
        .where(*_kept(wanted), READINGS.c.at >= before, READINGS.c.at < ends)
        .group_by(READINGS.c.reader)
        .order_by(READINGS.c.reader)
    )  # fmt: skip
    told = [_week_of(row, rule) for row in rows]
    return [week for week in told if week.reasons]


def _outside(week: date, rule: ReadingRule) -> sa.ColumnElement[bool]:
    local = sa.func.timezone(LOCAL_ZONE.key, READINGS.c.at)
    days = [week + timedelta(days=number) for number in range(7)]
    off = [day for day in days if not is_working_day(day)]
    clock = sa.cast(local, sa.Time)
    return sa.or_(
        clock < rule.day_begins,
        clock >= rule.day_ends,
        sa.cast(local, sa.Date).in_(off),
    )


def _week_of(row: sa.Row[Any], rule: ReadingRule) -> ReaderWeek:
    average = float(row.people_before) / rule.weeks_of_average
    reasons: list[Reason] = []
    if row.outside >= rule.outside_hours_at_least:
        reasons.append("outside_hours")
    far_above = row.people >= rule.times_own_average * average
    if far_above and row.people >= rule.people_at_least:
        reasons.append("far_above_own_average")
    return ReaderWeek(
        reader=row.reader,
        readings=row.readings,
        people=int(row.people),
        outside_hours=row.outside,
        weekly_average=round(average, 1),
        reasons=tuple(reasons),
    )
