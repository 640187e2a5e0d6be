"""How every list of the registry is kept inside two areas: the asked and the caller's.

Used by the lists on care, training and ratings, each with its own table.
"""

from typing import Any, NamedTuple

import sqlalchemy as sa

from services.unit_directory.places import Covered
from services.unit_directory.predicate import lies_within_sql


class Areas(NamedTuple):
    """The places of the unit asked for, and those that the caller covers."""

    unit_paths: tuple[Covered, ...]
    callers_paths: tuple[Covered, ...]

    def hold(self, path: sa.Column[Any]) -> sa.ColumnElement[bool]:
        """Keep the rows that both areas cover."""
        return sa.and_(
            lies_within_sql(path, self.unit_paths),
            lies_within_sql(path, self.callers_paths),
        )
