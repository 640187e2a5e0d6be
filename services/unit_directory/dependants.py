"""How much goes on at units after a day? The common half of `dependants.of_units`.

A service names what it keeps (`Bound`) and counts here by the places that a unit stands
for: its own, those that it absorbed whole, and those whose rows it keeps.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.calls import Call
from services.contracts.dependants import DependantGroup, DependantsOfUnits
from services.unit_directory.custody import stands_for
from services.unit_directory.directory import units_of
from services.unit_directory.tree import Unit, UnitTree

Standing = dict[UUID, list[Unit]]


class Bound(NamedTuple):
    """Things of one kind with their units' paths; which of them are meant.

    ``goes_on`` is false for facts of the past, which need nobody. ``counted`` is what
    makes up one thing where it has several rows.
    """

    kind: str
    unit_path: sa.ColumnElement[str] | sa.Column[str]
    meant: sa.ColumnElement[bool]
    goes_on: bool = True
    counted: sa.ColumnElement[Any] | sa.Column[Any] | None = None


def units_asked(call: Call[DependantsOfUnits]) -> Sequence[UUID]:
    """Return the units, if all lie in the caller's area.

    Raises UnitUnknown, UnitOutsideYourArea.
    """
    tree = units_of(call.runtime)
    for place, unit_id in enumerate(call.body.unit_ids):
        field = f"$.unit_ids[{place}]"
        tree.unit(unit_id, field)
        tree.require_within(call.caller, unit_id, field)
    return call.body.unit_ids


def standing(tree: UnitTree, unit_ids: Iterable[UUID], kind: str) -> Standing:
    """Return for each unit those whose rows of a kind are its to pass on."""
    return {u: stands_for(tree, tree.unit(u), kind) for u in unit_ids}


def groups(
    conn: sa.Connection,
    tree: UnitTree,
    unit_ids: Sequence[UUID],
    bounds: Iterable[Bound],
) -> list[DependantGroup]:
    """Count each kind at each unit; what is not there has no group."""
    found: list[DependantGroup] = []
    for bound in bounds if unit_ids else ():
        counts = conn.execute(_counting(bound, standing(tree, unit_ids, bound.kind)))
        found += [
            DependantGroup(
                kind=bound.kind, unit_id=unit, how_many=number, goes_on=bound.goes_on
            )
            for unit, number in counts
        ]
    return found


def _counting(bound: Bound, where: Standing) -> sa.Select[Any]:
    # Two arrays: a list of ten thousand values takes a second of writing it down.
    places = list(_places(where))
    place = (
        sa.func.unnest(
            sa.literal([unit_id for unit_id, _ in places], pg.ARRAY(pg.UUID)),
            sa.literal([path for _, path in places], pg.ARRAY(sa.Text)),
        )
        .table_valued(
            sa.column("unit_id", pg.UUID), sa.column("path", sa.Text), name="place"
        )
        .render_derived()
    )
    counted = sa.func.count()
    if bound.counted is not None:
        counted = sa.func.count(bound.counted.distinct())
    return (
        sa.select(place.c.unit_id, counted)
        .join_from(place, bound.unit_path.table, bound.unit_path == place.c.path)
        .where(bound.meant)
        .group_by(place.c.unit_id)
    )


def _places(where: Standing) -> Iterator[tuple[UUID, str]]:
    for unit_id, units in where.items():
        for unit in units:
            yield unit_id, unit.path
