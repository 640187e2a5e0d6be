"""The event log of reporting, and how far it has followed others."""

from alembic import op

from services.chassis.database import write_metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    write_metadata("reporting").create_all(op.get_bind())
