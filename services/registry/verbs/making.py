"""How the registry's verbs are made, and what each handler of them is given."""

import functools
from collections.abc import Callable
from typing import Any, Final

import msgspec

from services.chassis.calls import Call
from services.chassis.clock import local_today
from services.chassis.requests import Verb
from services.contracts.registry.units import UnitRef
from services.registry.read_models.areas import Areas
from services.registry.read_models.masking import masked
from services.registry.use_cases.circumstances import Circumstances
from services.unit_directory.directory import units_of

UNITS: Final = "units:read"
READ: Final = "registry:read"
WRITE: Final = "registry:write"


def given(call: Call[Any]) -> Circumstances:
    """Return who sends the command, on which day, with which units in force."""
    return Circumstances(call.caller, units_of(call.runtime), local_today())


def callers_paths(call: Call[Any]) -> tuple[str, ...]:
    """Return the places that the caller's area covers."""
    return units_of(call.runtime).covers_any(call.caller.unit_roots)


def command(
    name: str, request: type[Any], handler: Callable[..., Any], scope: str = WRITE
) -> Verb[Any]:
    """Make a command of the bus."""
    return Verb(name=name, request=request, handler=handler, scope=scope, command=True)


def areas(call: Call[Any], ref: UnitRef) -> Areas:
    """Return the places of a unit asked for, on any day, and those of the caller.

    Raises the refusals of units.
    """
    tree = units_of(call.runtime)
    unit = tree.resolve(ref, None if ref.id else local_today())
    return Areas(tree.covers(unit.id), callers_paths(call))


def query(
    name: str,
    request: type[Any],
    handler: Callable[..., Any],
    scope: str | None = READ,
) -> Verb[Any]:
    """Make a query of the bus, whose rows are cut to the columns asked for."""

    @functools.wraps(handler)
    async def cut(call: Call[Any]) -> msgspec.Struct | bytes:
        return masked(await handler(call), call.fields)

    return Verb(name=name, request=request, handler=cut, scope=scope)
