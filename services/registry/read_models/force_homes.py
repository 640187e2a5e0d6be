"""In which unit did a force lie on which day? The one place where reads are told it.

Every list, count and single look joins `at_home`; a force has one home on every day.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.clock import local_today
from services.chassis.event_store import RecordedEvent
from services.chassis.many_rows import insert_many
from services.registry.domain.force_homes import ALWAYS
from services.registry.domain.force_unit import ForceUnit
from services.registry.read_models.tables import FORCE_UNITS, READ

FORCE_HOMES: Final = sa.Table(
    "force_unit_homes",
    READ,
    sa.Column("force_unit_id", pg.UUID, primary_key=True),
    # The first home has no first day, and the last one no end.
    sa.Column("since", sa.Date, primary_key=True),
    sa.Column("until", sa.Date),
    sa.Column("unit_id", pg.UUID, nullable=False),
    # "C" sorts like the keyset compares, and lets the index serve LIKE prefixes.
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("decision", sa.Text),
    sa.Index("force_unit_homes_place", "unit_path", "force_unit_id"),
    sa.Index("force_unit_homes_unit", "unit_id"),
)

_C: Final = FORCE_HOMES.c
_SEVERAL: Final = (
    ForceUnit.Established,
    ForceUnit.EstablishedAnew,
    ForceUnit.EstablishmentWithdrawn,
    ForceUnit.PassedOn,
    ForceUnit.PassingUndone,
)


class ForceHomesReadModel:
    """Writes one row per home of a force."""

    name = "force_unit_homes"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction, one statement per run of a kind.

        A force may be set up, withdrawn and set up anew in one batch, so order counts.
        """
        facts = [item.event for item in recorded if isinstance(item.event, _SEVERAL)]
        for kind, run in groupby(facts, key=type):
            _WRITES[kind](conn, list(run))


def _begin(conn: sa.Connection, facts: list[Any]) -> None:
    rows = [
        {
            "force_unit_id": fact.originator_id,
            "since": ALWAYS,
            "unit_id": fact.unit_id,
            "unit_path": fact.unit_path,
        }
        for fact in facts
    ]
    insert_many(conn, FORCE_HOMES, rows, once=True)


def _forget(conn: sa.Connection, facts: list[Any]) -> None:
    ids = [fact.originator_id for fact in facts]
    conn.execute(sa.delete(FORCE_HOMES).where(_one_of(_C.force_unit_id, ids)))


def _pass_on(conn: sa.Connection, facts: list[Any]) -> None:
    conn.execute(
        sa.update(FORCE_HOMES)
        .where(_C.force_unit_id == sa.bindparam("which"), _C.until.is_(None))
        .values(until=sa.bindparam("day")),
        [{"which": fact.originator_id, "day": fact.passed_on} for fact in facts],
    )
    rows = [
        {
            "force_unit_id": fact.originator_id,
            "since": fact.passed_on,
            "unit_id": fact.unit_id,
            "unit_path": fact.unit_path,
            "decision": fact.decision,
        }
        for fact in facts
    ]
    insert_many(conn, FORCE_HOMES, rows)


def _undo(conn: sa.Connection, facts: list[Any]) -> None:
    rows = [{"which": f.originator_id, "day": f.passed_on} for f in facts]
    which = _C.force_unit_id == sa.bindparam("which")
    conn.execute(
        sa.delete(FORCE_HOMES).where(which, _C.since == sa.bindparam("day")), rows
    )
    conn.execute(
        sa.update(FORCE_HOMES)
        .where(which, _C.until == sa.bindparam("day"))
        .values(until=None),
        rows,
    )


_WRITES: Final[dict[type, Callable[[sa.Connection, list[Any]], None]]] = {
    ForceUnit.Established: _begin,
    ForceUnit.EstablishedAnew: _begin,
    ForceUnit.EstablishmentWithdrawn: _forget,
    ForceUnit.PassedOn: _pass_on,
    ForceUnit.PassingUndone: _undo,
}


def at_home(day: date) -> sa.ColumnElement[bool]:
    """Join to a row of FORCE_UNITS its home on a day; there is always one."""
    return sa.and_(_C.force_unit_id == FORCE_UNITS.c.id, holding_on(day))


def at_last_home() -> sa.ColumnElement[bool]:
    """Join to a row of FORCE_UNITS the home that no later one follows."""
    return sa.and_(_C.force_unit_id == FORCE_UNITS.c.id, _C.until.is_(None))


def home_today(force_unit_id: sa.Column[Any]) -> sa.ColumnElement[bool]:
    """Join to a row that names a force the home of today: whose area it is now.

    What is asked by id is shown to those who cover that place, on whatever day.
    """
    return sa.and_(_C.force_unit_id == force_unit_id, holding_on(local_today()))


def holding_on(day: date) -> sa.ColumnElement[bool]:
    """Keep the homes that hold on a day."""
    return sa.and_(_C.since <= day, sa.or_(_C.until.is_(None), _C.until > day))


def homes_of(
    conn: sa.Connection, force_unit_ids: Collection[UUID]
) -> dict[UUID, list[sa.Row[Any]]]:
    """Return every home of forces, the first one first."""
    query = (
        sa.select(FORCE_HOMES)
        .where(_one_of(_C.force_unit_id, force_unit_ids))
        .order_by(_C.force_unit_id, _C.since)
    )
    found: dict[UUID, list[sa.Row[Any]]] = {}
    for row in conn.execute(query):
        found.setdefault(row.force_unit_id, []).append(row)
    return found


def _one_of(column: sa.Column[Any], ids: Collection[UUID]) -> sa.ColumnElement[bool]:
    return column == sa.any_(sa.literal(list(ids), pg.ARRAY(pg.UUID)))
