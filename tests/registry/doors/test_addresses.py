"""A question in an address is the contract's own, with a unit as two parameters."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec
import pytest

from services.chassis.calls import Call
from services.contracts.registry.api import First, Request
from services.contracts.registry.units import UnitRef
from services.registry.api.addresses import in_address


class Asked(Request, frozen=True):
    """Something of a unit's subtree."""

    unit: UnitRef
    on: date
    within: Annotated[UnitRef | None, msgspec.Meta(description="Where.")] = None
    ids: tuple[UUID, ...] = ()
    first: First = 20


class Plain(Request, frozen=True):
    """A question that names no unit."""

    first: First = 20


async def answer(call: Call[Any]) -> Any:
    """Give back what is asked."""
    return call.body


def call(body: msgspec.Struct) -> Call[Any]:
    # The wrapper hands the call on: only its body is of interest here.
    return Call(body=body, runtime=None, correlation_id="")  # type: ignore[arg-type]


def test_a_unit_is_asked_for_by_id_or_by_code() -> None:
    """Names, defaults and what has to be given stand as in the contract."""
    shape, asked = in_address(Asked, answer)
    fields = {one.name: one for one in msgspec.structs.fields(shape)}

    assert [
        *("unit_id", "unit_code", "on"),
        *("within_id", "within_code", "ids", "first"),
    ] == list(fields)
    assert {"on"} == {name for name, one in fields.items() if one.required}
    assert 20 == fields["first"].default
    assert (shape.__doc__, asked.__doc__) == (Asked.__doc__, answer.__doc__)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"on": "2026-01-01", "first": 101}, shape)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"on": "2026-01-01", "unit": {}}, shape)


async def test_the_handler_is_asked_as_the_contract_writes_it() -> None:
    """A unit that may be left out is None; one that may not, is refused by its rule."""
    shape, asked = in_address(Asked, answer)
    unit, day = uuid4(), date(2026, 1, 1)

    assert Asked(unit=UnitRef(id=unit), on=day) == await asked(
        call(msgspec.convert({"unit_id": str(unit), "on": "2026-01-01"}, shape))
    )
    assert Asked(
        unit=UnitRef(), on=day, within=UnitRef(code="06"), first=5
    ) == await asked(
        call(
            msgspec.convert(
                {"on": "2026-01-01", "within_code": "06", "first": 5}, shape
            )
        )
    )


def test_a_question_without_a_unit_stays_what_it_is() -> None:
    """There is nothing to say in another way."""
    assert (Plain, answer) == in_address(Plain, answer)
