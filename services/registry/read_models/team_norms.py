"""How large does a team have to be on a day? By its areas' figures and their province.

A team of several areas of one group is measured by the sum of who lives there; that
the provinces mean this is not verified. Without figures or rule set nothing is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.registry.domain.area_kinds import KINDS
from services.registry.domain.norms import Requirement
from services.registry.read_models.area_tables import FIGURES, HOMES, TITLES
from services.registry.read_models.norm_views import norm_at
from services.unit_directory.tree import UnitTree


class Bound(NamedTuple):
    """What a rule set requires of a team."""

    norm: str
    required: Requirement


TeamNorms = Mapping[UUID, Bound]


def team_norms(
    conn: sa.Connection,
    tree: UnitTree,
    areas_of: Mapping[UUID, Sequence[UUID]],
    day: date,
) -> TeamNorms:
    """Return what is required of each team that a rule set binds."""
    wanted = {area for areas in areas_of.values() for area in areas}
    known = _areas(conn, wanted, day) if wanted else {}
    found = {}
    for team, areas in areas_of.items():
        bound = _bound(tree, [known.get(area) for area in areas], day)
        if bound is not None:
            found[team] = bound
    return found


def _bound(
    tree: UnitTree, areas: Sequence[sa.Row[Any] | None], day: date
) -> Bound | None:
    counted = [area for area in areas if area is not None]
    groups = {KINDS[area.kind].group for area in counted}
    if not counted or len(counted) < len(areas) or len(groups) != 1:
        return None
    norm = norm_at(tree, counted[0].unit_path, day)
    rule = norm and norm.rule_for(groups.pop() or "")
    if norm is None or rule is None:
        return None
    number = sum(getattr(area, rule.measure) for area in counted)
    return Bound(norm.code, rule.required(number))


def _areas(
    conn: sa.Connection, area_ids: Iterable[UUID], day: date
) -> dict[UUID, sa.Row[Any]]:
    """Return kind, place and figures of areas on a day, where all three are known."""
    ids = list(area_ids)
    titles = _last(TITLES, TITLES.c.since, ids, day)
    homes = _last(HOMES, HOMES.c.since, ids, day)
    figures = _last(FIGURES, FIGURES.c.counted_on, ids, day)
    query: sa.Select[Any] = (
        sa.select(
            titles.c.area_id,
            titles.c.kind,
            homes.c.unit_path,
            figures.c.people,
            figures.c.households,
        )
        .join(homes, homes.c.area_id == titles.c.area_id)
        .join(figures, figures.c.area_id == titles.c.area_id)
    )
    return {row.area_id: row for row in conn.execute(query)}


def _last(
    table: sa.Table, since: sa.Column[date], ids: list[UUID], day: date
) -> sa.Subquery:
    return (
        sa.select(table)
        .where(table.c.area_id.in_(ids), since <= day)
        .ext(pg.distinct_on(table.c.area_id))
        .order_by(table.c.area_id, since.desc())
        .subquery()
    )
