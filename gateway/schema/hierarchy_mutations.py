"""Commands about named hierarchies over the units."""

import enum
from datetime import date
from typing import Annotated, Any

import strawberry

from gateway.questions import (
    DEFINE_HIERARCHY,
    END_HIERARCHY,
    PLACE_UNIT,
    RETURN_UNIT,
    SKIP_LEVEL,
    WITHDRAW_PLACING,
    WITHDRAW_SKIP,
    Question,
)
from gateway.schema.base import (
    Info,
    Row,
    argument,
    choice,
    column,
    identity,
    output,
    resolved,
    taken,
)
from gateway.schema.commands import UserError, carried_out, key_field
from gateway.schema.enums import UnitLevel
from gateway.schema.references import UnitRef, unit_ref

_DECISION = "Number of the decision (số quyết định)."
_DECIDED = "Day of the decision."
_HIERARCHY = "Code of the hierarchy (mã hệ thống)."


@choice
class HierarchyBase(enum.Enum):
    """Where a unit stands that was not placed (cơ sở của hệ thống)."""

    ADMINISTRATION = strawberry.enum_value(
        "administration", description="Theo hệ thống đơn vị hành chính."
    )
    PLACEMENTS = strawberry.enum_value(
        "placements", description="Chỉ gồm đơn vị được sắp xếp vào."
    )


@output
class HierarchyPayload:
    """Answer to a command about a hierarchy."""

    hierarchy: str | None = column("Code of the hierarchy that changed.")
    user_errors: list[UserError] = column(
        "Why the command was refused; empty when it was carried out."
    )


@taken
class HierarchyDefineInput:
    """A hierarchy to begin (thiết lập hệ thống)."""

    hierarchy: str = column("Its code for ever (mã).")
    name: str = column("Its name (tên gọi).")
    owner: UnitRef = column("Unit that keeps it; its area bounds the hierarchy.")
    base: HierarchyBase = strawberry.field(
        default=HierarchyBase.ADMINISTRATION, description="Where others stand."
    )
    valid_from: date | None = strawberry.field(default=None, description="First day.")
    decision: str | None = strawberry.field(default=None, description=_DECISION)
    decided_on: date | None = strawberry.field(default=None, description=_DECIDED)
    idempotency_key: str | None = key_field()


@taken
class HierarchySkipLevelInput:
    """A level that a hierarchy does without (bỏ một cấp)."""

    hierarchy: str = column(_HIERARCHY)
    level: UnitLevel = column("The level (cấp).")
    effective_on: date = column("First day without it.")
    decision: str | None = strawberry.field(default=None, description=_DECISION)
    decided_on: date | None = strawberry.field(default=None, description=_DECIDED)
    idempotency_key: str | None = key_field()


@taken
class HierarchyWithdrawSkipInput:
    """A skipped level that was recorded wrongly (rút việc bỏ cấp)."""

    hierarchy: str = column(_HIERARCHY)
    level: UnitLevel = column("The level (cấp).")
    idempotency_key: str | None = key_field()


@taken
class HierarchyPlaceUnitInput:
    """A unit to put under another one (xếp đơn vị)."""

    hierarchy: str = column(_HIERARCHY)
    unit: UnitRef = column("The unit.")
    parent: UnitRef | None = strawberry.field(
        default=None, description="Unit above; without one the top."
    )
    effective_on: date = column("First day at that place.")
    decision: str | None = strawberry.field(default=None, description=_DECISION)
    decided_on: date | None = strawberry.field(default=None, description=_DECIDED)
    idempotency_key: str | None = key_field()


@taken
class HierarchyReturnUnitInput:
    """A unit to stand as in the base again (đưa về vị trí gốc)."""

    hierarchy: str = column(_HIERARCHY)
    unit: UnitRef = column("The unit.")
    effective_on: date = column("First day back.")
    decision: str | None = strawberry.field(default=None, description=_DECISION)
    decided_on: date | None = strawberry.field(default=None, description=_DECIDED)
    idempotency_key: str | None = key_field()


@taken
class HierarchyWithdrawPlacingInput:
    """The last change of a unit's place, recorded wrongly (rút việc xếp)."""

    hierarchy: str = column(_HIERARCHY)
    unit_id: strawberry.ID = column("The unit.")
    idempotency_key: str | None = key_field()


