"""How a list is paged and masked: keyset cursors, only the columns that are asked for.

Every read model's query goes through here.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

from services.chassis.errors import Invalid

Column = sa.ColumnElement[Any] | sa.Column[Any]


class CursorInvalid(Invalid):
    """The cursor was not given out by this list."""

    code = "campaigns.cursor_invalid"
    message_vi = "Con trỏ trang không hợp lệ."
    message_en = "The cursor was not given out by this list."


class FieldUnknown(Invalid):
    """The mask asks for a column that the rows do not have."""

    code = "campaigns.field_unknown"
    message_vi = "Danh sách cột yêu cầu có cột không tồn tại."
    message_en = "The field mask names a column that the rows do not have."


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
        if not set(wanted) <= self.shown.keys():
            raise FieldUnknown(field="X-Fields")
        return wanted

    def _row(self, names: tuple[str, ...], row: Sequence[Any]) -> dict[str, Any]:
        shown = dict(zip(names, row, strict=False))
        shown["cursor"] = cursor_of(row[len(names) :])
        return shown

    def _values(self, cursor: str) -> list[sa.ColumnElement[Any]]:
        try:
            raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            values = msgspec.json.decode(raw, type=list[str])
            return [
                sa.bindparam(None, _typed(column, value), type_=column.type)
                for column, value in zip(self.order, values, strict=True)
            ]
        except (ValueError, binascii.Error) as error:
            raise CursorInvalid(field="$.after") from error


def cursor_of(values: Sequence[Any]) -> str:
    """Return the cursor of a row from its order columns."""
    plain = msgspec.json.encode([str(value) for value in values])
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def _typed(column: sa.Column[Any], value: str) -> Any:
    kind = column.type.python_type
    if kind is date:
        return date.fromisoformat(value)
    return UUID(value) if kind is UUID else value
