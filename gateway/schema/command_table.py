"""The table of commands: a row names verb, request and meaning, the rest is made of it.

A class of the Mutation lists its commands as rows; the field is the row's name, the
payload its annotation. The input is made of the contract (inputs.py), ids are opened
and enums become words again on the way to the service.
"""

import dataclasses
import enum
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple, TypeVar

import msgspec
import strawberry

from gateway.errors import IdInvalid, camel
from gateway.questions import Question
from gateway.schema.base import Info, Row, argument, output, parse_global_id
from gateway.schema.commands import carried_out
from gateway.schema.inputs import CONTRACT, description_of, input_of
from gateway.schema.references import PlannedUnitRef, UnitRef, unit_ref

T = TypeVar("T")

_KEY: Final = "idempotency_key"
# What an id of a request is an id of, wherever it stands.
IDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "application_id": "SelectionApplication",
        "area_id": "ResidentialArea",
        "area_ids": "ResidentialArea",
        "attended": "Member",
        "campaign_id": "Campaign",
        "chosen": "SelectionApplication",
        "claim_id": "SupportClaim",
        "committee_id": "SteeringCommittee",
        "course_id": "TrainingCourse",
        "credential_id": "Credential",
        "dependant_id": "Dependant",
        "dispute_id": "Dispute",
        "force_unit_id": "ForceUnit",
        "force_unit_ids": "ForceUnit",
        "from_force_unit_id": "ForceUnit",
        "grant_id": "AccessGrant",
        "keeper_id": "Unit",
        "member_id": "Member",
        "member_ids": "Member",
        "model_id": "Model",
        "other_id": "Person",
        "person_id": "Person",
        "point_id": "ModelPoint",
        "programme_id": "CoordinationProgramme",
        "quota_id": "QuotaDecision",
        "renews": "CoordinationProgramme",
        "reorganisation_id": "Reorganisation",
        "session_id": "Session",
        "successor_id": "Unit",
        "supersedes": "QuotaDecision",
        "unit_id": "Unit",
        "visit_id": "WelfareVisit",
    }
)


class _Command(NamedTuple):
    """A row of the table, before its class gives it a service."""

    verb: str
    request: type[msgspec.Struct]
    description: str
    taken: type[Any] | None
    body: Callable[[Row], Row]
    keeps: tuple[str, ...]


def command(
    verb: str,
    request: type[msgspec.Struct],
    description: str,
    *,
    taken: type[Any] | None = None,
    body: Callable[[Row], Row] = dict,
    keeps: tuple[str, ...] = (),
) -> Any:
    """Declare a command.

    ``taken`` is an input of another name or form than its request's, whose parts
    ``body`` puts as the request writes them. The payload sees the columns of the
    answer, and those of the request that it ``keeps``.
    """
    return _Command(verb, request, description, taken, body, keeps)


def commands(
    service: str, ids: Mapping[str, str] = MappingProxyType({})
) -> Callable[[type[T]], type[T]]:
    """Make a part of Mutation: each row a field. ``ids`` go before those of IDS."""

    def made(cls: type[T]) -> type[T]:
        for name, row in tuple(vars(cls).items()):
            if isinstance(row, _Command):
                setattr(cls, name, _field(service, name, row, {**IDS, **ids}))
        return output(cls)

    return made


def _field(service: str, name: str, row: _Command, ids: Mapping[str, str]) -> Any:
    question = Question(service, row.verb, row.request)
    mutation = "".join(part.capitalize() for part in name.split("_"))
    taken = row.taken or input_of(row.request, f"{mutation}Input")
    holders = _holders(taken) if row.taken else {}

    async def resolver(info: Info, input: Any) -> Any:  # noqa: A002
        given: Row = {}

        def body() -> Row:
            given.update(row.body(parts(input, ids)))
            return given

        payload = await carried_out(info, question, input, body)
        for error in payload["user_errors"]:
            error["field"] = _as_taken(error["field"], holders)
        if not payload["user_errors"]:
            payload |= {kept: given[kept] for kept in row.keeps}
        return payload

    about, _, _ = description_of(row.request).partition("\n")
    resolver.__name__ = resolver.__qualname__ = name
    resolver.__annotations__ = {
        "info": Info,
        "input": Annotated[taken, argument(about)],
        "return": Any,
    }
    return strawberry.field(
        resolver=resolver,
        description=row.description,
        metadata={"question": question, "ids": ids},
    )


def _holders(taken: type[Any]) -> Mapping[str, str]:
    """Say in which part of an input a field stands that the contract has at the top."""
    outer = {field.name for field in dataclasses.fields(taken)}
    return {
        camel(inner.name): camel(field.name)
        for field in dataclasses.fields(taken)
        if dataclasses.is_dataclass(field.type)
        for inner in dataclasses.fields(field.type)
        if inner.name not in outer
    }


def _as_taken(path: list[str] | None, holders: Mapping[str, str]) -> list[str] | None:
    """Lead a path of the contract through the part in which people gave the field."""
    if path is None or len(path) == 1 or path[1] not in holders:
        return path
    return [path[0], holders[path[1]], *path[1:]]


def parts(given: Any, ids: Mapping[str, str] = IDS, place: str = "") -> Row:
    """Return an input as its contract writes it. Raises IdInvalid."""
    row: Row = {}
    for field in dataclasses.fields(given):
        if field.name != _KEY:
            name = field.metadata.get(CONTRACT, field.name)
            value = getattr(given, field.name)
            row[name] = _part(value, ids.get(name), f"{place}{name}", ids)
    return row


def _part(value: Any, kind: str | None, place: str, ids: Mapping[str, str]) -> Any:
    if isinstance(value, UnitRef | PlannedUnitRef):
        return unit_ref(value, place)
    if isinstance(value, list):
        return [
            _part(one, kind, f"{place}[{number}]", ids)
            for number, one in enumerate(value)
        ]
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        told = parts(value, ids, f"{place}.")
        return {name: part for name, part in told.items() if part is not None}
    return value if value is None or kind is None else _opened(value, kind, place)


def _opened(value: str, expected: str, place: str) -> str:
    """Return the identity inside an id of one of the types, as "A or B"."""
    parsed = parse_global_id(value)
    if parsed is None or parsed[0] not in expected.split(" or "):
        raise IdInvalid(field=place, expected=expected)
    return str(parsed[1])
