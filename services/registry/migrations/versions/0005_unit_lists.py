"""The signed files of monthly lists of units."""

import sqlalchemy as sa
from alembic import op

from services.registry.unit_list_store import declare_files

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    declare_files(sa.MetaData(schema="registry_write")).create(op.get_bind())
