"""Which residential areas lie in a unit on a day, how large, of what category.

Asked by lists and single looks.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.residential_areas import (
    AreaHeirView,
    AreaList,
    AreaView,
)
from services.registry.read_models.area_tables import (
    AREAS,
    CATEGORIES,
    FIGURES,
    HEIRS,
    HOMES,
    TITLES,
)
from services.unit_directory.predicate import lies_within_sql

_ORDER = (HOMES.c.unit_path, AREAS.c.number, AREAS.c.id)


class AreaFilter(NamedTuple):
    """Which areas a list holds; both areas of units have to cover a row."""

    unit_paths: tuple[str, ...]
    callers_paths: tuple[str, ...]
    kind: str | None
    category: str | None


def list_areas(
    conn: sa.Connection, wanted: AreaFilter, *, on: date, first: int, after: str | None
) -> AreaList:
    """Return a page in the order of place and number. Raises CursorInvalid."""
    query = at_home(on).where(
        lies_within_sql(HOMES.c.unit_path, wanted.unit_paths),
        lies_within_sql(HOMES.c.unit_path, wanted.callers_paths),
        AREAS.c.registered_on <= on,
        sa.or_(AREAS.c.ended_on.is_(None), AREAS.c.ended_on > on),
    )
    if wanted.kind is not None:
        query = query.where(_titled(on).scalar_subquery() == wanted.kind)
    if wanted.category is not None:
        held = sa.select(CATEGORIES).where(
            CATEGORIES.c.area_id == AREAS.c.id,
            CATEGORIES.c.category == wanted.category,
            _held_on(on),
        )
        query = query.where(held.exists())
    key = None if after is None else key_of(after, tuple[str, int, UUID])
    if key is not None:
        query = query.where(sa.tuple_(*_ORDER) > sa.tuple_(*key))
    rows = conn.execute(query.order_by(*_ORDER).limit(first + 1)).all()
    return AreaList(
        rows=tuple(_views(conn, rows[:first], on)), has_next=len(rows) > first
    )


def get_areas(
    conn: sa.Connection, ids: Sequence[UUID], callers_paths: Iterable[str], *, on: date
) -> dict[UUID, AreaView]:
    """Return the areas that the caller may see, by id, ended ones too."""
    query = at_home(on).where(
        AREAS.c.id.in_(list(ids)), lies_within_sql(HOMES.c.unit_path, callers_paths)
    )
    return {view.id: view for view in _views(conn, conn.execute(query).all(), on)}


def registered_in(conn: sa.Connection, area_id: UUID) -> UUID | None:
    """Return the commune in whose book an area stands."""
    return conn.execute(
        sa.select(AREAS.c.registered_in).where(AREAS.c.id == area_id)
    ).scalar_one_or_none()


def at_home(on: date) -> sa.Select[Any]:
    """Areas with the place that each has on a day; before its life, the first."""
    day = sa.func.greatest(sa.literal(on, sa.Date), AREAS.c.registered_on)
    return sa.select(AREAS, HOMES.c.unit_id, HOMES.c.unit_path).join(
        HOMES,
        sa.and_(
            HOMES.c.area_id == AREAS.c.id,
            HOMES.c.since <= day,
            sa.or_(HOMES.c.until.is_(None), HOMES.c.until > day),
        ),
    )


def _titled(on: date) -> sa.Select[Any]:
    return (
        sa.select(TITLES.c.kind)
        .where(TITLES.c.area_id == AREAS.c.id, TITLES.c.since <= on)
        .order_by(TITLES.c.since.desc())
        .limit(1)
    )


def _held_on(day: date) -> sa.ColumnElement[bool]:
    return sa.and_(
        CATEGORIES.c.since <= day,
        sa.or_(CATEGORIES.c.until.is_(None), CATEGORIES.c.until > day),
    )


def _views(
    conn: sa.Connection, rows: Sequence[sa.Row[Any]], on: date
) -> list[AreaView]:
    """Show a page of areas: four questions however long it is."""
    if not rows:
        return []
    ids = [row.id for row in rows]
    titles = _titles(conn, ids, on)
    figures = _figures(conn, ids, on)
    categories = _categories(conn, ids, on)
    heirs = _heirs(conn, ids)
    return [
        AreaView(
            id=row.id,
            unit_id=row.unit_id,
            number=row.number,
            kind=titles[row.id].kind,
            name=titles[row.id].name,
            registered_on=row.registered_on,
            ended_on=row.ended_on,
            households=figures[row.id].households if row.id in figures else None,
            people=figures[row.id].people if row.id in figures else None,
            counted_on=figures[row.id].counted_on if row.id in figures else None,
            categories=tuple(categories.get(row.id, ())),
            heirs=tuple(heirs.get(row.id, ())),
            cursor=cursor_of(row.unit_path, row.number, row.id),
        )
        for row in rows
    ]


def _titles(conn: sa.Connection, ids: list[UUID], on: date) -> dict[UUID, sa.Row[Any]]:
    """Return the title borne on the day; before an area's life, its first one."""
    query = (
        sa.select(TITLES)
        .where(TITLES.c.area_id.in_(ids))
        .ext(pg.distinct_on(TITLES.c.area_id))
        .order_by(
            TITLES.c.area_id,
            (TITLES.c.since > on),
            sa.case((TITLES.c.since > on, TITLES.c.since)),
            TITLES.c.since.desc(),
        )
    )
    return {row.area_id: row for row in conn.execute(query)}


def _figures(conn: sa.Connection, ids: list[UUID], on: date) -> dict[UUID, sa.Row[Any]]:
    query = (
        sa.select(FIGURES)
        .where(FIGURES.c.area_id.in_(ids), FIGURES.c.counted_on <= on)
        .ext(pg.distinct_on(FIGURES.c.area_id))
        .order_by(FIGURES.c.area_id, FIGURES.c.counted_on.desc())
    )
    return {row.area_id: row for row in conn.execute(query)}


def _categories(
    conn: sa.Connection, ids: list[UUID], on: date
) -> dict[UUID, list[str]]:
    query = (
        sa.select(CATEGORIES.c.area_id, CATEGORIES.c.category)
        .where(CATEGORIES.c.area_id.in_(ids), _held_on(on))
        .order_by(CATEGORIES.c.category)
    )
    found: dict[UUID, list[str]] = {}
    for area_id, category in conn.execute(query):
        found.setdefault(area_id, []).append(category)
    return found


def _heirs(conn: sa.Connection, ids: list[UUID]) -> dict[UUID, list[AreaHeirView]]:
    query = sa.select(HEIRS).where(HEIRS.c.area_id.in_(ids)).order_by(HEIRS.c.heir_id)
    found: dict[UUID, list[AreaHeirView]] = {}
    for row in conn.execute(query):
        found.setdefault(row.area_id, []).append(
            AreaHeirView(area_id=row.heir_id, whole=row.whole)
        )
    return found
