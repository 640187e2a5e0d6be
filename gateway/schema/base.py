"""What all types of the schema share: ids, rows of plain columns, the Node interface.

A row is the dict that a service answered; a field without a resolver is the column of
its Python name.
"""

import base64
import binascii
import enum
import inspect
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

import strawberry

from gateway.context import RequestContext
from gateway.errors import IdInvalid

T = TypeVar("T")
E = TypeVar("E", bound=enum.EnumMeta)
Row = dict[str, Any]
Info = strawberry.Info[RequestContext, None]
Root = strawberry.Parent[Any]

TYPENAME = "__typename"
_NEEDS = "needs"


def output(cls: type[T]) -> type[T]:
    """Make a type of the schema; its docstring is its description."""
    return strawberry.type(cls, description=inspect.cleandoc(cls.__doc__ or ""))


def taken(cls: type[T]) -> type[T]:
    """Make an input of the schema; its docstring is its description."""
    return strawberry.input(cls, description=inspect.cleandoc(cls.__doc__ or ""))


def choice(cls: E) -> E:
    """Make an enum of the schema; its docstring is its description."""
    return strawberry.enum(cls, description=inspect.cleandoc(cls.__doc__ or ""))


def column(description: str) -> Any:
    """Declare a field that is a column of the row."""
    return strawberry.field(description=description)


def resolved(
    resolver: Callable[..., Any], description: str, needs: Iterable[str] = ()
) -> Any:
    """Declare a field that is worked out from the columns that it needs."""
    return strawberry.field(
        resolver=resolver, description=description, metadata={_NEEDS: tuple(needs)}
    )


def followed(resolver: Callable[..., Any], description: str) -> Any:
    """Declare a field of the subscription."""
    return strawberry.subscription(resolver=resolver, description=description)


def needed_columns(field: Any) -> tuple[str, ...]:
    """Columns of the row that a field of the schema reads."""
    if field.base_resolver is None:
        return (str(field.python_name),)
    return tuple(field.metadata.get(_NEEDS, ()))


def argument(description: str) -> Any:
    """Describe an argument."""
    return strawberry.argument(description=description)


def global_id(typename: str, identity: object) -> str:
    """Opaque id of an object; callers give it back and never look inside."""
    return (
        base64.urlsafe_b64encode(f"{typename}:{identity}".encode())
        .rstrip(b"=")
        .decode()
    )


def parse_global_id(value: str) -> tuple[str, UUID] | None:
    """Type and identity inside an id, or None when it is none of ours."""
    try:
        padded = value.encode("ascii") + b"=" * (-len(value) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
        typename, _, identity = text.partition(":")
        return typename, UUID(identity)
    except (ValueError, binascii.Error):
        return None


def identity(value: str, expected: str, field: str) -> str:
    """Return the identity inside an id of the expected type. Raises IdInvalid."""
    parsed = parse_global_id(value)
    if parsed is None or parsed[0] != expected:
        raise IdInvalid(field=field, expected=expected)
    return str(parsed[1])


def optional_identity(value: str | None, expected: str, field: str) -> str | None:
    """Return the identity inside an id, or None without one. Raises IdInvalid."""
    return None if value is None else identity(value, expected, field)


def typed(typename: str, row: Row | None) -> Row | None:
    """Row that says which type it is, for fields that may answer several."""
    return None if row is None else row | {TYPENAME: typename}


@strawberry.interface(
    description="An object that can be asked for again by its id (đối tượng)."
)
class Node:
    """An object that can be asked for again by its id."""

    id: strawberry.ID = column("Opaque id, the same for ever (mã định danh).")

    @classmethod
    def resolve_type(cls, row: Row, *_: Any) -> str:
        """Name of the row's type, as the question that brought it wrote it in."""
        return str(row[TYPENAME])


First = Annotated[int, argument("How many rows, 1 to 100.")]
After = Annotated[str | None, argument("endCursor of the page before.")]
OnDay = Annotated[date | None, argument("A day; without one today (ngày hỏi).")]
OnDayOrEver = Annotated[
    date | None,
    argument("Keep those of a day; without one all there ever were (ngày hỏi)."),
]
KnownAt = Annotated[
    datetime | None,
    argument("As known at a moment; without one as known now (thời điểm biết)."),
]
FromDay = Annotated[date | None, argument("First day that counts.")]
ToDay = Annotated[date | None, argument("Last day that counts.")]
InUnit = Annotated[
    strawberry.ID | None,
    argument("Unit whose whole subtree is meant (đơn vị và cấp dưới)."),
]
