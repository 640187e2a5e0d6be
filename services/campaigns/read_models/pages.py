"""How a list is paged and masked: keyset cursors, only the columns that are asked for.

Every read model's query goes through here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from services.chassis.lists import cursor_of, key_of, require_known

Column = sa.ColumnElement[Any] | sa.Column[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A read model as a list: what its rows show, and in which order they come.

    ``order`` has the columns of the cursor, unique together; all go one way.
    """

    shown: Mapping[str, Column]
    order: tuple[sa.Column[Any], ...]
    descending: bool = False

    def page(
        self,
        connection: sa.Connection,
        conditions: Sequence[sa.ColumnElement[bool]],
        *,
        first: int,
        after: str | None,
        fields: tuple[str, ...] | None,
    ) -> bytes:
        """Answer ``{"rows": [...], "has_next": ...}``; each row has its cursor.

        Raises CursorInvalid, FieldUnknown.
        """
        names = self._names(fields)
        query = sa.select(*(self.shown[name] for name in names), *self.order)
        query = query.where(*conditions).limit(first + 1)
        direction = sa.desc if self.descending else sa.asc
        query = query.order_by(*(direction(column) for column in self.order))
        if after is not None:
            place = sa.tuple_(*self.order)
            values = sa.tuple_(*self._values(after))
            query = query.where(place < values if self.descending else place > values)
        found = connection.execute(query).all()
        rows = [self._row(names, row) for row in found[:first]]
        return msgspec.json.encode({"rows": rows, "has_next": len(found) > first})

    def many(
        self,
        connection: sa.Connection,
        conditions: Sequence[sa.ColumnElement[bool]],
        fields: tuple[str, ...] | None,
    ) -> bytes:
        """Answer ``{"rows": [...]}`` in the order of the list. Raises FieldUnknown."""
        names = self._names(fields)
        query = sa.select(*(self.shown[name] for name in names), *self.order)
        found = connection.execute(query.where(*conditions).order_by(*self.order))
        return msgspec.json.encode({"rows": [self._row(names, row) for row in found]})

    def _names(self, fields: tuple[str, ...] | None) -> tuple[str, ...]:
        if fields is None:
            return tuple(self.shown)
        wanted = tuple(name for name in dict.fromkeys(fields) if name != "cursor")
        require_known(wanted, self.shown)
        return wanted

    def _row(self, names: tuple[str, ...], row: Sequence[Any]) -> dict[str, Any]:
        shown = dict(zip(names, row, strict=False))
        shown["cursor"] = cursor_of(*row[len(names) :])
        return shown

    def _values(self, cursor: str) -> list[sa.ColumnElement[Any]]:
        kinds = tuple(column.type.python_type for column in self.order)
        shape: Any = tuple.__class_getitem__(kinds)
        key: tuple[Any, ...] = key_of(cursor, shape)
        return [
            sa.bindparam(None, value, type_=column.type)
            for column, value in zip(self.order, key, strict=True)
        ]