@taken
class HierarchyEndInput:
    """A hierarchy to end (kết thúc hệ thống)."""

    hierarchy: str = column(_HIERARCHY)
    ended_on: date = column("First day without it.")
    decision: str | None = strawberry.field(default=None, description=_DECISION)
    decided_on: date | None = strawberry.field(default=None, description=_DECIDED)
    idempotency_key: str | None = key_field()


async def _done(info: Info, question: Question, given: Any, **parts: Any) -> Row:
    def body() -> Row:
        plain = ("hierarchy", "name", "effective_on", "ended_on", "valid_from",
                 "decision", "decided_on")  # fmt: skip
        told = {name: getattr(given, name, None) for name in plain}
        made = {name: part() for name, part in parts.items()}
        return {name: v for name, v in (told | made).items() if v is not None}

    return await carried_out(info, question, given, body)


async def hierarchy_define(
    info: Info,
    input: Annotated[HierarchyDefineInput, argument("What to begin.")],  # noqa: A002
) -> Any:
    """Answer Mutation.hierarchyDefine."""
    return await _done(
        info,
        DEFINE_HIERARCHY,
        input,
        owner=lambda: unit_ref(input.owner, "owner"),
        base=lambda: input.base.value,
    )


async def hierarchy_skip_level(
    info: Info,
    input: Annotated[HierarchySkipLevelInput, argument("Which level.")],  # noqa: A002
) -> Any:
    """Answer Mutation.hierarchySkipLevel."""
    return await _done(info, SKIP_LEVEL, input, level=lambda: input.level.value)


async def hierarchy_withdraw_skip(
    info: Info,
    input: Annotated[HierarchyWithdrawSkipInput, argument("Which one.")],  # noqa: A002
) -> Any:
    """Answer Mutation.hierarchyWithdrawSkip."""
    return await _done(info, WITHDRAW_SKIP, input, level=lambda: input.level.value)


async def hierarchy_place_unit(
    info: Info,
    input: Annotated[HierarchyPlaceUnitInput, argument("What goes where.")],  # noqa: A002
) -> Any:
    """Answer Mutation.hierarchyPlaceUnit."""
    return await _done(
        info,
        PLACE_UNIT,
        input,
        unit=lambda: unit_ref(input.unit),
        parent=lambda: unit_ref(input.parent, "parent") if input.parent else None,
    )


async def hierarchy_return_unit(
    info: Info,
    input: Annotated[HierarchyReturnUnitInput, argument("What goes back.")],  # noqa: A002
) -> Any:
    """Answer Mutation.hierarchyReturnUnit."""
    return await _done(info, RETURN_UNIT, input, unit=lambda: unit_ref(input.unit))


async def hierarchy_withdraw_placing(
    info: Info,
    input: Annotated[HierarchyWithdrawPlacingInput, argument("Whose place.")],  # noqa: A002
) -> Any:
    """Answer Mutation.hierarchyWithdrawPlacing."""
    return await _done(
        info,
        WITHDRAW_PLACING,
        input,
        unit_id=lambda: identity(input.unit_id, "Unit", "unit_id"),
    )


async def hierarchy_end(
    info: Info,
    input: Annotated[HierarchyEndInput, argument("Which one.")],  # noqa: A002
) -> Any:
    """Answer Mutation.hierarchyEnd."""
    return await _done(info, END_HIERARCHY, input)


@output
class HierarchyMutations:
    """Commands about named hierarchies, part of Mutation."""

    hierarchy_define: HierarchyPayload | None = resolved(
        hierarchy_define, "Begin a hierarchy (thiết lập hệ thống)."
    )
    hierarchy_skip_level: HierarchyPayload | None = resolved(
        hierarchy_skip_level, "Do without a level from a day on (bỏ một cấp)."
    )
    hierarchy_withdraw_skip: HierarchyPayload | None = resolved(
        hierarchy_withdraw_skip, "Take back a skip recorded wrongly (rút)."
    )
    hierarchy_place_unit: HierarchyPayload | None = resolved(
        hierarchy_place_unit, "Put a unit under another one (xếp đơn vị)."
    )
    hierarchy_return_unit: HierarchyPayload | None = resolved(
        hierarchy_return_unit, "Let a unit stand as in the base again."
    )
    hierarchy_withdraw_placing: HierarchyPayload | None = resolved(
        hierarchy_withdraw_placing, "Take back a unit's last change of place (rút)."
    )
    hierarchy_end: HierarchyPayload | None = resolved(
        hierarchy_end, "End a hierarchy (kết thúc hệ thống)."
    )
