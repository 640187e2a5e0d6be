"""Who bears this name or number? Found by keyed digests alone; nothing is opened."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from services.registry.person_vault import MATCHES, MatchKind
from services.registry.read_models.force_homes import FORCE_HOMES, home_today
from services.registry.read_models.person_list import PEOPLE
from services.registry.read_models.tables import MEMBERS
from services.unit_directory.predicate import lies_within_sql


def find_people(
    conn: sa.Connection,
    wanted: Mapping[MatchKind, bytes],
    areas: tuple[tuple[str, ...], ...],
    *,
    first: int,
) -> tuple[list[UUID], bool]:
    """Return up to ``first`` people who have all these digests, inside all areas.

    The second part tells whether there are more.
    """
    rows = conn.execute(
        sa.select(PEOPLE.c.id)
        .join(MATCHES, MATCHES.c.person_id == PEOPLE.c.id)
        .where(
            PEOPLE.c.erased_on.is_(None),
            *(MATCHES.c[kind] == digest for kind, digest in wanted.items()),
            *(_reached_from(paths) for paths in areas),
        )
        .order_by(PEOPLE.c.id)
        .limit(first + 1)
    )
    ids = list(rows.scalars())
    return ids[:first], len(ids) > first


def _reached_from(paths: tuple[str, ...]) -> sa.ColumnElement[bool]:
    served = (
        sa.select(sa.literal(1))
        .join(FORCE_HOMES, home_today(MEMBERS.c.force_unit_id))
        .where(
            MEMBERS.c.person_id == PEOPLE.c.id,
            lies_within_sql(FORCE_HOMES.c.unit_path, paths),
        )
    )
    return sa.or_(lies_within_sql(PEOPLE.c.unit_path, paths), sa.exists(served))
