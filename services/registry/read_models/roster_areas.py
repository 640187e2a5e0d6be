"""Which residential areas do communes have, and which do teams cover? For rosters.

Asked once for a whole file, by its check and by an export: a few statements however
many rows there are.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.registry.read_models.area_tables import AREAS, HOMES, TITLES
from services.registry.read_models.team_areas import TEAM_AREAS


class AreaHome(NamedTuple):
    """Where an area lies from a day on."""

    since: date
    until: date | None
    unit_id: UUID
    path: str


class AreaName(NamedTuple):
    """What an area is called from a day on."""

    since: date
    kind: str
    name: str


class KnownArea(NamedTuple):
    """An area with its number, every home and every name, the first ones first."""

    id: UUID
    book: UUID
    number: int
    registered_on: date
    ended_on: date | None
    homes: tuple[AreaHome, ...]
    names: tuple[AreaName, ...]

    def is_alive(self, on: date) -> bool:
        """Tell whether it exists on a day."""
        return self.registered_on <= on and (
            self.ended_on is None or on < self.ended_on
        )

    def lies_in(self, path: str, on: date) -> bool:
        """Tell whether a day finds it in a unit."""
        return any(
            home.path == path
            and home.since <= on
            and (home.until is None or on < home.until)
            for home in self.homes
        )

    def named(self, on: date) -> AreaName:
        """Return what it is called on a day of its life."""
        return next(name for name in reversed(self.names) if name.since <= on)


class Covered(NamedTuple):
    """The areas that a team covers, and since which day."""

    since: date
    area_ids: tuple[UUID, ...]


def areas_in(
    conn: sa.Connection, paths: Iterable[str], first: int | None = None
) -> list[KnownArea]:
    """Return the areas that lie in communes on any day, by number; or so many only."""
    given = sa.literal(list(paths), pg.ARRAY(sa.Text))
    found = sa.select(HOMES.c.area_id).where(HOMES.c.unit_path == sa.any_(given))
    found = found.distinct().order_by(HOMES.c.area_id).limit(first)
    # Ids in hand: joined to the question, the planner may read a table for each row.
    inside = sa.any_(_ids(conn.execute(found).scalars()))
    homes: dict[UUID, list[AreaHome]] = {}
    home = HOMES.c
    query = (
        sa.select(home.area_id, home.since, home.until, home.unit_id, home.unit_path)
        .where(home.area_id == inside)
        .order_by(home.area_id, home.since)
    )
    for area_id, *told in conn.execute(query):
        homes.setdefault(area_id, []).append(AreaHome(*told))
    names: dict[UUID, list[AreaName]] = {}
    title = TITLES.c
    titles = (
        sa.select(title.area_id, title.since, title.kind, title.name)
        .where(title.area_id == inside)
        .order_by(title.area_id, title.since)
    )
    for area_id, *told in conn.execute(titles):
        names.setdefault(area_id, []).append(AreaName(*told))
    area = AREAS.c
    columns = (area.id, area.registered_in, area.number, area.registered_on,
               area.ended_on)  # fmt: skip
    areas = sa.select(*columns).where(area.id == inside).order_by(area.number, area.id)
    return [
        KnownArea(*row, tuple(homes[row.id]), tuple(names[row.id]))
        for row in conn.execute(areas)
    ]


class CoveredByTeams:
    """What teams cover on any day."""

    def __init__(self, told: dict[UUID, list[Covered]]) -> None:
        self._told = told

    def on(self, team_id: UUID, day: date) -> Covered | None:
        """Return what counts on a day; None where it was never said."""
        told = [one for one in self._told.get(team_id, ()) if one.since <= day]
        return told[-1] if told else None


def covered_by(conn: sa.Connection, team_ids: Collection[UUID]) -> CoveredByTeams:
    """Return what was said of the areas of teams."""
    told: dict[UUID, list[Covered]] = {}
    query = (
        sa.select(TEAM_AREAS)
        .where(TEAM_AREAS.c.force_unit_id == sa.any_(_ids(team_ids)))
        .order_by(TEAM_AREAS.c.force_unit_id, TEAM_AREAS.c.assigned_on)
    )
    for row in conn.execute(query):
        covered = Covered(row.assigned_on, tuple(row.area_ids))
        told.setdefault(row.force_unit_id, []).append(covered)
    return CoveredByTeams(told)


def _ids(ids: Iterable[UUID]) -> sa.BindParameter[Sequence[UUID]]:
    """Return ids as one array, however many they are."""
    return sa.literal(list(ids), pg.ARRAY(pg.UUID))
