"""The tables of named hierarchies, and writing facts into them."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.registry.domain.hierarchy import Hierarchy
from services.registry.read_models.tables import READ

HIERARCHIES = sa.Table(
    "hierarchy_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("code", sa.Text(collation="C"), nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("base", sa.Text, nullable=False),
    sa.Column("owner_id", pg.UUID, nullable=False),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    sa.Column("decision", sa.Text),
    sa.Column("decided_on", sa.Date),
    sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("end_recorded_at", sa.DateTime(timezone=True)),
)

# One row for each change. One that was withdrawn stands until that moment.
HIERARCHY_CHANGES = sa.Table(
    "hierarchy_changes",
    READ,
    sa.Column("hierarchy_id", pg.UUID, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("level", sa.Text),
    sa.Column("unit_id", pg.UUID),
    sa.Column("parent_id", pg.UUID),
    sa.Column("effective_on", sa.Date, nullable=False),
    sa.Column("decision", sa.Text),
    sa.Column("decided_on", sa.Date),
    sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
)

SKIPPED: Final = "skipped"
PLACED: Final = "placed"
RETURNED: Final = "returned"

_CHANGES: Final[dict[type, str]] = {
    Hierarchy.LevelSkipped: SKIPPED,
    Hierarchy.UnitPlaced: PLACED,
    Hierarchy.UnitReturned: RETURNED,
}


class HierarchiesReadModel:
    """Writes heads and changes of hierarchies, with the moments of their recording."""

    name = "hierarchies"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction, each kind by one statement."""
        rows: dict[sa.Executable, list[dict[str, Any]]] = {
            statement: [] for statement in (_BEGIN, _ENTER, _TAKE_BACK, _END)
        }
        for item in recorded:
            match item.event:
                case Hierarchy.Defined() as fact:
                    rows[_BEGIN].append(_head(fact))
                case (
                    Hierarchy.LevelSkipped()
                    | Hierarchy.UnitPlaced()
                    | Hierarchy.UnitReturned()
                ) as fact:
                    rows[_ENTER].append(_change(fact, item.version))
                case Hierarchy.LevelSkipWithdrawn() | Hierarchy.PlacingWithdrawn():
                    rows[_TAKE_BACK].append(_taken_back(item.event, item.version))
                case Hierarchy.Ended() as fact:
                    rows[_END].append(_end(fact))
        for statement, given in rows.items():
            if given:
                conn.execute(statement, given)


def _head(fact: Hierarchy.Defined) -> dict[str, Any]:
    return {
        "id": fact.originator_id,
        "code": fact.code,
        "name": fact.name,
        "base": fact.base,
        "owner_id": fact.owner_id,
        "valid_from": fact.valid_from,
        "decision": fact.decision,
        "decided_on": fact.decided_on,
        "recorded_at": fact.timestamp,
    }


def _end(fact: Hierarchy.Ended) -> dict[str, Any]:
    return {
        "which": fact.originator_id,
        "day": fact.ended_on,
        "moment": fact.timestamp,
    }


def _change(
    fact: Hierarchy.LevelSkipped | Hierarchy.UnitPlaced | Hierarchy.UnitReturned,
    version: int,
) -> dict[str, Any]:
    return {
        "hierarchy_id": fact.originator_id,
        "version": version,
        "kind": _CHANGES[type(fact)],
        "level": getattr(fact, "level", None),
        "unit_id": getattr(fact, "unit_id", None),
        "parent_id": getattr(fact, "parent_id", None),
        "effective_on": fact.effective_on,
        "decision": fact.decision,
        "decided_on": fact.decided_on,
        "recorded_at": fact.timestamp,
    }


def _taken_back(
    fact: Hierarchy.LevelSkipWithdrawn | Hierarchy.PlacingWithdrawn, version: int
) -> dict[str, Any]:
    return {
        "which": fact.originator_id,
        "lvl": getattr(fact, "level", None),
        "uid": getattr(fact, "unit_id", None),
        "before": version,
        "moment": fact.timestamp,
    }


_BEGIN: Final = pg.insert(HIERARCHIES).on_conflict_do_nothing()
_ENTER: Final = pg.insert(HIERARCHY_CHANGES).on_conflict_do_nothing()
_END: Final = (
    sa.update(HIERARCHIES)
    .where(HIERARCHIES.c.id == sa.bindparam("which"))
    .values(valid_to=sa.bindparam("day"), end_recorded_at=sa.bindparam("moment"))
)
_EARLIER: Final = HIERARCHY_CHANGES.alias()


def _of_the_same(rows: sa.FromClause) -> sa.ColumnElement[bool]:
    level, unit = sa.bindparam("lvl", type_=sa.Text), sa.bindparam("uid", type_=pg.UUID)
    return sa.and_(
        rows.c.hierarchy_id == sa.bindparam("which", type_=pg.UUID),
        rows.c.level.is_not_distinct_from(level),
        rows.c.unit_id.is_not_distinct_from(unit),
    )


# A withdrawal takes back what stood last before it.
_TAKE_BACK: Final = (
    sa.update(HIERARCHY_CHANGES)
    .where(
        _of_the_same(HIERARCHY_CHANGES),
        HIERARCHY_CHANGES.c.version
        == sa.select(sa.func.max(_EARLIER.c.version))
        .where(
            _of_the_same(_EARLIER),
            _EARLIER.c.version < sa.bindparam("before", type_=sa.Integer),
            _EARLIER.c.withdrawn_at.is_(None),
        )
        .scalar_subquery(),
    )
    .values(withdrawn_at=sa.bindparam("moment"))
)
