"""The keyed digests by which the same person is found again, as they first were."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "person_matches",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        schema="registry_write",
    )
