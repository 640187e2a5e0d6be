"""Commands of the schema are made of the contracts, and go back as they ask."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

import msgspec
import pytest
import strawberry
from strawberry.schema.config import StrawberryConfig

from gateway.errors import IdInvalid
from gateway.questions import Question
from gateway.schema.base import global_id
from gateway.schema.build import strawberry_schema
from gateway.schema.command_table import IDS, command, commands, parts
from gateway.schema.enums import Post
from gateway.schema.inputs import CONTRACT, input_of
from gateway.schema.payloads import payload
from gateway.schema.references import PlannedUnitRef, UnitRef
from gateway.schema.scalars import SCALARS
from services.contracts.described import about
from services.contracts.registry import units


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an order."""

    unit: Annotated[units.UnitRef, about("Which unit.")]
    member_ids: Annotated[list[UUID], about("Who.")] = []


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Order something; `ordered_on` is the day, `leader` a post."""

    force_unit_id: Annotated[UUID, about("Which force.")]
    ordered_on: Annotated[date | None, about("When.")] = None
    post: Annotated[Literal["leader", "deputy", "member"], about("Post.")] = "member"
    people: Annotated[int, msgspec.Meta(ge=0), about("How many.")] = 1
    year: Annotated[int, about("Which year.")]
    reason_code: Annotated[str, about("Why.")] = ""
    lines: Annotated[tuple[Line, ...], about("The lines.")] = ()


@payload
class Ordered:
    """Answer to an order."""


@commands("registry")
class Orders:
    """Commands of a test."""

    order_place: Ordered | None = command("order.place", Order, "Place an order.")


@strawberry.type
class Nothing:
    """A query that is not asked."""

    nothing: str


@pytest.fixture(scope="module")
def printed() -> str:
    config = StrawberryConfig(scalar_map=SCALARS)
    return strawberry.Schema(Nothing, Orders, config=config).as_str()


@pytest.mark.parametrize(
    "line",
    [
        "forceUnitId: ID!",
        "orderedOn: Date = null",
        "post: Post! = MEMBER",
        "people: Count! = 1",
        "year: Int!",
        "reason: String = null",
        "lines: [LineInput!]! = []",
        "memberIds: [ID!]! = []",
        "unit: UnitRef!",
        "idempotencyKey: String = null",
        '"""Order something; `orderedOn` is the day, `LEADER` a post."""',
        '"""Which force."""',
        "orderPlace(\n",
        "input: OrderPlaceInput!\n",
        "userErrors: [UserError!]!",
    ],
)
def test_an_input_says_what_its_contract_says(line: str, printed: str) -> None:
    """Names, nullability, defaults, closed lists and descriptions come from there."""
    assert line in printed


def test_an_input_goes_back_as_its_contract_writes_it() -> None:
    """Ids are opened wherever they stand; what is not said stays out of a part."""
    force, member, unit = uuid4(), uuid4(), uuid4()
    taken = input_of(Order, "OrderPlaceInput")
    line = taken.__annotations__["lines"].__args__[0]
    given = taken(
        force_unit_id=global_id("ForceUnit", force),
        year=2026,
        post=Post.LEADER,
        reason="late",
        lines=[
            line(unit=UnitRef(code="06"), member_ids=[global_id("Member", member)]),
            line(unit=UnitRef(id=strawberry.ID(global_id("Unit", unit)))),
        ],
    )

    row = {name: part for name, part in parts(given).items() if part is not None}
    assert {
        "force_unit_id": str(force),
        "post": "leader",
        "people": 1,
        "year": 2026,
        "reason_code": "late",
        "lines": [
            {"unit": {"code": "06"}, "member_ids": [str(member)]},
            {"unit": {"id": str(unit)}, "member_ids": []},
        ],
    } == row
    assert set(row) <= set(Order.__struct_fields__)


def test_an_id_of_another_type_is_refused_where_it_stands() -> None:
    """The path leads through lists and parts to the one that is wrong."""
    taken = input_of(Order, "OrderPlaceInput")
    line = taken.__annotations__["lines"].__args__[0]
    wrong = line(
        unit=UnitRef(code="06"),
        member_ids=[global_id("Member", uuid4()), global_id("Unit", uuid4())],
    )
    given = taken(
        force_unit_id=global_id("ForceUnit", uuid4()), year=2026, lines=[wrong]
    )

    with pytest.raises(IdInvalid) as refusal:
        parts(given)
    assert "lines[0].member_ids[1]" == refusal.value.field


class Undescribed(msgspec.Struct, frozen=True):
    """A request whose field says nothing."""

    name: str


class OtherWords(msgspec.Struct, frozen=True):
    """A request with words that no enum has."""

    colour: Annotated[Literal["red", "blue"], about("Colour.")]


class OtherKind(msgspec.Struct, frozen=True):
    """A request with a field that the schema has no type for."""

    pair: Annotated[dict[str, str], about("Pairs.")]


@pytest.mark.parametrize(
    ("shape", "fault", "told"),
    [
        (Undescribed, TypeError, "Undescribed.name is not described"),
        (OtherWords, LookupError, "OtherWords.colour: no enum for the words blue, red"),
        (OtherKind, TypeError, "OtherKind.pair: the schema has no type for"),
    ],
)
def test_a_contract_that_cannot_be_shown_is_named_at_once(
    shape: type[msgspec.Struct], fault: type[Exception], told: str
) -> None:
    """The process does not start, and the message says which field it is."""
    with pytest.raises(fault, match=told):
        input_of(shape, "BrokenInput")


def table() -> Iterator[tuple[str, Question, Any, Any]]:
    root: Any = strawberry_schema().get_type_by_name("Mutation")
    for field in root.fields:
        if "question" in field.metadata:
            (taken,) = (one for one in field.arguments if one.python_name == "input")
            yield field.name, field.metadata["question"], taken.type, field


def ids_in(taken: Any, ids: Any) -> Iterator[str]:
    if taken in {UnitRef, PlannedUnitRef}:
        return
    for one in dataclasses.fields(taken):
        kind: Any = one.type
        while hasattr(kind, "of_type"):
            kind = kind.of_type
        if kind is strawberry.ID and one.metadata.get(CONTRACT, one.name) not in ids:
            yield f"{taken.__name__}.{one.name}"
        elif dataclasses.is_dataclass(kind):
            yield from ids_in(kind, ids)


def test_every_id_of_every_command_is_opened() -> None:
    """An opaque id never reaches a service: the table says what each is an id of."""
    rows = list(table())
    closed = {
        place
        for _, _, taken, field in rows
        for place in ids_in(taken, field.metadata["ids"])
    }

    assert len(rows) > 100
    assert set() == closed
    assert "unit_id" in IDS


def test_every_command_names_a_verb_of_its_own() -> None:
    """No two mutations put the same command to a service."""
    verbs = [f"{one.service}.{one.verb}" for _, one, _, _ in table()]

    assert len(verbs) == len(set(verbs))
