"""Keeps the tables of residential areas, in the transaction that records the facts."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.registry.domain.residential_area import ResidentialArea
from services.registry.read_models.area_names import name_rows
from services.registry.read_models.area_tables import (
    AREAS,
    CATEGORIES,
    FIGURES,
    HEIRS,
    HOMES,
    NAMES,
    TITLES,
)

Facts = list[Any]


class AreaListReadModel:
    """Writes one row per area and one per dated fact about it."""

    name = "residential_area_list"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction, one statement per kind and table.

        The order of kinds is that of an area's life, so a batch may hold all of it.
        """
        by_kind: dict[type, Facts] = {}
        for item in recorded:
            by_kind.setdefault(type(item.event), []).append(item.event)
        for kind, write in _WRITES:
            if kind in by_kind:
                write(conn, by_kind[kind])
        moves = [item.event for item in recorded if isinstance(item.event, _MOVES)]
        # A move and its undoing may stand in one batch, so their order counts.
        for moved, run in groupby(moves, key=type):
            (_move if moved is ResidentialArea.Reassigned else _move_back)(
                conn, list(run)
            )


def _register(conn: sa.Connection, facts: Facts) -> None:
    areas = [
        {
            "id": fact.originator_id,
            "registered_in": fact.unit_id,
            "number": fact.number,
            "registered_on": fact.registered_on,
        }
        for fact in facts
    ]
    homes = [
        {
            "area_id": fact.originator_id,
            "since": fact.registered_on,
            "unit_id": fact.unit_id,
            "unit_path": fact.unit_path,
        }
        for fact in facts
    ]
    conn.execute(pg.insert(AREAS).on_conflict_do_nothing(), areas)
    conn.execute(pg.insert(HOMES).on_conflict_do_nothing(), homes)
    _title(conn, facts)


def _title(conn: sa.Connection, facts: Facts) -> None:
    rows = [
        {
            "area_id": fact.originator_id,
            "since": getattr(fact, "effective_on", None) or fact.registered_on,
            "kind": fact.kind,
            "name": fact.name,
        }
        for fact in facts
    ]
    conn.execute(pg.insert(TITLES).on_conflict_do_nothing(), rows)
    names = [
        {
            "area_id": row["area_id"],
            "since": row["since"],
            "kind": row["kind"],
            **name,
        }
        for row in rows
        for name in name_rows(row["name"])
    ]
    conn.execute(pg.insert(NAMES).on_conflict_do_nothing(), names)
    if not isinstance(facts[0], ResidentialArea.Registered):
        _end_names(conn, {row["area_id"] for row in rows})


def _end_names(conn: sa.Connection, areas: Collection[UUID]) -> None:
    """Let each name of some areas end where the next one begins."""
    mine = TITLES.c.area_id == sa.any_(sa.literal(list(areas), pg.ARRAY(pg.UUID)))
    following = (
        sa.select(
            TITLES.c.area_id,
            TITLES.c.since,
            sa.func.lead(TITLES.c.since)
            .over(partition_by=TITLES.c.area_id, order_by=TITLES.c.since)
            .label("until"),
        )
        .where(mine)
        .subquery()
    )
    conn.execute(
        sa.update(NAMES)
        .where(
            NAMES.c.area_id == following.c.area_id, NAMES.c.since == following.c.since
        )
        .values(until=following.c.until)
    )


def _end(conn: sa.Connection, facts: Facts) -> None:
    conn.execute(
        sa.update(AREAS)
        .where(AREAS.c.id == sa.bindparam("which"))
        .values(ended_on=sa.bindparam("day")),
        [{"which": fact.originator_id, "day": fact.ended_on} for fact in facts],
    )
    heirs = [
        {"area_id": fact.originator_id, "heir_id": heir.area_id, "whole": heir.whole}
        for fact in facts
        for heir in fact.heirs
    ]
    if heirs:
        conn.execute(pg.insert(HEIRS).on_conflict_do_nothing(), heirs)


def _count(conn: sa.Connection, facts: Facts) -> None:
    rows = [
        {
            "area_id": fact.originator_id,
            "counted_on": fact.counted_on,
            "households": fact.households,
            "people": fact.people,
        }
        for fact in facts
    ]
    insert = pg.insert(FIGURES)
    conn.execute(
        insert.on_conflict_do_update(
            index_elements=[FIGURES.c.area_id, FIGURES.c.counted_on],
            set_={
                "households": insert.excluded.households,
                "people": insert.excluded.people,
            },
        ),
        rows,
    )


def _give(conn: sa.Connection, facts: Facts) -> None:
    rows = [
        {
            "area_id": fact.originator_id,
            "category": fact.category,
            "since": fact.effective_on,
        }
        for fact in facts
    ]
    conn.execute(pg.insert(CATEGORIES).on_conflict_do_nothing(), rows)


def _lift(conn: sa.Connection, facts: Facts) -> None:
    conn.execute(
        sa.update(CATEGORIES)
        .where(
            CATEGORIES.c.area_id == sa.bindparam("which"),
            CATEGORIES.c.category == sa.bindparam("lifted"),
            CATEGORIES.c.until.is_(None),
            CATEGORIES.c.since < sa.bindparam("day"),
        )
        .values(until=sa.bindparam("day")),
        [
            {
                "which": fact.originator_id,
                "lifted": fact.category,
                "day": fact.effective_on,
            }
            for fact in facts
        ],
    )


def _move(conn: sa.Connection, facts: Facts) -> None:
    conn.execute(
        sa.update(HOMES)
        .where(HOMES.c.area_id == sa.bindparam("which"), HOMES.c.until.is_(None))
        .values(until=sa.bindparam("day")),
        [{"which": f.originator_id, "day": f.effective_on} for f in facts],
    )
    rows = [
        {
            "area_id": fact.originator_id,
            "since": fact.effective_on,
            "unit_id": fact.unit_id,
            "unit_path": fact.unit_path,
        }
        for fact in facts
    ]
    conn.execute(sa.insert(HOMES), rows)


def _move_back(conn: sa.Connection, facts: Facts) -> None:
    rows = [{"which": f.originator_id, "day": f.effective_on} for f in facts]
    conn.execute(
        sa.delete(HOMES).where(
            HOMES.c.area_id == sa.bindparam("which"),
            HOMES.c.since == sa.bindparam("day"),
        ),
        rows,
    )
    conn.execute(
        sa.update(HOMES)
        .where(
            HOMES.c.area_id == sa.bindparam("which"),
            HOMES.c.until == sa.bindparam("day"),
        )
        .values(until=None),
        rows,
    )


_MOVES = (ResidentialArea.Reassigned, ResidentialArea.ReassignmentUndone)
_WRITES = (
    (ResidentialArea.Registered, _register),
    (ResidentialArea.Renamed, _title),
    (ResidentialArea.Retyped, _title),
    (ResidentialArea.Ended, _end),
    (ResidentialArea.FiguresReported, _count),
    (ResidentialArea.CategoryGiven, _give),
    (ResidentialArea.CategoryLifted, _lift),
)
