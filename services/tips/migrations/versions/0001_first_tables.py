"""The event log of tips, and the mutable tables beside it: keys, codes, register."""

import sqlalchemy as sa
from alembic import op

from services.chassis.database import write_metadata
from services.tips.tip_vault import declare_tables

revision = "0001"
down_revision = None


def _further(metadata: sa.MetaData) -> None:
    declare_tables(metadata)


def upgrade() -> None:
    write_metadata("tips", _further).create_all(op.get_bind())
