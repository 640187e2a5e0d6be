"""Committees 138 on a day: one row for each composition, with its days."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.steering import (
    CommitteeList,
    CommitteeView,
    SeatView,
)
from services.registry.domain.steering_committee import SteeringCommittee
from services.registry.read_models.tables import READ
from services.unit_directory.places import Covered
from services.unit_directory.predicate import lies_within_sql

COMPOSITIONS = sa.Table(
    "steering_compositions",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("effective_on", sa.Date, primary_key=True),
    sa.Column("unit_id", pg.UUID, nullable=False),
    # "C" sorts like the keyset compares, and lets the index serve LIKE prefixes.
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("standing_body", sa.Text, nullable=False),
    sa.Column("seats", pg.JSONB, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("until", sa.Date),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("decided_on", sa.Date, nullable=False),
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Index("steering_compositions_place", "unit_path", "id"),
)

_FACTS: Final = ("name", "standing_body", "effective_on", "number", "decided_on",
                 "issuer")  # fmt: skip


class SteeringCommitteesReadModel:
    """Writes one row per composition; the next one, or the end, closes it."""

    name = "steering_committees"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction.

        Compositions are entered first: each is closed by what stands behind it.
        """
        entered: dict[sa.Executable, list[dict[str, Any]]] = {_BEGIN: [], _FOLLOW: []}
        ends: list[dict[str, Any]] = []
        for item in recorded:
            match item.event:
                case SteeringCommittee.Established() as fact:
                    entered[_BEGIN].append(_established(fact))
                case SteeringCommittee.Reconstituted() as fact:
                    entered[_FOLLOW].append(_reconstituted(fact))
                    ends.append({"which": fact.originator_id, "day": fact.effective_on})
                case SteeringCommittee.Dissolved(originator_id=which) as fact:
                    ends.append({"which": which, "day": fact.dissolved_on})
        for statement, rows in entered.items():
            if rows:
                conn.execute(statement, rows)
        if ends:
            conn.execute(_CLOSE, ends)


def _facts(
    fact: SteeringCommittee.Established | SteeringCommittee.Reconstituted,
) -> dict[str, Any]:
    told = {name: getattr(fact, name) for name in _FACTS}
    return {**told, "seats": [list(seat) for seat in fact.seats]}


def _established(fact: SteeringCommittee.Established) -> dict[str, Any]:
    return {
        **_facts(fact),
        "id": fact.originator_id,
        "unit_id": fact.unit_id,
        "unit_path": fact.unit_path,
        "level": fact.level,
        "state": "established",
    }


def _reconstituted(fact: SteeringCommittee.Reconstituted) -> dict[str, Any]:
    return {**_facts(fact), "which": fact.originator_id, "state": "reconstituted"}


_BEGIN: Final = pg.insert(COMPOSITIONS).on_conflict_do_nothing()
# Place and level are those of the committee's first composition.
_FIRST: Final = COMPOSITIONS.alias()
_FOLLOW: Final = (
    pg.insert(COMPOSITIONS)
    .from_select(
        ["id", "unit_id", "unit_path", "level", "seats", "state", *_FACTS],
        sa.select(
            _FIRST.c.id,
            _FIRST.c.unit_id,
            _FIRST.c.unit_path,
            _FIRST.c.level,
            sa.bindparam("seats", type_=pg.JSONB),
            sa.bindparam("state", type_=sa.Text),
            *(sa.bindparam(name, type_=COMPOSITIONS.c[name].type) for name in _FACTS),
        ).where(
            _FIRST.c.id == sa.bindparam("which", type_=pg.UUID),
            _FIRST.c.state == "established",
        ),
    )
    .on_conflict_do_nothing()
)
_CLOSE: Final = (
    sa.update(COMPOSITIONS)
    .where(
        COMPOSITIONS.c.id == sa.bindparam("which"),
        COMPOSITIONS.c.effective_on < sa.bindparam("day", type_=sa.Date),
        sa.or_(
            COMPOSITIONS.c.until.is_(None),
            COMPOSITIONS.c.until > sa.bindparam("day", type_=sa.Date),
        ),
    )
    .values(until=sa.bindparam("day", type_=sa.Date))
)


class CommitteeFilter(NamedTuple):
    """Which committees a list holds; both areas have to cover a row."""

    unit_paths: tuple[Covered, ...]
    callers_paths: tuple[Covered, ...]
    level: str | None
    on: date


def list_committees(
    conn: sa.Connection, wanted: CommitteeFilter, *, first: int, after: str | None
) -> CommitteeList:
    """Return a page of the compositions of a day, by place. Raises CursorInvalid."""
    table = COMPOSITIONS.c
    query = sa.select(COMPOSITIONS).where(
        lies_within_sql(table.unit_path, wanted.unit_paths),
        lies_within_sql(table.unit_path, wanted.callers_paths),
        table.effective_on <= wanted.on,
        sa.or_(table.until.is_(None), table.until > wanted.on),
    )
    if wanted.level is not None:
        query = query.where(table.level == wanted.level)
    key = None if after is None else key_of(after, tuple[str, UUID])
    if key is not None:
        query = query.where(sa.tuple_(table.unit_path, table.id) > sa.tuple_(*key))
    query = query.order_by(table.unit_path, table.id).limit(first + 1)
    rows = conn.execute(query).all()
    return CommitteeList(
        rows=tuple(_view(row) for row in rows[:first]), has_next=len(rows) > first
    )


def _view(row: sa.Row[Any]) -> CommitteeView:
    told = {**row._mapping}  # noqa: SLF001 - the public mapping of a row
    path = told.pop("unit_path")
    told["seats"] = tuple(
        SeatView(post=post, office=office, holders=holders)
        for post, office, holders in row.seats
    )
    return CommitteeView(**told, cursor=cursor_of(path, row.id))
