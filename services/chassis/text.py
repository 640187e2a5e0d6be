"""Text from outside: what is let in, in which form, and how it is compared."""

import re
import unicodedata
from typing import Any, TypeVar

import msgspec

from services.chassis.errors import Invalid

T = TypeVar("T")

# C0 and C1 controls but tab and line ends, bidirectional controls, zero-width signs and
# the byte-order mark: they hide or reorder what a reader sees, or PostgreSQL refuses
# them. Lone surrogates cannot be written as UTF-8.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ud800-\udfff]"
)
_MARKS = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans("đĐÐð", "ddDd")


class ForbiddenCharacter(Invalid):
    """A text carries a character that hides, reorders or breaks what follows it."""

    code = "text.forbidden_character"
    message_vi = "Văn bản chứa ký tự không được phép."
    message_en = "The text contains a character that is not allowed."


def clean(text: str, field: str) -> str:
    """Return the text as NFC without outer spaces.

    Raises ForbiddenCharacter for control, bidirectional, zero-width signs and lone
    surrogates.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    if _FORBIDDEN.search(text):
        raise ForbiddenCharacter(field=field)
    return unicodedata.normalize("NFC", text).strip()


def normalise(value: T, field: str = "$") -> T:
    """Return the decoded body with every text in it cleaned; the shape stays.

    Raises ForbiddenCharacter with the path of the text, for example ``$.unit.code``.
    """
    return _normalised(value, field)  # type: ignore[no-any-return]


def _normalised(value: Any, field: str) -> Any:
    if isinstance(value, str):
        return clean(value, field)
    if isinstance(value, msgspec.Struct):
        changes = {
            name: new
            for name in value.__struct_fields__
            if (new := _normalised(old := getattr(value, name), f"{field}.{name}"))
            is not old
        }
        return msgspec.structs.replace(value, **changes) if changes else value
    if isinstance(value, list | tuple):
        items = [_normalised(v, f"{field}[{i}]") for i, v in enumerate(value)]
        return type(value)(items)
    if isinstance(value, dict):
        return {
            _normalised(key, field): _normalised(item, f"{field}.{key}")
            for key, item in value.items()
        }
    return value


def fold(text: str) -> str:
    """Key for comparison: no marks, no case, đ as d, one space between words.

    Both places of the tone mark (Hòa, Hoà) and both apostrophes give the same key. Used
    to match, never to show.
    """
    plain = unicodedata.normalize(
        "NFKD", text.translate(_LETTERS_WITHOUT_DECOMPOSITION)
    )
    return _NOT_WORD.sub(" ", _MARKS.sub("", plain).casefold()).strip()
