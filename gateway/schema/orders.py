"""Mutations that carry an input as it is to one command: ids opened, enums as words.

For areas whose commands are many and alike; `carried_out` does the rest.
"""

import dataclasses
import enum
from collections.abc import Mapping
from typing import Annotated, Any

from gateway.errors import IdInvalid
from gateway.questions import Question
from gateway.schema.base import Info, Row, argument, parse_global_id, resolved
from gateway.schema.commands import carried_out
from gateway.schema.references import UnitRef, unit_ref

_KEY = "idempotency_key"


def order(
    question: Question, taken: type[Any], ids: Mapping[str, str], description: str
) -> Any:
    """Declare a mutation: ``ids`` says which fields are ids, and of which type."""

    async def resolver(info: Info, input: Any) -> Any:  # noqa: A002
        return await carried_out(info, question, input, lambda: parts(input, ids))

    about = (taken.__doc__ or "").partition("\n")[0]
    resolver.__annotations__ = {
        "info": Info,
        "input": Annotated[taken, argument(about)],
        "return": Any,
    }
    return resolved(resolver, description)


def parts(given: Any, ids: Mapping[str, str]) -> Row:
    """Return an input as its contract writes it. Raises IdInvalid."""
    return {
        field.name: _part(getattr(given, field.name), field.name, ids)
        for field in dataclasses.fields(given)
        if field.name != _KEY
    }


def _part(value: Any, name: str, ids: Mapping[str, str]) -> Any:
    if isinstance(value, UnitRef):
        return unit_ref(value, name)
    if isinstance(value, list):
        return [_part(one, name, ids) for one in value]
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return {k: v for k, v in parts(value, ids).items() if v is not None}
    return (
        value if value is None or name not in ids else _opened(value, ids[name], name)
    )


def _opened(value: str, expected: str, name: str) -> str:
    """Return the identity inside an id of one of the types, as "A or B"."""
    parsed = parse_global_id(value)
    if parsed is None or parsed[0] not in expected.split(" or "):
        raise IdInvalid(field=name, expected=expected)
    return str(parsed[1])
