"""The tables of yearly ratings: a row per round, and one per subject in it."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.registry.read_models.tables import READ

ROUNDS = sa.Table(
    "rating_round_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("unit_id", pg.UUID, nullable=False),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("year", sa.SmallInteger, nullable=False),
    sa.Column("first_day", sa.Date, nullable=False),
    sa.Column("last_day", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("decided_on", sa.Date),
    sa.Column("decision_number", sa.Text),
    sa.Column("corrected_on", sa.Date),
    sa.Index("rating_round_list_place", "unit_path"),
    sa.Index("rating_round_list_year", "year", "id"),
)

RESULTS = sa.Table(
    "rating_result_list",
    READ,
    sa.Column("round_id", pg.UUID, primary_key=True),
    sa.Column("subject_id", pg.UUID, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("self_level", sa.Text),
    sa.Column("proposed_level", sa.Text),
    sa.Column("level", sa.Text),
    sa.Column("not_rated", sa.Text),
    sa.Column("corrected", sa.Boolean, nullable=False, server_default=sa.false()),
)
