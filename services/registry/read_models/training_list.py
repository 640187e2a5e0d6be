"""Which courses are planned or were held, and who was trained? For `courses.list`."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.training import (
    CourseList,
    CourseView,
    TrainingView,
)
from services.registry.domain.training_course import (
    Attendance,
    CourseState,
    TrainingCourse,
)
from services.registry.read_models.areas import Areas
from services.registry.read_models.force_homes import FORCE_HOMES, home_today
from services.registry.read_models.tables import MEMBERS, READ
from services.unit_directory.predicate import lies_within_sql

COURSES = sa.Table(
    "course_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("unit_id", pg.UUID, nullable=False),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("topics", pg.ARRAY(sa.Text), nullable=False),
    sa.Column("first_day", sa.Date, nullable=False),
    sa.Column("last_day", sa.Date, nullable=False),
    sa.Column("places", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("held_on", sa.Date),
    sa.Index("course_list_days", "first_day", "id"),
    sa.Index("course_list_place", "unit_path"),
)

TRAINED = sa.Table(
    "course_members",
    READ,
    sa.Column("course_id", pg.UUID, primary_key=True),
    sa.Column("member_id", pg.UUID, primary_key=True),
    sa.Column("attendance", sa.Text, nullable=False),
    sa.Column("certified_on", sa.Date),
    sa.Index("course_members_member", "member_id"),
)

Columns = dict[str, Any]
_STATES: Final[dict[type, CourseState]] = {
    TrainingCourse.Held: CourseState.HELD,
    TrainingCourse.Closed: CourseState.CLOSED,
    TrainingCourse.Cancelled: CourseState.CANCELLED,
}


class TrainingListReadModel:
    """Writes a row per course and one per member on its list."""

    name = "training_list"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        facts: list[Any] = [
            item.event
            for item in recorded
            if isinstance(item.event, TrainingCourse.Event)
        ]
        planned = [_row(f) for f in facts if isinstance(f, TrainingCourse.Planned)]
        if planned:
            conn.execute(pg.insert(COURSES).on_conflict_do_nothing(), planned)
        moved = [_move(f) for f in facts if type(f) in _STATES]
        if moved:
            conn.execute(_MOVE, moved)
        people: dict[tuple[UUID, UUID], Columns] = {}
        for fact in facts:
            _take(fact, people)
        if people:
            conn.execute(_ENTER, list(people.values()))


# A closed course keeps the day on which it was held.
_MOVE: Final = (
    sa.update(COURSES)
    .where(COURSES.c.id == sa.bindparam("which"))
    .values(
        state=sa.bindparam("new_state"),
        held_on=sa.func.coalesce(sa.bindparam("day", type_=sa.Date), COURSES.c.held_on),
    )
)
_INSERT: Final = pg.insert(TRAINED)
_ENTER: Final = _INSERT.on_conflict_do_update(
    index_elements=["course_id", "member_id"],
    set_={name: _INSERT.excluded[name] for name in ("attendance", "certified_on")},
)


def _row(fact: TrainingCourse.Planned) -> Columns:
    return {
        "id": fact.originator_id,
        "unit_id": fact.unit_id,
        "unit_path": fact.unit_path,
        "topics": list(fact.topics),
        "first_day": fact.first_day,
        "last_day": fact.last_day,
        "places": fact.places,
        "state": CourseState.PLANNED.value,
    }


def _move(fact: Any) -> Columns:
    return {
        "which": fact.originator_id,
        "new_state": _STATES[type(fact)].value,
        "day": getattr(fact, "held_on", None),
    }


def _take(fact: Any, people: dict[tuple[UUID, UUID], Columns]) -> None:
    """Enter how far members came; a later step takes the place of an earlier one."""
    certified_on: date | None = None
    match fact:
        case TrainingCourse.MembersRegistered():
            members, attendance = fact.member_ids, Attendance.REGISTERED
        case TrainingCourse.Held():
            members, attendance = fact.attended, Attendance.ATTENDED
        case TrainingCourse.Certified():
            members, attendance = fact.member_ids, Attendance.CERTIFIED
            certified_on = fact.certified_on
        case _:
            return
    for member in members:
        people[fact.originator_id, member] = {
            "course_id": fact.originator_id,
            "member_id": member,
            "attendance": attendance.value,
            "certified_on": certified_on,
        }


class CourseFilter(NamedTuple):
    """Which courses a list holds."""

    areas: Areas
    state: str | None


def list_courses(
    conn: sa.Connection, wanted: CourseFilter, *, first: int, after: str | None
) -> CourseList:
    """Return a page, the latest first day first. Raises CursorInvalid."""
    table = COURSES.c
    reached = [
        sa.select(sa.func.count())
        .where(TRAINED.c.course_id == table.id, TRAINED.c.attendance.in_(steps))
        .scalar_subquery()
        .label(name)
        for name, steps in (
            ("registered", list(Attendance)),
            ("attended", [Attendance.ATTENDED, Attendance.CERTIFIED]),
            ("certified", [Attendance.CERTIFIED]),
        )
    ]
    query = sa.select(COURSES, *reached).where(wanted.areas.hold(table.unit_path))
    if wanted.state is not None:
        query = query.where(table.state == wanted.state)
    key = None if after is None else key_of(after, tuple[date, UUID])
    if key is not None:
        query = query.where(sa.tuple_(table.first_day, table.id) < sa.tuple_(*key))
    query = query.order_by(table.first_day.desc(), table.id.desc()).limit(first + 1)
    rows = conn.execute(query).all()
    return CourseList(
        rows=tuple(_course(row) for row in rows[:first]), has_next=len(rows) > first
    )


def _course(row: sa.Row[Any]) -> CourseView:
    names = set(CourseView.__struct_fields__) - {"topics", "cursor"}
    return CourseView(
        **{name: getattr(row, name) for name in names},
        topics=tuple(row.topics),
        cursor=cursor_of(row.first_day, row.id),
    )


def training_of(
    conn: sa.Connection, member_ids: list[UUID], callers_paths: tuple[str, ...]
) -> list[TrainingView]:
    """Return what members of the caller's area were trained in."""
    query = (
        sa.select(TRAINED, COURSES.c.topics, COURSES.c.last_day)
        .join(COURSES, COURSES.c.id == TRAINED.c.course_id)
        .join(MEMBERS, MEMBERS.c.id == TRAINED.c.member_id)
        .join(FORCE_HOMES, home_today(MEMBERS.c.force_unit_id))
        .where(
            TRAINED.c.member_id.in_(member_ids),
            lies_within_sql(FORCE_HOMES.c.unit_path, callers_paths),
        )
        .order_by(TRAINED.c.member_id, COURSES.c.last_day, COURSES.c.id)
    )
    return [
        TrainingView(
            member_id=row.member_id,
            course_id=row.course_id,
            topics=tuple(row.topics),
            last_day=row.last_day,
            attendance=row.attendance,
            certified_on=row.certified_on,
        )
        for row in conn.execute(query)
    ]
