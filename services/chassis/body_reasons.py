"""Why could a body not be decoded? Said in both languages, without a value of it.

msgspec says it in English; the edges of a service ask.
"""

import ast
import re
from dataclasses import dataclass
from typing import Final

from services.contracts.described import example_of

_QUOTED: Final = re.compile(r"'[^']*'")
# The name of an unknown field is the caller's text as much as a value is.
_UNKNOWN_FIELD: Final = re.compile(r"(unknown field) `.*`", re.DOTALL)

# The expression itself tells people nothing; the contract has an example of it.
_FORM: Final = re.compile(r"Expected `str` matching regex (.+)$", re.DOTALL)

_IN_VIETNAMESE: Final = tuple(
    (re.compile(english), vietnamese)
    for english, vietnamese in (
        (r"Expected `(?:int|float)` >=? (\S+)$", r"số phải từ \1 trở lên"),
        (r"Expected `(?:int|float)` <=? (\S+)$", r"số không được quá \1"),
        (r"Expected `str` of length >= (\d+)$", r"cần ít nhất \1 ký tự"),
        (r"Expected `str` of length <= (\d+)$", r"không được quá \1 ký tự"),
        (r"Expected `array` of length >= (\d+)$", r"cần ít nhất \1 phần tử"),
        (r"Expected `array` of length <= (\d+)$", r"không được quá \1 phần tử"),
        (r"Expected `([^`]+)`, got `([^`]+)`$", r"cần kiểu `\1`, nhận được `\2`"),
        (r"Object missing required field `(\w+)`$", r"thiếu trường `\1`"),
        (r"Object contains unknown field$", "có trường không được nhận"),
        (r"Invalid UUID$", "không phải là UUID"),
        (r"Invalid RFC3339 encoded date$", "không phải là ngày dạng YYYY-MM-DD"),
        (r"Invalid RFC3339 encoded datetime$", "không phải là thời điểm RFC 3339"),
        (r"Invalid enum value …$", "giá trị không có trong danh mục"),
        (r"Integer value out of range$", "số nguyên quá lớn"),
        (r"JSON is malformed.*", "không phải là JSON hợp lệ"),
        (r"Input data was truncated$", "JSON bị cắt ngang"),
        (r"Not UTF-8$", "không phải là UTF-8"),
        (r"Nested too deeply$", "lồng nhau quá nhiều tầng"),
    )
)
_OTHERWISE: Final = "sai kiểu hoặc ngoài giới hạn"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in both languages; a message takes ``{reason:vi}`` or the English."""

    english: str
    vietnamese: str

    def __str__(self) -> str:
        return self.english

    def __format__(self, language: str) -> str:
        return self.vietnamese if language == "vi" else self.english


def reason_of(error: Exception, text: str) -> Reason:
    """Return why a body was not decoded; ``text`` is what the error says."""
    if isinstance(error, UnicodeDecodeError):
        english = "Not UTF-8"
    elif isinstance(error, RecursionError):
        english = "Nested too deeply"
    elif formed := _FORM.match(text):
        return _of_another_form(example_of(ast.literal_eval(formed[1])))
    else:
        english = _UNKNOWN_FIELD.sub(r"\1", _QUOTED.sub("…", text))
    for pattern, vietnamese in _IN_VIETNAMESE:
        found = pattern.match(english)
        if found:
            return Reason(english, found.expand(vietnamese))
    return Reason(english, _OTHERWISE)


def _of_another_form(example: str | None) -> Reason:
    if example is None:
        return Reason("The text has another form", "không đúng dạng quy định")
    return Reason(
        f"Expected a text of the form {example}", f"không đúng dạng, ví dụ {example}"
    )
