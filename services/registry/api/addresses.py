"""Questions whose words stand in an address: a unit is two parameters, id and code.

making.py makes the address form of a request and of its handler by it, so that a
question is told once, in its contract.
"""

import dataclasses
import functools
from collections.abc import Awaitable, Callable, Iterator
from types import NoneType
from typing import Annotated, Any, Final, get_args, get_origin
from uuid import UUID

import msgspec

from services.chassis.calls import Call
from services.contracts.described import about
from services.contracts.registry.api import Request
from services.contracts.registry.units import UnitCode, UnitRef

Handler = Callable[[Call[Any]], Awaitable[Any]]
Shape = type[msgspec.Struct]

_ID: Final = Annotated[UUID | None, about("A unit, by its id; or give its code.")]
_CODE: Final = Annotated[
    UnitCode | None, about("A unit, by the code that it bore on the day.")
]


def in_address(request: Shape, handler: Handler) -> tuple[Shape, Handler]:
    """Return a request as an address can say it, and what answers that."""
    units = dict(_units_of(request))
    if not units:
        return request, handler
    shape = msgspec.defstruct(
        f"{request.__name__}Query",
        [*_parameters(request, units)],
        bases=(Request,),
        namespace={"__doc__": request.__doc__},
        module=__name__,
        frozen=True,
        kw_only=True,
    )

    @functools.wraps(handler)
    async def asked(call: Call[Any]) -> Any:
        return await handler(dataclasses.replace(call, body=_body(call.body)))

    def _body(given: msgspec.Struct) -> msgspec.Struct:
        words = msgspec.structs.asdict(given)
        for name, optional in units.items():
            ref = UnitRef(words.pop(f"{name}_id"), words.pop(f"{name}_code"))
            words[name] = None if optional and ref == UnitRef() else ref
        return request(**words)

    return shape, asked


def _units_of(request: Shape) -> Iterator[tuple[str, bool]]:
    """Yield the fields that name a unit, and whether they may be left out."""
    for field in msgspec.structs.fields(request):
        kinds = {*get_args(_bare(field.type)), _bare(field.type)}
        if UnitRef in kinds:
            yield field.name, NoneType in kinds


def _parameters(request: Shape, units: dict[str, bool]) -> Iterator[tuple[Any, ...]]:
    for field in msgspec.structs.fields(request):
        if field.name in units:
            yield f"{field.name}_id", _ID, None
            yield f"{field.name}_code", _CODE, None
        elif field.required:
            yield field.name, field.type
        elif field.default_factory is not msgspec.NODEFAULT:
            made = msgspec.field(default_factory=field.default_factory)
            yield field.name, field.type, made
        else:
            yield field.name, field.type, field.default


def _bare(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind
