"""Who says that the record is wrong, and who was answered in time? Told to units."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.people import DisputeList, DisputeView
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.domain.person import Person
from services.registry.domain.person_values import DisputeOutcome
from services.registry.domain.working_days import Clock
from services.registry.read_models.deadlines import DeadlineBook, Due
from services.registry.read_models.tables import READ
from services.unit_directory.predicate import lies_within_sql

DISPUTES: Final = sa.Table(
    "person_disputes",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("person_id", pg.UUID, nullable=False),
    sa.Column("unit_id", pg.UUID, nullable=False),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("fields", pg.ARRAY(sa.Text), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("filed_on", sa.Date, nullable=False),
    sa.Column("answer_by", sa.Date, nullable=False),
    sa.Column("done_by", sa.Date, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("answered_on", sa.Date),
    sa.Column("done_on", sa.Date),
    sa.Index("person_disputes_filed", "filed_on", "id"),
)


class PersonDisputesReadModel:
    """Writes one row per dispute, and its two deadlines."""

    name = "person_disputes"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction; disputes are few, so one by one."""
        book = DeadlineBook()
        for item in recorded:
            match item.event:
                case Person.Disputed() as fact:
                    conn.execute(
                        pg.insert(DISPUTES).on_conflict_do_nothing(), _row(fact)
                    )
                    _open(book, fact)
                case Person.DisputeAnswered(dispute_id=one) as fact:
                    _set(conn, one, outcome=fact.outcome, reason=fact.reason,
                         answered_on=fact.answered_on)  # fmt: skip
                    book.done(DeadlineKind.DISPUTE_ANSWER, one, fact.answered_on)
                    if fact.outcome == DisputeOutcome.REFUSED:
                        book.drop(DeadlineKind.DISPUTE_DONE, one)
                case Person.Corrected(dispute_id=UUID() as one, corrected_on=day):
                    _set(conn, one, done_on=day)
                    book.done(DeadlineKind.DISPUTE_DONE, one, day)
                case Person.Erased(originator_id=one, erased_on=day):
                    for dispute_id in _settle(conn, one, day):
                        book.done(DeadlineKind.DISPUTE_DONE, dispute_id, day)
        book.write(conn)


def _row(fact: Person.Disputed) -> dict[str, object]:
    return {
        "id": fact.dispute_id,
        "person_id": fact.originator_id,
        "unit_id": fact.unit_id,
        "unit_path": fact.unit_path,
        "fields": list(fact.fields),
        "channel": fact.channel,
        "filed_on": fact.filed_on,
        "answer_by": fact.answer_by,
        "done_by": fact.done_by,
    }


def _open(book: DeadlineBook, fact: Person.Disputed) -> None:
    place = (fact.dispute_id, fact.unit_id, fact.unit_path)
    book.open(Due(DeadlineKind.DISPUTE_ANSWER, *place, fact.answer_by))
    book.open(Due(DeadlineKind.DISPUTE_DONE, *place, fact.done_by))


def _set(conn: sa.Connection, dispute_id: UUID, **values: object) -> None:
    conn.execute(
        sa.update(DISPUTES).where(DISPUTES.c.id == dispute_id).values(**values)
    )


def _settle(conn: sa.Connection, person_id: UUID, day: date) -> list[UUID]:
    settled = conn.execute(
        sa.update(DISPUTES)
        .where(
            DISPUTES.c.person_id == person_id,
            DISPUTES.c.outcome == DisputeOutcome.UPHELD.value,
            DISPUTES.c.done_on.is_(None),
        )
        .values(done_on=day)
        .returning(DISPUTES.c.id)
    )
    return list(settled.scalars())


class DisputeFilter(NamedTuple):
    """Which disputes a list holds; both areas have to cover a row."""

    unit_paths: tuple[str, ...]
    callers_paths: tuple[str, ...]
    family: tuple[UUID, ...] | None
    only_open: bool


def list_disputes(
    conn: sa.Connection,
    wanted: DisputeFilter,
    *,
    today: date,
    first: int,
    after: str | None,
) -> DisputeList:
    """Return a page by the day of filing. Raises CursorInvalid."""
    table = DISPUTES.c
    query = sa.select(DISPUTES).where(
        lies_within_sql(table.unit_path, wanted.unit_paths),
        lies_within_sql(table.unit_path, wanted.callers_paths),
    )
    if wanted.family is not None:
        query = query.where(table.person_id.in_(wanted.family))
    if wanted.only_open:
        undone = sa.and_(
            table.outcome == DisputeOutcome.UPHELD.value, table.done_on.is_(None)
        )
        query = query.where(sa.or_(table.answered_on.is_(None), undone))
    order = (table.filed_on, table.id)
    if after is not None:
        key = key_of(after, tuple[date, UUID])
        query = query.where(sa.tuple_(*order) > sa.tuple_(*key))
    rows = conn.execute(query.order_by(*order).limit(first + 1)).all()
    return DisputeList(
        rows=tuple(_view(row, today) for row in rows[:first]),
        has_next=len(rows) > first,
    )


def _view(row: sa.Row[Any], today: date) -> DisputeView:
    refused = row.outcome == DisputeOutcome.REFUSED
    return DisputeView(
        id=row.id,
        person_id=row.person_id,
        unit_id=row.unit_id,
        fields=tuple(row.fields),
        channel=row.channel,
        filed_on=row.filed_on,
        answer_by=row.answer_by,
        done_by=row.done_by,
        answer_clock=_clock(row.answer_by, row.answered_on, today),
        done_clock=None if refused else _clock(row.done_by, row.done_on, today),
        outcome=row.outcome,
        reason=row.reason,
        answered_on=row.answered_on,
        done_on=row.done_on,
        cursor=cursor_of(row.filed_on, row.id),
    )


def _clock(due_on: date, done_on: date | None, today: date) -> Clock:
    if done_on is None:
        return Clock.OVERDUE if today > due_on else Clock.RUNNING
    return Clock.MET_LATE if done_on > due_on else Clock.MET
