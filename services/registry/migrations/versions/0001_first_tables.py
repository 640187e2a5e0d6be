"""The event log of the registry, and the keys and sealed names beside it."""

import sqlalchemy as sa
from alembic import op

from services.chassis.database import write_metadata
from services.registry.person_vault import declare_tables

revision = "0001"
down_revision = None


def _further(metadata: sa.MetaData) -> None:
    declare_tables(metadata)


def upgrade() -> None:
    write_metadata("registry", _further).create_all(op.get_bind())
