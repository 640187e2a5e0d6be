"""A unit's area as one SQL condition, the same rule as `UnitTree.within`."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from services.unit_directory.places import Covered, Own


def lies_within_sql(
    column: sa.ColumnElement[str] | sa.Column[str], prefixes: Iterable[Covered]
) -> sa.ColumnElement[bool]:
    """Keep the rows whose stored path is a covered one or below one.

    Labels hold digits, letters and "-" only, so no prefix needs escaping in LIKE.
    """
    conditions: list[sa.ColumnElement[Any]] = []
    for prefix in prefixes:
        if isinstance(prefix, Own):
            conditions.append(column == prefix.path)
            continue
        conditions.append(column == prefix)
        conditions.append(column.like(f"{prefix}.%"))
    return sa.or_(sa.false(), *conditions)
