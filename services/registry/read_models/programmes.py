"""Coordination programmes on a day, and the deadlines of their reviews."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.steering import (
    ProgrammeList,
    ProgrammeState,
    ProgrammeView,
)
from services.registry.domain.coordination_programme import (
    CoordinationProgramme,
    ReviewKind,
)
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.read_models.deadlines import DeadlineBook, Due
from services.registry.read_models.tables import READ
from services.unit_directory.places import Covered
from services.unit_directory.predicate import lies_within_sql

PROGRAMMES = sa.Table(
    "coordination_programmes",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("unit_id", pg.UUID, nullable=False),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("parties", pg.ARRAY(sa.Text), nullable=False),
    sa.Column("signed_on", sa.Date, nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date, nullable=False),
    sa.Column("mid_term_on", sa.Date),
    sa.Column("final_on", sa.Date),
    sa.Column("mid_term_held_on", sa.Date),
    sa.Column("final_held_on", sa.Date),
    sa.Column("renews", pg.UUID),
    sa.Column("renewed_by", pg.UUID),
    sa.Column("over_on", sa.Date),
    sa.Index("coordination_programmes_place", "unit_path", "id"),
)

_REVIEWS: Final = {
    ReviewKind.MID_TERM: DeadlineKind.PROGRAMME_MID_TERM,
    ReviewKind.FINAL: DeadlineKind.PROGRAMME_FINAL,
}


class ProgrammesReadModel:
    """Writes one row per programme, and what is due of its reviews."""

    name = "programmes"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        rows: dict[sa.Executable, list[dict[str, Any]]] = {
            statement: [] for statement in (_SIGN, _MID_TERM, _FINAL, _OVER)
        }
        book = DeadlineBook()
        for item in recorded:
            match item.event:
                case CoordinationProgramme.Signed() as fact:
                    rows[_SIGN].append(_signed(fact))
                    _open(book, fact)
                case CoordinationProgramme.Reviewed() as fact:
                    kind = ReviewKind(fact.kind)
                    review = _MID_TERM if kind == ReviewKind.MID_TERM else _FINAL
                    rows[review].append(
                        {"which": fact.originator_id, "day": fact.held_on}
                    )
                    book.done(_REVIEWS[kind], fact.originator_id, fact.held_on)
                case CoordinationProgramme.Ended() as fact:
                    rows[_OVER].append(_over(fact.originator_id, fact.ended_on, None))
                    # Nobody sums up half of what was broken off.
                    mid_term = DeadlineKind.PROGRAMME_MID_TERM
                    book.drop(mid_term, fact.originator_id)
                case CoordinationProgramme.Renewed() as fact:
                    rows[_OVER].append(
                        _over(fact.originator_id, fact.renewed_on, fact.renewed_by)
                    )
        for statement, given in rows.items():
            if given:
                conn.execute(statement, given)
        book.write(conn)


def _signed(fact: CoordinationProgramme.Signed) -> dict[str, Any]:
    names = ("unit_id", "unit_path", "level", "number", "parties", "signed_on",
             "valid_from", "valid_to", "mid_term_on", "final_on", "renews")  # fmt: skip
    return {"id": fact.originator_id, **{name: getattr(fact, name) for name in names}}


def _open(book: DeadlineBook, fact: CoordinationProgramme.Signed) -> None:
    days = {ReviewKind.MID_TERM: fact.mid_term_on, ReviewKind.FINAL: fact.final_on}
    for kind, day in days.items():
        if day is not None:
            book.open(
                Due(
                    _REVIEWS[kind],
                    fact.originator_id,
                    fact.unit_id,
                    fact.unit_path,
                    day,
                )
            )


def _over(which: UUID, day: date, renewed_by: UUID | None) -> dict[str, Any]:
    return {"which": which, "day": day, "heir": renewed_by}


def _setting(**values: Any) -> sa.Update:
    return (
        sa.update(PROGRAMMES)
        .where(PROGRAMMES.c.id == sa.bindparam("which"))
        .values(**values)
    )


_SIGN: Final = pg.insert(PROGRAMMES).on_conflict_do_nothing()
_MID_TERM: Final = _setting(mid_term_held_on=sa.bindparam("day"))
_FINAL: Final = _setting(final_held_on=sa.bindparam("day"))
_OVER: Final = _setting(over_on=sa.bindparam("day"), renewed_by=sa.bindparam("heir"))


class ProgrammeFilter(NamedTuple):
    """Which programmes a list holds; both areas have to cover a row."""

    unit_paths: tuple[Covered, ...]
    callers_paths: tuple[Covered, ...]
    party: str | None
    only_running: bool
    on: date


def list_programmes(
    conn: sa.Connection, wanted: ProgrammeFilter, *, first: int, after: str | None
) -> ProgrammeList:
    """Return a page of the programmes signed until a day, by place.

    Raises CursorInvalid.
    """
    table = PROGRAMMES.c
    query = sa.select(PROGRAMMES).where(
        lies_within_sql(table.unit_path, wanted.unit_paths),
        lies_within_sql(table.unit_path, wanted.callers_paths),
        table.signed_on <= wanted.on,
    )
    if wanted.party is not None:
        query = query.where(table.parties.contains([wanted.party]))
    if wanted.only_running:
        query = query.where(
            table.valid_from <= wanted.on,
            sa.func.least(table.valid_to, table.over_on) > wanted.on,
        )
    key = None if after is None else key_of(after, tuple[str, UUID])
    if key is not None:
        query = query.where(sa.tuple_(table.unit_path, table.id) > sa.tuple_(*key))
    query = query.order_by(table.unit_path, table.id).limit(first + 1)
    rows = conn.execute(query).all()
    return ProgrammeList(
        rows=tuple(_view(row, wanted.on) for row in rows[:first]),
        has_next=len(rows) > first,
    )


def _view(row: sa.Row[Any], on: date) -> ProgrammeView:
    told = {**row._mapping}  # noqa: SLF001 - the public mapping of a row
    path = told.pop("unit_path")
    told["parties"] = tuple(row.parties)
    return ProgrammeView(**told, state=_state(row, on), cursor=cursor_of(path, row.id))


def _state(row: sa.Row[Any], on: date) -> ProgrammeState:
    """Tell the state on a day: what is over is over, whatever was reviewed."""
    if row.over_on is not None and row.over_on <= on:
        return "renewed" if row.renewed_by else "ended"
    if row.valid_to <= on:
        return "ended"
    held = [day for day in (row.mid_term_held_on, row.final_held_on) if day]
    if any(day <= on for day in held):
        return "reviewed"
    return "active" if row.valid_from <= on else "signed"
