"""The tables of `registry_read`; rebuilt at will, written with the facts themselves."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.access_directory.tables import GrantTables
from services.unit_directory.tables import UnitTables

READ = sa.MetaData(schema="registry_read")

UNITS = UnitTables(READ)
ACCESS = GrantTables(READ)

# Where a force lies is a question of the day: `force_homes.at_home`.
FORCE_UNITS = sa.Table(
    "force_unit_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("force_type", sa.Text, nullable=False),
    sa.Column("name", sa.Text),
    sa.Column("established_on", sa.Date, nullable=False),
    sa.Column("disbanded_on", sa.Date),
    sa.Column("ended_as", sa.Text),
)

MEMBERS = sa.Table(
    "member_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("force_unit_id", pg.UUID, nullable=False),
    sa.Column("person_id", pg.UUID, nullable=False),
    # The post of today, and the one at the beginning.
    sa.Column("post", sa.Text, nullable=False),
    sa.Column("first_post", sa.Text, nullable=False),
    sa.Column("enrolled_on", sa.Date, nullable=False),
    sa.Column("ceased_on", sa.Date),
    sa.Column("ground", sa.Text),
    sa.Column("from_member_id", pg.UUID),
    sa.Column("suspended_on", sa.Date),
    sa.Column("version", sa.Integer, nullable=False),
    # The decision that recognised the member.
    sa.Column("decision_number", sa.Text),
    sa.Column("decided_on", sa.Date),
    sa.Column("issuer", sa.Text),
    sa.Index("member_list_roster", "force_unit_id", "enrolled_on", "id"),
    sa.Index("member_list_person", "person_id"),
)
