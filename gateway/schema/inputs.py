"""Inputs of commands, made of the contracts' requests, so that each is told once.

command_table.py asks for the input of each command. Name, order, nullability, default
and description of a field are the contract's; a UUID is an opaque id here, and a closed
list of words is the enum with the same words.
"""

import inspect
import re
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin
from uuid import UUID

import msgspec
import strawberry

from gateway.errors import camel, shown_name
from gateway.schema.commands import key_field
from gateway.schema.decisions import DecisionInput
from gateway.schema.references import PlannedUnitRef, UnitRef
from gateway.schema.reporting import PeriodInput
from gateway.schema.scalars import Count
from gateway.schema.vocabulary import shown_words
from services.contracts.registry import (
    members,
    papers,
    quotas,
    reorganisations,
    residential_areas,
    selection,
)
from services.contracts.registry import units as registry_units
from services.contracts.reporting.api import PeriodSpec

Shape = type[msgspec.Struct]
# Where a field of an input keeps the name that its contract gives it.
CONTRACT: Final = "contract"

# Written by hand: exactly one of several ways, or used apart from the table.
_BY_HAND: Final[dict[Shape, type[Any]]] = {
    registry_units.UnitRef: UnitRef,
    reorganisations.PlannedUnit: PlannedUnitRef,
    papers.DecisionPaper: DecisionInput,
    PeriodSpec: PeriodInput,
}
# Parts of requests are called after their contract, but for these.
_NAMES: Final[dict[Shape, str]] = {
    members.NewMember: "NewMember",
    papers.ConditionPapers: "ConditionsInput",
    papers.BackgroundPaper: "BackgroundInput",
    papers.EvidencePapers: "EvidenceInput",
    selection.DossierPapers: "DossierInput",
    selection.VotePaper: "VoteInput",
    selection.TiePaper: "TieInput",
    selection.PostPaper: "SubmittedPostInput",
    quotas.NewQuotaLine: "QuotaLineInput",
    reorganisations.NewPlannedUnit: "NewUnitInput",
    reorganisations.PlannedOperation: "OperationInput",
    residential_areas.HeirOfArea: "AreaHeirInput",
}
# Whole numbers count something, but for these; the last three were published so.
_NO_COUNTS: Final = frozenset(
    {"version", "expected_version", "number", "year"}
    | {"attendance", "places", "holders"}
)
# Published before the contracts were their source, and kept so.
_DEMANDED: Final = frozenset({"PersonFacts.full_name"})
_MAY_BE_NULL: Final = frozenset({"DraftReport.recipients"})
_PLAIN: Final = frozenset({str, bool, float, date, datetime})
_LEFT_OUT: Final[dict[str, Any]] = {"default": None}
_QUOTED: Final = re.compile(r"`+(\w+)`+")


def input_of(shape: Shape, name: str, about: str | None = None) -> type[Any]:
    """Make the input of a command, with its key. Raises TypeError, LookupError.

    ``about`` describes what several commands take; else the contract does.
    """
    key = {"idempotency_key": key_field()}
    return _made(shape, name, key, about or description_of(shape))


def description_of(shape: Shape) -> str:
    """Return what the contract says of a request, in the words of the schema.

    A quoted field is written as the schema names it; what else is quoted is a word of
    a closed list.
    """
    fields = shape.__struct_fields__

    def written(found: re.Match[str]) -> str:
        name = found[1]
        return f"`{camel(shown_name(name)) if name in fields else name.upper()}`"

    return _QUOTED.sub(written, inspect.cleandoc(shape.__doc__ or ""))


@cache
def _part(shape: Shape) -> type[Any]:
    by_hand = _BY_HAND.get(shape)
    name = _NAMES.get(shape, f"{shape.__name__}Input")
    return by_hand or _made(shape, name, {}, description_of(shape))


def _made(shape: Shape, name: str, more: dict[str, Any], about: str) -> type[Any]:
    kinds: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for field in msgspec.structs.fields(shape):
        place = f"{shape.__name__}.{field.name}"
        shown = shown_name(field.name)
        default = _default(field, place)
        kind = _kind(field.type, field.name, place)
        kinds[shown] = kind | None if default == _LEFT_OUT else kind
        fields[shown] = strawberry.field(
            description=_description(field.type, place),
            metadata={CONTRACT: field.name},
            **default,
        )
    for own, field in more.items():
        kinds[own], fields[own] = str | None, field
    space = {"__annotations__": kinds, "__doc__": about} | fields
    made = type(name, (), space | {"__module__": __name__})
    return strawberry.input(made, description=about)


def _kind(given: Any, name: str, place: str) -> Any:  # noqa: PLR0911 - one per kind
    bare, origin = _bare(given), get_origin(_bare(given))
    if origin in {Union, UnionType}:
        (one,) = (part for part in get_args(bare) if part is not NoneType)
        kind = _kind(one, name, place)
        return kind if place in _DEMANDED else kind | None
    if origin in {list, tuple}:
        return list[_kind(get_args(bare)[0], name, place)]  # type: ignore[misc]
    if origin is Literal:
        return shown_words(get_args(bare), place)
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        return _part(bare)
    if bare is UUID:
        return strawberry.ID
    if bare is int:
        return int if name in _NO_COUNTS else Count
    if bare in _PLAIN:
        return bare
    raise TypeError(f"{place}: the schema has no type for {bare}")


def _bare(given: Any) -> Any:
    return get_args(given)[0] if get_origin(given) is Annotated else given


def _description(given: Any, place: str) -> str:
    told = [
        note.description
        for note in getattr(given, "__metadata__", ())
        if isinstance(note, msgspec.Meta) and note.description
    ]
    if not told:
        raise TypeError(f"{place} is not described: Annotated[..., about(...)]")
    return str(told[-1])


def _default(field: msgspec.structs.FieldInfo, place: str) -> dict[str, Any]:
    """Return the default that the schema shows; texts are left to the contract's."""
    given, made = field.default, field.default_factory
    if field.required or place in _DEMANDED:
        return {}
    if given is None or isinstance(given, str) or place in _MAY_BE_NULL:
        words = _bare(field.type)
        if given is not None and get_origin(words) is Literal:
            return {"default": shown_words(get_args(words), place)(given)}
        return _LEFT_OUT
    if isinstance(given, msgspec.Struct) and given == type(given)():
        return {"default_factory": _part(type(given))}
    is_list = made is list or given == ()
    return {"default_factory": list} if is_list else {"default": given}
