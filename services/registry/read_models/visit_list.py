"""Which visits are owed, when, and which were made? Asked by `visits.list`."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.care import VisitList, VisitView
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.domain.welfare_visit import VisitState, WelfareVisit
from services.registry.read_models.areas import Areas
from services.registry.read_models.deadlines import DeadlineBook, Due
from services.registry.read_models.tables import READ

VISITS = sa.Table(
    "visit_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("member_id", pg.UUID, nullable=False),
    sa.Column("force_unit_id", pg.UUID, nullable=False),
    sa.Column("unit_id", pg.UUID, nullable=False),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("occasion", sa.Text, nullable=False),
    sa.Column("occurred_on", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("made_on", sa.Date),
    sa.Column("visited_by", sa.Text),
    sa.Index("visit_list_occurred", "occurred_on", "id"),
    sa.Index("visit_list_place", "unit_path"),
    sa.Index("visit_list_member", "member_id"),
)

_VISIT: Final = DeadlineKind.WELFARE_VISIT


class VisitListReadModel:
    """Writes one row per visit, and its deadline."""

    name = "visit_list"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        planned: list[dict[str, Any]] = []
        settled: list[dict[str, Any]] = []
        book = DeadlineBook()
        for item in recorded:
            match item.event:
                case WelfareVisit.Planned() as fact:
                    planned.append(_row(fact))
                    book.open(
                        Due(
                            _VISIT,
                            fact.originator_id,
                            fact.unit_id,
                            fact.unit_path,
                            fact.due_on,
                        )
                    )
                case WelfareVisit.Made() as fact:
                    settled.append(
                        _settled(
                            fact.originator_id,
                            VisitState.MADE,
                            fact.made_on,
                            fact.visited_by,
                        )
                    )
                    book.done(_VISIT, fact.originator_id, fact.made_on)
                case WelfareVisit.Cancelled() as fact:
                    settled.append(_settled(fact.originator_id, VisitState.CANCELLED))
                    book.drop(_VISIT, fact.originator_id)
        if planned:
            conn.execute(pg.insert(VISITS).on_conflict_do_nothing(), planned)
        if settled:
            conn.execute(_SETTLE, settled)
        book.write(conn)


_SETTLE: Final = (
    sa.update(VISITS)
    .where(VISITS.c.id == sa.bindparam("which"))
    .values(
        state=sa.bindparam("new_state"),
        made_on=sa.bindparam("day"),
        visited_by=sa.bindparam("who"),
    )
)


def _row(fact: WelfareVisit.Planned) -> dict[str, Any]:
    return {
        "id": fact.originator_id,
        "member_id": fact.member_id,
        "force_unit_id": fact.force_unit_id,
        "unit_id": fact.unit_id,
        "unit_path": fact.unit_path,
        "occasion": fact.occasion,
        "occurred_on": fact.occurred_on,
        "state": VisitState.PLANNED.value,
        "due_on": fact.due_on,
    }


def _settled(
    which: UUID, state: VisitState, day: date | None = None, who: str | None = None
) -> dict[str, Any]:
    return {"which": which, "new_state": state.value, "day": day, "who": who}


class VisitFilter(NamedTuple):
    """Which visits a list holds."""

    areas: Areas
    state: str | None
    member_id: UUID | None


def list_visits(
    conn: sa.Connection, wanted: VisitFilter, *, first: int, after: str | None
) -> VisitList:
    """Return a page, the latest occurrence first. Raises CursorInvalid."""
    table = VISITS.c
    query = sa.select(VISITS).where(wanted.areas.hold(table.unit_path))
    if wanted.state is not None:
        query = query.where(table.state == wanted.state)
    if wanted.member_id is not None:
        query = query.where(table.member_id == wanted.member_id)
    key = None if after is None else key_of(after, tuple[date, UUID])
    if key is not None:
        query = query.where(sa.tuple_(table.occurred_on, table.id) < sa.tuple_(*key))
    query = query.order_by(table.occurred_on.desc(), table.id.desc()).limit(first + 1)
    rows = conn.execute(query).all()
    return VisitList(
        rows=tuple(_view(row) for row in rows[:first]), has_next=len(rows) > first
    )


def _view(row: sa.Row[Any]) -> VisitView:
    names = set(VisitView.__struct_fields__) - {"cursor"}
    return VisitView(
        **{name: getattr(row, name) for name in names},
        cursor=cursor_of(row.occurred_on, row.id),
    )
