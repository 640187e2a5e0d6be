"""How a list tells its place and its columns: keyset cursors and field masks.

Every read model that pages goes through here.
"""

import base64
import binascii
from collections.abc import Collection
from typing import Any, TypeVar

import msgspec

from services.chassis.errors import Invalid
from services.chassis.text import ForbiddenCharacter, normalise

T = TypeVar("T")


class CursorInvalid(Invalid):
    """The cursor was not given out by this list."""

    code = "lists.cursor_invalid"
    message_vi = "Con trỏ trang không hợp lệ."
    message_en = "The cursor was not given out by this list."


class FieldUnknown(Invalid):
    """The mask asks for a column that the rows do not have."""

    code = "lists.field_unknown"
    message_vi = "Danh sách cột yêu cầu có cột không tồn tại."
    message_en = "The field mask names a column that the rows do not have."


def cursor_of(*key: object) -> str:
    """Pack the sort key of a row, so that nobody builds one by hand."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).rstrip(b"=").decode()


def key_of(cursor: str, shape: type[T], field: str = "$.after") -> T:
    """Unpack a cursor. Raises CursorInvalid."""
    try:
        raw = base64.b64decode(
            cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True
        )
        unpacked: Any = msgspec.json.decode(raw, type=shape)
        return normalise(unpacked)  # type: ignore[no-any-return]
    except (binascii.Error, ValueError, ForbiddenCharacter) as error:
        raise CursorInvalid(field=field) from error


def require_known(fields: Collection[str], known: Collection[str]) -> None:
    """Let a mask pass that names columns of the rows. Raises FieldUnknown."""
    if not set(fields) <= set(known):
        raise FieldUnknown(field="X-Fields")
