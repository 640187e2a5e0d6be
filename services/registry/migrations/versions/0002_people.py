"""The keyed digests by which the same person is found again."""

import sqlalchemy as sa
from alembic import op

from services.registry.person_vault import declare_matches

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    table = declare_matches(sa.MetaData(schema="registry_write"))
    table.create(op.get_bind())
