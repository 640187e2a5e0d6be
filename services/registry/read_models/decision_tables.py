"""The decisions about members: which a force unit knows, and where they were posted."""

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.contracts.registry.service_life import MemberDecisionView
from services.registry.read_models.force_homes import FORCE_HOMES, home_today
from services.registry.read_models.tables import READ
from services.unit_directory.predicate import lies_within_sql

DECISIONS: Final = sa.Table(
    "member_decisions",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("force_unit_id", pg.UUID, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("decided_on", sa.Date, nullable=False),
    sa.Column("issuer", sa.Text, nullable=False),
    # Until when it is to be posted; null where nothing asks for it.
    sa.Column("post_by", sa.Date),
    sa.Column("place", sa.Text),
    sa.Column("posted_on", sa.Date),
    sa.UniqueConstraint("force_unit_id", "number", "decided_on"),
)
# Recognition, a new post and an end are posted for everybody to read; a rest is not.
POSTED_KINDS: Final = frozenset({"enrolled", "post_changed", "ceased"})


def decisions_by_id(
    conn: sa.Connection, ids: Collection[UUID], callers_paths: Iterable[str]
) -> dict[UUID, MemberDecisionView]:
    """Return those of the decisions whose force lies in the caller's area today."""
    table, home = DECISIONS.c, FORCE_HOMES.c
    query = (
        sa.select(
            table.id,
            table.force_unit_id,
            home.unit_id,
            table.number,
            table.decided_on,
            table.issuer,
            table.post_by,
            table.posted_on,
            table.place.label("posted_at"),
        )
        .join(FORCE_HOMES, home_today(table.force_unit_id))
        .where(table.id.in_(ids), lies_within_sql(home.unit_path, callers_paths))
    )
    rows = conn.execute(query).mappings()
    return {row["id"]: MemberDecisionView(**row) for row in rows}
