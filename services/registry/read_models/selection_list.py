"""Which selection rounds are there, how far is each? With clocks and applications."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.selection import (
    ApplicationView,
    SelectionRoundList,
    SelectionRoundView,
    StepClock,
    StepView,
)
from services.registry.domain.working_days import Deadline
from services.registry.read_models.selection_tables import APPLICATIONS, ROUNDS, STEPS
from services.unit_directory.places import Covered
from services.unit_directory.predicate import lies_within_sql

# Which step begins the clock of which, and the column of its working days.
_CLOCKS: Final = (
    ("council_met", "submitted", "submit_within"),
    ("submitted", "decided", "recognise_within"),
)


class RoundFilter(NamedTuple):
    """Which rounds a list holds; both areas have to cover a row."""

    unit_paths: tuple[Covered, ...]
    callers_paths: tuple[Covered, ...]
    state: str | None


def list_rounds(
    conn: sa.Connection,
    wanted: RoundFilter,
    *,
    on: date,
    first: int,
    after: str | None,
) -> SelectionRoundList:
    """Return a page of rounds, newest plan first. Raises CursorInvalid."""
    table = ROUNDS.c
    query = sa.select(ROUNDS).where(
        lies_within_sql(table.unit_path, wanted.unit_paths),
        lies_within_sql(table.unit_path, wanted.callers_paths),
    )
    if wanted.state is not None:
        query = query.where(table.state == wanted.state)
    key = None if after is None else key_of(after, tuple[date, UUID])
    if key is not None:
        query = query.where(sa.tuple_(table.planned_on, table.id) < sa.tuple_(*key))
    query = query.order_by(table.planned_on.desc(), table.id.desc()).limit(first + 1)
    rows = conn.execute(query).all()
    return SelectionRoundList(
        rows=_views(conn, rows[:first], on), has_next=len(rows) > first
    )


def get_rounds(
    conn: sa.Connection,
    ids: Sequence[UUID],
    callers_paths: Iterable[Covered],
    *,
    on: date,
) -> dict[UUID, SelectionRoundView]:
    """Return the rounds that the caller may see, by id."""
    rows = conn.execute(
        sa.select(ROUNDS).where(
            ROUNDS.c.id.in_(ids), lies_within_sql(ROUNDS.c.unit_path, callers_paths)
        )
    ).all()
    return {view.id: view for view in _views(conn, rows, on)}


def submitted_in(
    conn: sa.Connection, round_id: UUID
) -> tuple[UUID | None, tuple[UUID, ...]]:
    """Return the team of a round and those submitted, for the deciding command."""
    team = conn.execute(
        sa.select(ROUNDS.c.force_unit_id).where(ROUNDS.c.id == round_id)
    ).scalar_one_or_none()
    people = conn.execute(
        sa.select(APPLICATIONS.c.person_id).where(
            APPLICATIONS.c.round_id == round_id,
            APPLICATIONS.c.state.in_(("passed", "recognised")),
        )
    )
    return team, tuple(people.scalars())


def _views(
    conn: sa.Connection, rows: Sequence[sa.Row[Any]], on: date
) -> tuple[SelectionRoundView, ...]:
    ids = [row.id for row in rows]
    steps: dict[UUID, dict[str, date]] = {one: {} for one in ids}
    taken = sa.select(STEPS).where(STEPS.c.round_id.in_(ids))
    for row in conn.execute(taken.order_by(STEPS.c.taken_on)):
        steps[row.round_id][row.step] = row.taken_on
    applied: dict[UUID, list[ApplicationView]] = {one: [] for one in ids}
    came = sa.select(APPLICATIONS).where(APPLICATIONS.c.round_id.in_(ids))
    for row in conn.execute(came.order_by(APPLICATIONS.c.id)):
        applied[row.round_id].append(_application(row))
    return tuple(
        SelectionRoundView(
            id=row.id,
            force_unit_id=row.force_unit_id,
            unit_id=row.unit_id,
            state=row.state,
            needed=row.needed,
            planned_on=row.planned_on,
            receive_from=row.receive_from,
            receive_until=row.receive_until,
            meeting_on=row.meeting_on,
            steps=tuple(StepView(step=s, on=day) for s, day in steps[row.id].items()),
            clocks=_clocks(row, steps[row.id], on),
            applications=tuple(applied[row.id]),
            cursor=cursor_of(row.planned_on, row.id),
        )
        for row in rows
    )


def _clocks(
    row: sa.Row[Any], steps: dict[str, date], on: date
) -> tuple[StepClock, ...]:
    if "cancelled" in steps:
        return ()
    return tuple(
        StepClock(
            step=step,
            due_on=deadline.due_on,
            clock=deadline.clock(done_on=steps.get(step), today=on).value,
            days_late=deadline.days_late(done_on=steps.get(step), today=on),
        )
        for begun, step, within in _CLOCKS
        if begun in steps
        for deadline in (Deadline(steps[begun], getattr(row, within)),)
    )


def _application(row: sa.Row[Any]) -> ApplicationView:
    return ApplicationView(
        id=row.id,
        person_id=row.person_id,
        state=row.state,
        missing=tuple(row.missing),
        direct=row.direct,
        votes=row.votes,
        post=row.post,
        member_id=row.member_id,
    )
