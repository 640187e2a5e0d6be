"""The event log of campaigns, and the lives of models beside it."""

from alembic import op

from services.campaigns.use_cases.model_lives import WRITE_METADATA
from services.chassis.database import write_metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    write_metadata("campaigns").create_all(op.get_bind())
    WRITE_METADATA.create_all(op.get_bind())
