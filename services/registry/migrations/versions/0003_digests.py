"""One row of digests per person, and the certificates of erasure.

The digests of before are dropped: the next start makes them anew from the records.
"""

import sqlalchemy as sa
from alembic import op

from services.registry.person_vault import declare_certificates, declare_matches

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    metadata = sa.MetaData(schema="registry_write")
    op.drop_table("person_matches", schema="registry_write")
    for table in (declare_matches(metadata), declare_certificates(metadata)):
        table.create(op.get_bind())
