"""Cursors of lists: the sort key of a row, packed so that nobody builds one by hand."""

import base64
import binascii
from typing import Any, TypeVar

import msgspec

from services.chassis.errors import Invalid

T = TypeVar("T")


class CursorInvalid(Invalid):
    """The cursor does not come from this list."""

    code = "registry.cursor_invalid"
    message_vi = "Con trỏ phân trang không hợp lệ."
    message_en = "The cursor is not valid for this list."


def cursor_of(*key: object) -> str:
    """Pack a sort key."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).rstrip(b"=").decode()


def key_of(cursor: str | None, shape: type[T]) -> T | None:
    """Unpack a cursor. Raises CursorInvalid."""
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(
            cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True
        )
        unpacked: Any = msgspec.json.decode(raw, type=shape)
    except (binascii.Error, msgspec.DecodeError, ValueError) as error:
        raise CursorInvalid(field="$.after") from error
    return unpacked  # type: ignore[no-any-return]
