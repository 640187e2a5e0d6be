"""The tables of reorganisation plans in `registry_read`: heads, parts, decisions."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.registry.read_models.tables import READ

PLANS: Final = sa.Table(
    "reorganisation_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("unit_id", pg.UUID, nullable=False),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("decree_number", sa.Text, nullable=False),
    sa.Column("decree_date", sa.Date, nullable=False),
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Column("effective_on", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("new_units", sa.Integer, nullable=False),
    sa.Column("operations", sa.Integer, nullable=False),
    # Passed on by the execution; the undoing loads them.
    sa.Column("areas", pg.ARRAY(pg.UUID)),
    sa.Column("forces", pg.ARRAY(pg.UUID)),
    sa.Index("reorganisation_list_day", "effective_on", "id"),
)

# A plan as it was drafted, part by part; read whole and never searched.
PARTS: Final = sa.Table(
    "reorganisation_parts",
    READ,
    sa.Column("reorganisation_id", pg.UUID, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

DECISIONS: Final = sa.Table(
    "reorganisation_decisions",
    READ,
    sa.Column("reorganisation_id", pg.UUID, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("dependant_id", pg.UUID, primary_key=True),
    sa.Column("successor_id", pg.UUID, nullable=False),
)

PLAN_TABLES: Final = (PLANS, PARTS, DECISIONS)
