"""Who is rated in a commune for a year? The roster, from the members of that window."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from services.registry.domain.care_rules import RatingRule
from services.registry.domain.rating_roster import (
    MemberOnRoster,
    Roster,
    TeamOnRoster,
    Window,
)
from services.registry.domain.values import Ground, Period, Post
from services.registry.read_models.force_homes import FORCE_HOMES, at_home
from services.registry.read_models.member_facts import post_on
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS
from services.unit_directory.predicate import lies_within_sql

# Hướng dẫn 01/HD-BCA-V05 speaks of this force alone.
RATED_FORCE: Final = "security_order_team"
_DISMISSED: Final = frozenset({Ground.BREACH.value, Ground.MEASURE.value})


def roster_of(
    conn: sa.Connection, unit_paths: Iterable[str], window: Window, rule: RatingRule
) -> Roster:
    """Return the subjects of a commune's round as the register knows them now.

    They are those of the teams that lie there on the last day of the window.
    """
    paths = tuple(unit_paths)
    teams = {row.id: row for row in conn.execute(_teams(paths, window))}
    services = conn.execute(_services(paths, window)).all()
    by_person: dict[UUID, list[Period]] = {}
    for row in services:
        span = Period(row.enrolled_on, row.ceased_on)
        by_person.setdefault(row.person_id, []).append(span)
    present = [row for row in services if _serves_at_end(row, window)]
    return Roster(
        window,
        rule,
        {
            team_id: TeamOnRoster(
                Period(row.established_on, row.disbanded_on),
                _heads(one for one in present if one.force_unit_id == team_id),
                _has_dismissed(
                    (one for one in services if one.force_unit_id == team_id), window
                ),
            )
            for team_id, row in teams.items()
        },
        {
            row.id: MemberOnRoster(row.force_unit_id, tuple(by_person[row.person_id]))
            for row in present
            if row.force_unit_id in teams
        },
    )


def _teams(paths: tuple[str, ...], window: Window) -> sa.Select[Any]:
    table = FORCE_UNITS.c
    return (
        sa.select(FORCE_UNITS)
        .join(FORCE_HOMES, at_home(window.last))
        .where(
            table.force_type == RATED_FORCE,
            lies_within_sql(FORCE_HOMES.c.unit_path, paths),
            table.established_on <= window.last,
            sa.or_(table.disbanded_on.is_(None), table.disbanded_on > window.last),
        )
    )


def _services(paths: tuple[str, ...], window: Window) -> sa.Select[Any]:
    return (
        sa.select(MEMBERS, post_on(window.last).label("post_then"))
        .join(FORCE_UNITS, FORCE_UNITS.c.id == MEMBERS.c.force_unit_id)
        .join(FORCE_HOMES, at_home(window.last))
        .where(
            FORCE_UNITS.c.force_type == RATED_FORCE,
            lies_within_sql(FORCE_HOMES.c.unit_path, paths),
            MEMBERS.c.enrolled_on <= window.last,
            sa.or_(MEMBERS.c.ceased_on.is_(None), MEMBERS.c.ceased_on >= window.first),
        )
        .order_by(MEMBERS.c.enrolled_on, MEMBERS.c.id)
    )


def _serves_at_end(row: sa.Row[Any], window: Window) -> bool:
    return row.ceased_on is None or row.ceased_on > window.last


def _heads(present: Iterable[sa.Row[Any]]) -> frozenset[UUID]:
    """Return the leader, or where there is none the deputies in charge."""
    rows = list(present)
    for post in (Post.LEADER, Post.DEPUTY):
        heads = frozenset(row.id for row in rows if row.post_then == post.value)
        if heads:
            return heads
    return frozenset()


def _has_dismissed(services: Iterable[sa.Row[Any]], window: Window) -> bool:
    return any(
        row.ground in _DISMISSED and window.first <= row.ceased_on <= window.last
        for row in services
        if row.ceased_on is not None
    )
