"""Who serves in a subtree on a day, as an export lists it; never with a name."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.registry.read_models.force_homes import FORCE_HOMES, at_home
from services.registry.read_models.force_unit_list import existing_on
from services.registry.read_models.member_list import serving_on
from services.registry.read_models.person_list import who_counts
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS
from services.unit_directory.predicate import lies_within_sql


class ServingRow(NamedTuple):
    """One service with its force; ``person_id`` is who counts after mergers."""

    person_id: UUID
    unit_id: UUID
    force_type: str
    team_name: str | None
    post: str
    enrolled_on: date
    decision_number: str | None
    decided_on: date | None
    issuer: str | None
    force_unit_id: UUID
    home_since: date


def serving_rows(
    conn: sa.Connection,
    unit_paths: Iterable[str],
    callers_paths: Iterable[str],
    *,
    on: date,
    first: int,
) -> list[ServingRow]:
    """Return at most `first` services by place, force and day."""
    force, member, home = FORCE_UNITS.c, MEMBERS.c, FORCE_HOMES.c
    query = (
        sa.select(
            member.person_id,
            home.unit_id,
            force.force_type,
            force.name,
            member.post,
            member.enrolled_on,
            member.decision_number,
            member.decided_on,
            member.issuer,
            force.id,
            home.since,
        )
        .join(FORCE_UNITS, force.id == member.force_unit_id)
        .join(FORCE_HOMES, at_home(on))
        .where(
            lies_within_sql(home.unit_path, unit_paths),
            lies_within_sql(home.unit_path, callers_paths),
            existing_on(on),
            serving_on(on),
        )
        .order_by(home.unit_path, force.id, member.enrolled_on, member.id)
        .limit(first)
    )
    rows = [ServingRow(*row) for row in conn.execute(query)]
    counts = who_counts(conn, {row.person_id for row in rows})
    return [
        row._replace(person_id=counts.get(row.person_id, row.person_id)) for row in rows
    ]
