"""Where the read models live; the whole schema can be dropped and built again."""

from typing import Final

import sqlalchemy as sa

from services.access_directory.tables import GrantTables
from services.unit_directory.tables import UnitTables

READ_METADATA: Final = sa.MetaData(schema="campaigns_read")
UNITS: Final = UnitTables(READ_METADATA)
ACCESS: Final = GrantTables(READ_METADATA)


def path_column() -> sa.Column[str]:
    """Return the column of a unit's path; "C" so that a prefix can use the index."""
    return sa.Column("unit_path", sa.Text(collation="C"), nullable=False)
