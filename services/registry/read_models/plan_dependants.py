"""What depends on the units that a plan touches, and is its successor decided.

A further kind of dependant is one more entry of SOURCES.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.lists import cursor_of, key_of
from services.registry.domain.access_grant import GrantState
from services.registry.domain.dependant_kinds import DependantKind
from services.registry.read_models.access_grants import GRANTS
from services.registry.read_models.area_tables import AREAS, HOMES
from services.registry.read_models.force_homes import FORCE_HOMES, at_last_home
from services.registry.read_models.member_list import serving_on
from services.registry.read_models.plan_tables import DECISIONS
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS

_UUIDS: Final = pg.ARRAY(pg.UUID)


class Dependant(NamedTuple):
    """One dependant at its unit, with the decision about it."""

    kind: DependantKind
    id: UUID
    unit_id: UUID
    people: int
    successor_id: UUID | None
    cursor: str


class Totals(NamedTuple):
    """How many dependants of a kind there are, and how many of them are open."""

    kind: DependantKind
    dependants: int
    people: int
    must_decide: int
    open: int


class Touched(NamedTuple):
    """The units of a plan, and those of them with more than one candidate.

    `absorbed` says of each unit that one of them took over whole, which one that is:
    what lies there passes on with it.
    """

    reorganisation_id: UUID
    effective_on: date
    units: Sequence[UUID]
    divided: Sequence[UUID]
    absorbed: Mapping[UUID, UUID]


def _force_units(touched: Touched) -> sa.Select[Any]:
    """Find the forces that live on the day, and count who serves on it."""
    people = (
        sa.select(sa.func.count())
        .where(
            MEMBERS.c.force_unit_id == FORCE_UNITS.c.id,
            serving_on(touched.effective_on),
        )
        .scalar_subquery()
    )
    bound = _bound(touched)
    found = sa.select(
        sa.literal(DependantKind.FORCE_UNIT.value).label("kind"),
        FORCE_UNITS.c.id,
        bound.c.unit_id,
        FORCE_HOMES.c.unit_path,
        people.label("people"),
    )
    found = found.join(FORCE_HOMES, at_last_home())
    return found.join(bound, bound.c.place == FORCE_HOMES.c.unit_id).where(
        sa.or_(
            FORCE_UNITS.c.disbanded_on.is_(None),
            FORCE_UNITS.c.disbanded_on > touched.effective_on,
        ),
    )


def _areas(touched: Touched) -> sa.Select[Any]:
    bound = _bound(touched)
    return (
        sa.select(
            sa.literal(DependantKind.RESIDENTIAL_AREA.value).label("kind"),
            AREAS.c.id,
            bound.c.unit_id,
            HOMES.c.unit_path,
            sa.literal(0).label("people"),
        )
        .join(HOMES, HOMES.c.area_id == AREAS.c.id)
        .join(bound, bound.c.place == HOMES.c.unit_id)
        .where(
            HOMES.c.until.is_(None),
            sa.or_(AREAS.c.ended_on.is_(None), AREAS.c.ended_on > touched.effective_on),
        )
    )


def _grants(touched: Touched) -> sa.Select[Any]:
    """Find the rights that would run on; they end with the unit that they are for."""
    return sa.select(
        sa.literal(DependantKind.ACCESS_GRANT.value).label("kind"),
        GRANTS.c.id,
        GRANTS.c.unit_id,
        GRANTS.c.unit_path,
        sa.literal(0).label("people"),
    ).where(
        _one_of(GRANTS.c.unit_id, touched.units),
        GRANTS.c.state != GrantState.REVOKED.value,
        GRANTS.c.last_day >= touched.effective_on,
    )


SOURCES: Final[Mapping[DependantKind, Callable[[Touched], sa.Select[Any]]]] = {
    DependantKind.FORCE_UNIT: _force_units,
    DependantKind.RESIDENTIAL_AREA: _areas,
    DependantKind.ACCESS_GRANT: _grants,
}


def totals(conn: sa.Connection, touched: Touched) -> list[Totals]:
    """Count the dependants by kind."""
    found = _decided(touched)
    divided = _one_of(found.c.unit_id, touched.divided)
    query = (
        sa.select(
            found.c.kind,
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(found.c.people), 0),
            sa.func.count().filter(divided),
            sa.func.count().filter(divided, found.c.successor_id.is_(None)),
        )
        .group_by(found.c.kind)
        .order_by(found.c.kind)
    )
    return [
        Totals(DependantKind(row[0]), row[1], int(row[2]), row[3], row[4])
        for row in conn.execute(query)
    ]


def dependants(
    conn: sa.Connection,
    touched: Touched,
    *,
    only_open: bool,
    first: int,
    after: str | None,
) -> tuple[list[Dependant], bool]:
    """Return a page by place, kind and id, and whether more follow.

    Raises CursorInvalid.
    """
    found = _decided(touched)
    order = (found.c.unit_path, found.c.kind, found.c.id)
    query = sa.select(found)
    if only_open:
        query = query.where(
            _one_of(found.c.unit_id, touched.divided), found.c.successor_id.is_(None)
        )
    key = None if after is None else key_of(after, tuple[str, str, UUID])
    if key is not None:
        query = query.where(sa.tuple_(*order) > sa.tuple_(*key))
    rows = conn.execute(query.order_by(*order).limit(first + 1)).all()
    return [_dependant(row) for row in rows[:first]], len(rows) > first


def units_of_dependants(
    conn: sa.Connection, touched: Touched, ids: Sequence[UUID]
) -> dict[tuple[DependantKind, UUID], UUID]:
    """Return the units on which these dependants depend, of those that are touched."""
    found = _all(touched)
    query = sa.select(found.c.kind, found.c.id, found.c.unit_id).where(
        _one_of(found.c.id, ids)
    )
    return {(DependantKind(kind), one): unit for kind, one, unit in conn.execute(query)}


def of_kind(
    conn: sa.Connection, touched: Touched, kind: DependantKind
) -> list[tuple[UUID, UUID, UUID | None]]:
    """Return the dependants of a kind: each with its unit and decided successor."""
    found = _decided(touched)
    query = sa.select(found.c.id, found.c.unit_id, found.c.successor_id).where(
        found.c.kind == kind.value
    )
    return [(row[0], row[1], row[2]) for row in conn.execute(query)]


def _bound(touched: Touched) -> sa.Subquery:
    """Return where dependants may lie, each place with the unit of the plan."""
    pairs = [*((one, one) for one in touched.units), *touched.absorbed.items()]
    places, units = ([pair[side] for pair in pairs] for side in (0, 1))
    rows = sa.func.unnest(
        sa.literal(places, _UUIDS), sa.literal(units, _UUIDS)
    ).table_valued(sa.column("place", pg.UUID), sa.column("unit_id", pg.UUID))
    return sa.select(*rows.render_derived(name="bound").c).subquery()


def _all(touched: Touched) -> sa.Subquery:
    return sa.union_all(*(source(touched) for source in SOURCES.values())).subquery()


def _decided(touched: Touched) -> sa.CTE:
    found = _all(touched)
    return (
        sa.select(found, DECISIONS.c.successor_id)
        .outerjoin(
            DECISIONS,
            sa.and_(
                DECISIONS.c.reorganisation_id == touched.reorganisation_id,
                DECISIONS.c.kind == found.c.kind,
                DECISIONS.c.dependant_id == found.c.id,
            ),
        )
        .cte("decided")
    )


def _one_of(
    column: sa.ColumnElement[Any], ids: Sequence[UUID]
) -> sa.ColumnElement[bool]:
    """Keep these ids, however many: one array, not a parameter for each."""
    return column == sa.any_(sa.literal(list(ids), _UUIDS))


def _dependant(row: sa.Row[Any]) -> Dependant:
    return Dependant(
        kind=DependantKind(row.kind),
        id=row.id,
        unit_id=row.unit_id,
        people=row.people,
        successor_id=row.successor_id,
        cursor=cursor_of(row.unit_path, row.kind, row.id),
    )
