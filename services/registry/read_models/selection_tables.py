"""The tables of selection rounds: written by one module, read by another."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.registry.read_models.tables import READ

ROUNDS: Final = sa.Table(
    "selection_rounds",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("force_unit_id", pg.UUID, nullable=False),
    sa.Column("unit_id", pg.UUID, nullable=False),
    # "C" lets the index serve LIKE prefixes.
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("needed", sa.Integer, nullable=False),
    sa.Column("planned_on", sa.Date, nullable=False),
    sa.Column("receive_from", sa.Date, nullable=False),
    sa.Column("receive_until", sa.Date, nullable=False),
    sa.Column("meeting_on", sa.Date, nullable=False),
    sa.Column("submit_within", sa.Integer, nullable=False),
    sa.Column("recognise_within", sa.Integer, nullable=False),
    sa.Index("selection_rounds_place", "unit_path"),
    sa.Index("selection_rounds_newest", "planned_on", "id"),
)
STEPS: Final = sa.Table(
    "selection_steps",
    READ,
    sa.Column("round_id", pg.UUID, primary_key=True),
    sa.Column("step", sa.Text, primary_key=True),
    sa.Column("taken_on", sa.Date, nullable=False),
)
APPLICATIONS: Final = sa.Table(
    "selection_applications",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("round_id", pg.UUID, nullable=False),
    sa.Column("person_id", pg.UUID, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("missing", pg.ARRAY(sa.Text), nullable=False),
    sa.Column("direct", sa.Boolean, nullable=False),
    sa.Column("votes", sa.Integer),
    sa.Column("post", sa.Text),
    sa.Column("member_id", pg.UUID),
    sa.Index("selection_applications_round", "round_id"),
)
