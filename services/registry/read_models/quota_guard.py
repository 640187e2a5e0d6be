"""Holds a commune to its quota in the very transaction that would pass it.

Given to commands that set up teams or take people in; a commune without quota passes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry.domain.force_types import BY_QUOTA
from services.registry.domain.quota import Ceiling, Counted, refuse_excess
from services.registry.domain.quota_errors import QuotaDayTaken
from services.registry.domain.values import Period
from services.registry.read_models.force_homes import FORCE_HOMES
from services.registry.read_models.guards import Guard
from services.registry.read_models.quotas import LINES
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS
from services.unit_directory.lineage import whole_line
from services.unit_directory.predicate import lies_within_sql
from services.unit_directory.tree import Unit, UnitTree


def keeping_quota(
    what: Counted, force_unit_ids: Iterable[UUID], units: UnitTree, *, since: date
) -> Guard:
    """Give the check of what these force units have from a day on.

    It runs after the command's rows are written. Two commands meet on the rows of the
    commune's quota, so that the second sees what the first has taken. Raises
    QuotaExceeded.
    """
    ids = list(force_unit_ids)

    def guard(conn: sa.Connection) -> None:
        homes = communes_by_quota(conn, ids, since)
        lines = [whole_line(units, units.unit(unit_id)) for unit_id in homes]
        # In one order for all commands, so that none waits for another in a ring.
        communes = sorted({unit.id for line in lines for unit in line})
        held = {unit_id: ceilings_of(conn, unit_id) for unit_id in communes}
        for unit_id, ceilings in _until_followed(held, lines).items():
            if ceilings:
                lives = lives_of(conn, what, units.covers(unit_id))
                refuse_excess(what, ceilings, lives, since=since)

    return guard


def _until_followed(
    held: Mapping[UUID, list[Ceiling]], lines: Iterable[Sequence[Unit]]
) -> dict[UUID, list[Ceiling]]:
    """Let the numbers of a unit count until one that took it over has its own.

    A commune that was merged keeps what it was given, until somebody decides anew.
    """
    found = dict(held)
    for line in lines:
        followed: date | None = None
        for unit in reversed(line):
            own = found[unit.id]
            if followed is not None:
                found[unit.id] = [c for one in own if (c := one.until(followed))]
            starts = [one.runs.first or date.min for one in held[unit.id]]
            followed = min([*starts, *([followed] if followed else [])], default=None)
    return found


def alone_on_its_day(quota_id: UUID) -> Guard:
    """Give the check that no commune has another quota from the very same day.

    Raises QuotaDayTaken; the earlier decision has to be superseded by this one.
    """
    other = LINES.alias("other")
    query = (
        sa.select(other.c.unit_id, other.c.quota_id, other.c.effective_on)
        .join(
            LINES,
            sa.and_(
                LINES.c.unit_id == other.c.unit_id,
                LINES.c.effective_on == other.c.effective_on,
                LINES.c.quota_id != other.c.quota_id,
            ),
        )
        .where(
            LINES.c.quota_id == quota_id,
            other.c.issued,
            sa.or_(
                other.c.superseded_on.is_(None),
                other.c.superseded_on > other.c.effective_on,
            ),
        )
        .order_by(other.c.unit_path)
        .limit(1)
    )

    def guard(conn: sa.Connection) -> None:
        # Two such decisions meet on the lines of their communes.
        mine = sa.select(LINES.c.unit_id).where(LINES.c.quota_id == quota_id)
        conn.execute(
            sa.select(LINES.c.unit_id)
            .where(LINES.c.unit_id.in_(mine))
            .order_by(LINES.c.unit_id, LINES.c.quota_id)
            .with_for_update()
        )
        taken = conn.execute(query).first()
        if taken is not None:
            raise QuotaDayTaken(
                field="$.supersedes",
                unit_id=taken.unit_id,
                day=taken.effective_on,
                quota_id=taken.quota_id,
            )

    return guard


def communes_by_quota(
    conn: sa.Connection, force_unit_ids: list[UUID], since: date
) -> list[UUID]:
    """Return the communes of those force units whose numbers are set, from a day on."""
    home = FORCE_HOMES.c
    query = (
        sa.select(home.unit_id)
        .join(FORCE_UNITS, FORCE_UNITS.c.id == home.force_unit_id)
        .where(
            FORCE_UNITS.c.id.in_(force_unit_ids),
            FORCE_UNITS.c.force_type == BY_QUOTA.code,
            sa.or_(home.until.is_(None), home.until > since),
        )
        .distinct()
        .order_by(home.unit_id)
    )
    return list(conn.execute(query).scalars())


def ceilings_of(conn: sa.Connection, unit_id: UUID) -> list[Ceiling]:
    """Return a commune's numbers, held so that two commands meet on them."""
    query = (
        sa.select(LINES)
        .where(LINES.c.unit_id == unit_id, LINES.c.issued)
        .order_by(LINES.c.quota_id)
        .with_for_update()
    )
    return [_ceiling(row) for row in conn.execute(query)]


def _ceiling(row: sa.Row[Any]) -> Ceiling:
    return Ceiling(
        Period(row.effective_on, row.superseded_on),
        row.teams,
        row.members,
        row.reduced_by,
        row.teams_meanwhile or 0,
        row.members_meanwhile or 0,
    )


def lives_of(
    conn: sa.Connection, what: Counted, paths: tuple[str, ...]
) -> list[Period]:
    """Return when the teams or members of an area begin and end to count there.

    Of one that was passed on, the days before or after; none where there are no such.
    """
    first, end = (
        (FORCE_UNITS.c.established_on, FORCE_UNITS.c.disbanded_on)
        if what == "teams"
        else (MEMBERS.c.enrolled_on, MEMBERS.c.ceased_on)
    )
    home = FORCE_HOMES.c
    came, left = sa.func.greatest(first, home.since), sa.func.least(end, home.until)
    query = (
        sa.select(came, left)
        .join(FORCE_HOMES, home.force_unit_id == FORCE_UNITS.c.id)
        .where(
            FORCE_UNITS.c.force_type == BY_QUOTA.code,
            lies_within_sql(home.unit_path, paths),
            sa.or_(left.is_(None), came < left),
        )
    )
    if what == "members":
        query = query.join(MEMBERS, MEMBERS.c.force_unit_id == FORCE_UNITS.c.id)
    return [Period(*row) for row in conn.execute(query)]
