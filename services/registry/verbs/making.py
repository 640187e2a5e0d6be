"""How the registry's verbs are made, and what each handler of them is given."""

import functools
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import msgspec

from services.chassis.calls import Call
from services.chassis.clock import local_today
from services.chassis.requests import Verb
from services.contracts.dependants import CustodyKind
from services.contracts.registry.units import UnitRef
from services.registry.read_models.areas import Areas
from services.registry.read_models.masking import masked
from services.registry.use_cases.circumstances import Circumstances
from services.unit_directory.custody import reach
from services.unit_directory.directory import units_of
from services.unit_directory.places import Covered

UNITS: Final = "units:read"
READ: Final = "registry:read"
WRITE: Final = "registry:write"
# What befell members on duty, and what is paid for it.
CARE: Final = "care:read"


def given(call: Call[Any]) -> Circumstances:
    """Return who sends the command, on which day, with which units in force."""
    return Circumstances(call.caller, units_of(call.runtime), local_today())


def callers_paths(call: Call[Any]) -> tuple[str, ...]:
    """Return the places that the caller's area covers."""
    return units_of(call.runtime).covers_any(call.caller.unit_roots)


def callers_reach(call: Call[Any], kind: CustodyKind) -> tuple[Covered, ...]:
    """Return the places that the caller covers or whose rows of a kind it keeps."""
    return reach(units_of(call.runtime), call.caller.unit_roots, kind)


def command(
    name: str, request: type[Any], handler: Callable[..., Any], scope: str = WRITE
) -> Verb[Any]:
    """Make a command of the bus."""
    return Verb(name=name, request=request, handler=handler, scope=scope, command=True)


def areas(
    call: Call[Any],
    ref: UnitRef,
    kind: CustodyKind | None = None,
    on: date | None = None,
) -> Areas:
    """Return the places of a unit asked for, on any day, and those of the caller.

    With a kind, also the divided units whose rows of it either of them keeps. Raises
    the refusals of units.
    """
    tree = units_of(call.runtime)
    unit = tree.resolve(ref, None if ref.id else on or local_today())
    if kind is None:
        return Areas(tree.covers(unit.id), callers_paths(call))
    return Areas(reach(tree, (unit.id,), kind), callers_reach(call, kind))


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
