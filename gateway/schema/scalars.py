"""Scalars of the schema: days, moments and counts, each in one form only.

Rows bring days and moments as ISO text already, which passes as it is.
"""

import re
from datetime import date, datetime
from typing import Any, Final, NewType

import strawberry
from graphql import GraphQLError

Count = NewType("Count", int)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LARGEST_EXACT = 2**53 - 1


def _parse_day(value: Any) -> str:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise GraphQLError("A Date is written as YYYY-MM-DD and exists in the calendar.")


def _parse_moment(value: Any) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except (ValueError, TypeError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise GraphQLError("A DateTime is written as in RFC 3339, with its zone.")
    return moment.isoformat()


def _parse_count(value: Any) -> int:
    if (
        isinstance(value, int)
        and not isinstance(value, bool)
        and 0 <= value <= _LARGEST_EXACT
    ):
        return value
    raise GraphQLError("A Count is a whole number from 0 to 9007199254740991.")


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else str(value.isoformat())


SCALARS: Final[dict[object, Any]] = {
    date: strawberry.scalar(
        name="Date",
        description="A day in Vietnam (ngày), written YYYY-MM-DD.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
        serialize=_shown,
        parse_value=_parse_day,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment (thời điểm) with its zone, as in RFC 3339.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
        serialize=_shown,
        parse_value=_parse_moment,
    ),
    Count: strawberry.scalar(
        name="Count",
        description="A number of things (số lượng): a whole number from 0 to 2^53-1.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc8259#section-6",
        serialize=_parse_count,
        parse_value=_parse_count,
    ),
}
