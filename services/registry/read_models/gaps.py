"""What is missing in a commune on a day? Leaders, places of the quota, size, terms."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.norms import Gap, GapsAnswer, UnitGaps
from services.registry.domain.force_types import BY_QUOTA, FORCE_TYPES
from services.registry.domain.values import Post
from services.registry.read_models.force_homes import FORCE_HOMES, at_home
from services.registry.read_models.force_unit_list import existing_on
from services.registry.read_models.member_facts import post_on
from services.registry.read_models.member_list import serving_on
from services.registry.read_models.quotas import LINES, actual_of, in_force_on
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS
from services.registry.read_models.team_areas import areas_on
from services.registry.read_models.team_norms import TeamNorms, team_norms
from services.registry.read_models.terms import term_end_on
from services.unit_directory.predicate import lies_within_sql
from services.unit_directory.tree import UnitTree


class GapFilter(NamedTuple):
    """Whose gaps a list holds, on which day; both areas have to cover a commune."""

    unit_paths: tuple[str, ...]
    callers_paths: tuple[str, ...]
    on: date
    within_days: int


def list_gaps(
    conn: sa.Connection,
    wanted: GapFilter,
    tree: UnitTree,
    *,
    first: int,
    after: str | None,
) -> GapsAnswer:
    """Return a page of communes in the order of place. Raises CursorInvalid."""
    communes = _communes(conn, wanted, first=first + 1, after=after)
    page = communes[:first]
    ids = [unit_id for _, unit_id in page]
    teams = _teams(conn, ids, wanted.on)
    norms = team_norms(
        conn, tree, {team.id: team.area_ids or () for team in teams}, wanted.on
    )
    found: dict[UUID, list[Gap]] = {unit_id: [] for unit_id in ids}
    for team in teams:
        found[team.unit_id].extend(_of_team(team, wanted, norms))
    for unit_id, gap in _of_quotas(conn, ids, tree, wanted.on):
        found[unit_id].append(gap)
    return GapsAnswer(
        rows=tuple(
            UnitGaps(
                id=unit_id,
                gaps=tuple(found[unit_id]),
                cursor=cursor_of(path, unit_id),
            )
            for path, unit_id in page
        ),
        has_next=len(communes) > first,
    )


def _communes(
    conn: sa.Connection, wanted: GapFilter, *, first: int, after: str | None
) -> list[tuple[str, UUID]]:
    places = sa.union(
        sa.select(FORCE_HOMES.c.unit_path, FORCE_HOMES.c.unit_id)
        .join(FORCE_UNITS, at_home(wanted.on))
        .where(existing_on(wanted.on), *_inside(FORCE_HOMES.c.unit_path, wanted)),
        in_force_on(wanted.on)
        .with_only_columns(LINES.c.unit_path, LINES.c.unit_id)
        .where(*_inside(LINES.c.unit_path, wanted)),
    ).subquery()
    query = (
        sa.select(places).order_by(places.c.unit_path, places.c.unit_id).limit(first)
    )
    if after is not None:
        key = key_of(after, tuple[str, UUID])
        query = query.where(
            sa.tuple_(places.c.unit_path, places.c.unit_id) > sa.tuple_(*key)
        )
    return [(row.unit_path, row.unit_id) for row in conn.execute(query)]


def _inside(
    path: sa.Column[str], wanted: GapFilter
) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        lies_within_sql(path, wanted.unit_paths),
        lies_within_sql(path, wanted.callers_paths),
    )


def _teams(
    conn: sa.Connection, unit_ids: Sequence[UUID], day: date
) -> Sequence[sa.Row[Any]]:
    serving = (
        sa.select(
            sa.func.count().label("members"),
            sa.func.count().filter(post_on(day) == Post.LEADER).label("leaders"),
        )
        .where(MEMBERS.c.force_unit_id == FORCE_UNITS.c.id, serving_on(day))
        .lateral("serving")
    )
    query: sa.Select[Any] = (
        sa.select(
            FORCE_UNITS.c.id,
            FORCE_HOMES.c.unit_id,
            FORCE_UNITS.c.force_type,
            *serving.c,
            areas_on(day).label("area_ids"),
            term_end_on(day).label("term_ends_on"),
        )
        .join(FORCE_HOMES, at_home(day))
        .join(serving, sa.true())
        .where(FORCE_HOMES.c.unit_id.in_(unit_ids), existing_on(day))
        .order_by(FORCE_UNITS.c.established_on, FORCE_UNITS.c.id)
    )
    return conn.execute(query).all()


def _of_team(team: sa.Row[Any], wanted: GapFilter, norms: TeamNorms) -> Iterator[Gap]:
    force = FORCE_TYPES[team.force_type]
    if Post.LEADER in force.posts and team.leaders == 0:
        yield Gap(
            kind="no_leader",
            force_type=force.code,
            force_unit_id=team.id,
            required=1,
            actual=0,
        )
    soon = wanted.on + timedelta(days=wanted.within_days)
    if team.term_ends_on is not None and team.term_ends_on <= soon:
        yield Gap(
            kind="term_ending",
            force_type=force.code,
            force_unit_id=team.id,
            due_on=team.term_ends_on,
        )
    bound = norms.get(team.id) if force.by_quota else None
    if bound is None or team.members == bound.required.members:
        return
    over = team.members > bound.required.members
    if over or not bound.required.at_most:
        yield Gap(
            kind="members_over_norm" if over else "members_below_norm",
            force_type=force.code,
            force_unit_id=team.id,
            required=bound.required.members,
            actual=team.members,
            norm=bound.norm,
        )


def _of_quotas(
    conn: sa.Connection, unit_ids: Iterable[UUID], tree: UnitTree, day: date
) -> Iterator[tuple[UUID, Gap]]:
    lines = conn.execute(
        in_force_on(day).where(LINES.c.unit_id.in_(list(unit_ids)))
    ).all()
    areas = {line.unit_id: tree.covers(line.unit_id) for line in lines}
    actual = actual_of(conn, areas, day)
    for line in lines:
        there = actual.get(line.unit_id)
        pairs = (
            ("teams", line.teams, there.force_units if there else 0),
            ("members", line.members, there.members if there else 0),
        )
        for what, required, has in pairs:
            if has != required:
                side = "over" if has > required else "below"
                yield (
                    line.unit_id,
                    Gap(
                        kind=f"{what}_{side}_quota",  # type: ignore[arg-type]
                        force_type=BY_QUOTA.code,
                        required=required,
                        actual=has,
                    ),
                )
