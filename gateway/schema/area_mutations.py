"""Commands about residential areas."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import strawberry

from gateway.questions import (
    END_AREA,
    GIVE_CATEGORY,
    LIFT_CATEGORY,
    REGISTER_AREA,
    RENAME_AREA,
    REPORT_AREA,
    RETYPE_AREA,
    Question,
)
from gateway.schema.areas import ResidentialArea
from gateway.schema.base import (
    Info,
    Root,
    Row,
    argument,
    column,
    identity,
    output,
    resolved,
    taken,
)
from gateway.schema.commands import UserError, carried_out, key_field
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import related
from gateway.schema.scalars import Count


def _decision() -> Any:
    return strawberry.field(
        default=None, description="Number and symbol of the decision (số quyết định)."
    )


async def _area(root: Root, info: Info) -> Any:
    return await related(info, "ResidentialArea", root.get("area_id"))


@output
class ResidentialAreaPayload:
    """Answer to a command about a residential area."""

    area: ResidentialArea | None = resolved(_area, "The area as it is today.")
    user_errors: list[UserError] = column(
        "Why the command was refused; empty when it was carried out."
    )


@taken
class AreaRegisterInput:
    """A residential area to enter in the book of a commune (lập khu dân cư)."""

    unit: UnitRef = column("Its commune on that day (đơn vị cấp xã).")
    kind: str = column("Code of its kind (loại).")
    name: str = column("Name without its kind (tên).")
    registered_on: date = column("First day (ngày lập).")
    decision: str | None = _decision()
    idempotency_key: str | None = key_field()


@taken
class AreaRenameInput:
    """Another name for a residential area (đổi tên)."""

    area_id: strawberry.ID = column("Which area.")
    name: str = column("New name without its kind.")
    effective_on: date = column("First day of the name.")
    decision: str | None = _decision()
    idempotency_key: str | None = key_field()


@taken
class AreaRetypeInput:
    """Another kind of a residential area (chuyển loại)."""

    area_id: strawberry.ID = column("Which area.")
    kind: str = column("Code of the new kind.")
    effective_on: date = column("First day of the kind.")
    decision: str | None = _decision()
    idempotency_key: str | None = key_field()


@taken
class AreaHeirInput:
    """An area that takes over an ended one (kế thừa)."""

    area_id: strawberry.ID = column("Which area.")
    whole: bool = strawberry.field(default=True, description="All of it (toàn bộ).")


@taken
class AreaEndInput:
    """The end of a residential area, alone or merged (giải thể, sáp nhập)."""

    area_id: strawberry.ID = column("Which area.")
    ended_on: date = column("First day without it.")
    heirs: list[AreaHeirInput] = strawberry.field(
        default_factory=list, description="Areas that take it over."
    )
    decision: str | None = _decision()
    idempotency_key: str | None = key_field()


@taken
class AreaFiguresInput:
    """How many live in a residential area on a day (số liệu dân cư)."""

    area_id: strawberry.ID = column("Which area.")
    counted_on: date = column("Day of the figures.")
    households: Count = column("Households (số hộ).")
    people: Count = column("People (số nhân khẩu).")
    idempotency_key: str | None = key_field()


@taken
class AreaCategoryInput:
    """A category of law for a residential area (diện địa bàn)."""

    area_id: strawberry.ID = column("Which area.")
    category: str = column("Code of the category.")
    effective_on: date = column("First day that it holds, or holds no more.")
    decision: str | None = _decision()
    idempotency_key: str | None = key_field()


async def area_register(
    info: Info,
    input: Annotated[AreaRegisterInput, argument("What to register.")],  # noqa: A002
) -> Any:
    """Answer Mutation.areaRegister."""
    return await carried_out(
        info,
        REGISTER_AREA,
        input,
        lambda: {
            "unit": unit_ref(input.unit),
            "kind": input.kind,
            "name": input.name,
            "registered_on": input.registered_on,
            "decision": input.decision,
        },
    )


async def area_rename(
    info: Info,
    input: Annotated[AreaRenameInput, argument("Which name.")],  # noqa: A002
) -> Any:
    """Answer Mutation.areaRename."""
    return await _ordered(info, RENAME_AREA, input, lambda: {"name": input.name})


async def area_retype(
    info: Info,
    input: Annotated[AreaRetypeInput, argument("Which kind.")],  # noqa: A002
) -> Any:
    """Answer Mutation.areaRetype."""
    return await _ordered(info, RETYPE_AREA, input, lambda: {"kind": input.kind})


async def area_end(
    info: Info,
    input: Annotated[AreaEndInput, argument("What ends.")],  # noqa: A002
) -> Any:
    """Answer Mutation.areaEnd."""
    return await carried_out(
        info,
        END_AREA,
        input,
        lambda: {
            "area_id": _id(input.area_id),
            "ended_on": input.ended_on,
            "decision": input.decision,
            "heirs": [
                {
                    "area_id": identity(
                        heir.area_id, "ResidentialArea", f"heirs[{number}].area_id"
                    ),
                    "whole": heir.whole,
                }
                for number, heir in enumerate(input.heirs)
            ],
        },
    )


async def area_report_figures(
    info: Info,
    input: Annotated[AreaFiguresInput, argument("Which figures.")],  # noqa: A002
) -> Any:
    """Answer Mutation.areaReportFigures."""
    return await carried_out(
        info,
        REPORT_AREA,
        input,
        lambda: {
            "area_id": _id(input.area_id),
            "counted_on": input.counted_on,
            "households": input.households,
            "people": input.people,
        },
    )


async def area_give_category(
    info: Info,
    input: Annotated[AreaCategoryInput, argument("Which category.")],  # noqa: A002
) -> Any:
    """Answer Mutation.areaGiveCategory."""
    parts = {"category": input.category}
    return await _ordered(info, GIVE_CATEGORY, input, lambda: parts)


async def area_lift_category(
    info: Info,
    input: Annotated[AreaCategoryInput, argument("Which category.")],  # noqa: A002
) -> Any:
    """Answer Mutation.areaLiftCategory."""
    parts = {"category": input.category}
    return await _ordered(info, LIFT_CATEGORY, input, lambda: parts)


def _id(given: str) -> str:
    return identity(given, "ResidentialArea", "area_id")


async def _ordered(
    info: Info,
    question: Question,
    order: AreaRenameInput | AreaRetypeInput | AreaCategoryInput,
    own: Callable[[], Row],
) -> Row:
    """Carry out what holds from a day on by a decision."""
    return await carried_out(
        info,
        question,
        order,
        lambda: {
            "area_id": _id(order.area_id),
            "effective_on": order.effective_on,
            "decision": order.decision,
            **own(),
        },
    )


@output
class AreaMutations:
    """Commands about residential areas, part of Mutation."""

    area_register: ResidentialAreaPayload | None = resolved(
        area_register, "Enter a residential area in the book (lập khu dân cư)."
    )
    area_rename: ResidentialAreaPayload | None = resolved(
        area_rename, "Give it another name (đổi tên)."
    )
    area_retype: ResidentialAreaPayload | None = resolved(
        area_retype, "Give it another kind (chuyển loại)."
    )
    area_end: ResidentialAreaPayload | None = resolved(
        area_end, "End it, alone or merged (giải thể, sáp nhập)."
    )
    area_report_figures: ResidentialAreaPayload | None = resolved(
        area_report_figures, "Report its households and people (số liệu dân cư)."
    )
    area_give_category: ResidentialAreaPayload | None = resolved(
        area_give_category, "Count it to a category of law (xếp diện)."
    )
    area_lift_category: ResidentialAreaPayload | None = resolved(
        area_lift_category, "Count it to the category no more (thôi xếp diện)."
    )
