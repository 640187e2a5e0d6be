"""The sealed pages of uploaded rosters."""

import sqlalchemy as sa
from alembic import op

from services.registry.import_vault import declare_parts

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    declare_parts(sa.MetaData(schema="registry_write")).create(op.get_bind())
