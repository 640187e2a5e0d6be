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
    return normalise(text, field)


def normalise(value: T, field: str = "$") -> T:
    """Return the decoded body with every text in it cleaned; the shape stays.

    Raises ForbiddenCharacter with the path of the text, for example ``$.unit.code``.
    """
    try:
        return _normalised(value)  # type: ignore[no-any-return]
    except _At as found:
        raise ForbiddenCharacter(field=field + found.path) from None


class _At(Exception):
    """Where a forbidden character stands; the path is built on the way out."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__()


def _normalised(value: Any) -> Any:
    if isinstance(value, str):
        return _cleaned(value)
    if isinstance(value, msgspec.Struct):
        return _normalised_struct(value)
    if isinstance(value, list | tuple):
        return type(value)(
            _inside(f"[{index}]", item) for index, item in enumerate(value)
        )
    if isinstance(value, dict):
        return {
            _normalised(key): _inside(f".{key}", item) for key, item in value.items()
        }
    return value


def _normalised_struct(value: msgspec.Struct) -> msgspec.Struct:
    changes = {}
    for name in value.__struct_fields__:
        old = getattr(value, name)
        if isinstance(old, str | msgspec.Struct | list | tuple | dict):
            try:
                new = _normalised(old)
            except _At as found:
                raise _At(f".{name}{found.path}") from None
            if new is not old and new != old:
                changes[name] = new
    return msgspec.structs.replace(value, **changes) if changes else value


def _inside(step: str, value: Any) -> Any:
    try:
        return _normalised(value)
    except _At as found:
        raise _At(step + found.path) from None


def _cleaned(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.strip()
    if _FORBIDDEN.search(text):
        raise _At("")
    return unicodedata.normalize("NFC", text).strip()


def fold(text: str) -> str:
    """Key for comparison: no marks, no case, đ as d, one space between words.

    Both places of the tone mark (Hòa, Hoà) and both apostrophes give the same key. Used
    to match, never to show.
    """
    plain = unicodedata.normalize(
        "NFKD", text.translate(_LETTERS_WITHOUT_DECOMPOSITION)
    )
    return _NOT_WORD.sub(" ", _MARKS.sub("", plain).casefold()).strip()
