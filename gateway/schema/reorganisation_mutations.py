"""Commands about plans of reorganisation."""

from datetime import date
from typing import Annotated, Any

import strawberry

from gateway.questions import (
    DECIDE_DEPENDANTS,
    DRAFT_REORGANISATION,
    EXECUTE_REORGANISATION,
    PLAN_OPERATIONS,
    UNDO_REORGANISATION,
    WITHDRAW_REORGANISATION,
)
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
from gateway.schema.enums import OperationKind, PlanIssuer, PlanUndoReason
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import related
from gateway.schema.reorganisations import Reorganisation, plan_id


async def _plan(root: Root, info: Info) -> Any:
    return await related(info, "Reorganisation", root.get("reorganisation_id"))


@output
class ReorganisationPayload:
    """Answer to a command about a plan of reorganisation."""

    reorganisation: Reorganisation | None = resolved(_plan, "The plan.")
    user_errors: list[UserError] = column(
        "Why the command was refused; empty when it was carried out."
    )


@taken
class ReorganisationDraftInput:
    """A plan to begin under a decree (lập phương án)."""

    unit: UnitRef = column("Part of the country that it may touch.")
    decree_number: str = column("Number and symbol of the decree.")
    decree_date: date = column("Its date.")
    issuer: PlanIssuer = column("Who issued it.")
    effective_on: date = column("Day on which all of it holds.")
    idempotency_key: str | None = key_field()


@strawberry.input(
    one_of=True,
    description="A unit by id, by its code on the eve, or a new one of the plan.",
)
class PlannedUnitRef:
    """A unit as a plan names it."""

    id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Id of a unit in force on the eve."
    )
    code: str | None = strawberry.field(
        default=strawberry.UNSET, description="Code of a unit in force on the eve."
    )
    new: str | None = strawberry.field(
        default=strawberry.UNSET, description="Code of a new unit of the plan."
    )


@taken
class NewUnitInput:
    """A unit that begins on the day of the plan (đơn vị mới)."""

    code: str = column("Official code.")
    unit_type: str = column("Kind of unit: tinh, xa, phuong and others.")
    name: str = column("Full name.")
    bare_name: str = column("Name without its kind.")
    parent: PlannedUnitRef = column("The unit above it on that day.")


@taken
class OperationInput:
    """What happens to units on the day of the plan (thao tác)."""

    kind: OperationKind = column("What is done.")
    units: list[PlannedUnitRef] = column("Units that it happens to.")
    into: list[PlannedUnitRef] = strawberry.field(
        default_factory=list, description="Units that take them over."
    )
    unit_type: str | None = strawberry.field(default=None, description="New kind.")
    name: str | None = strawberry.field(default=None, description="New full name.")
    bare_name: str | None = strawberry.field(
        default=None, description="New name without its kind."
    )


@taken
class ReorganisationPlanInput:
    """New units and operations to add to a draft."""

    reorganisation_id: strawberry.ID = column("Which plan.")
    new_units: list[NewUnitInput] = strawberry.field(
        default_factory=list, description="New units, parents first."
    )
    operations: list[OperationInput] = strawberry.field(
        default_factory=list, description="Operations."
    )
    idempotency_key: str | None = key_field()


@taken
class DependantDecisionInput:
    """Who takes one dependant over (quyết định nơi tiếp nhận)."""

    kind: str = column("force_unit, residential_area or access_grant.")
    dependant_id: strawberry.ID = column("Its identity, as the rehearsal shows it.")
    successor_id: strawberry.ID = column("Id of the unit that takes it over.")


@taken
class ReorganisationDecideInput:
    """Decisions about dependants of divided units."""

    reorganisation_id: strawberry.ID = column("Which plan.")
    decisions: list[DependantDecisionInput] = column("The decisions.")
    idempotency_key: str | None = key_field()


@taken
class ReorganisationWithdrawInput:
    """A draft to put away (rút phương án)."""

    reorganisation_id: strawberry.ID = column("Which plan.")
    idempotency_key: str | None = key_field()


@taken
class ReorganisationExecuteInput:
    """A plan to carry out as it was rehearsed (thực hiện)."""

    reorganisation_id: strawberry.ID = column("Which plan.")
    digest: str = column("Digest of the rehearsal.")
    idempotency_key: str | None = key_field()


@taken
class ReorganisationUndoInput:
    """An executed plan to take back (hủy bỏ)."""

    reorganisation_id: strawberry.ID = column("Which plan.")
    reason: PlanUndoReason = column("Why.")
    idempotency_key: str | None = key_field()


def _named(ref: PlannedUnitRef, field: str) -> Row:
    if ref.id is not strawberry.UNSET and ref.id is not None:
        return {"id": identity(ref.id, "Unit", f"{field}.id")}
    pairs = (("code", ref.code), ("new", ref.new))
    return {n: v for n, v in pairs if v is not strawberry.UNSET and v is not None}


def _new_unit(unit: NewUnitInput, field: str) -> Row:
    return {
        "code": unit.code,
        "unit_type": unit.unit_type,
        "name": unit.name,
        "bare_name": unit.bare_name,
        "parent": _named(unit.parent, f"{field}.parent"),
    }


def _operation(operation: OperationInput, field: str) -> Row:
    return {
        "kind": operation.kind.value,
        "units": [_named(one, f"{field}.units") for one in operation.units],
        "into": [_named(one, f"{field}.into") for one in operation.into],
        "unit_type": operation.unit_type,
        "name": operation.name,
        "bare_name": operation.bare_name,
    }


async def reorganisation_draft(
    info: Info,
    input: Annotated[ReorganisationDraftInput, argument("What to begin.")],  # noqa: A002
) -> Any:
    """Answer Mutation.reorganisationDraft."""
    return await carried_out(
        info,
        DRAFT_REORGANISATION,
        input,
        lambda: {
            "unit": unit_ref(input.unit),
            "decree_number": input.decree_number,
            "decree_date": input.decree_date,
            "issuer": input.issuer.value,
            "effective_on": input.effective_on,
        },
    )


async def reorganisation_plan(
    info: Info,
    input: Annotated[ReorganisationPlanInput, argument("What to add.")],  # noqa: A002
) -> Any:
    """Answer Mutation.reorganisationPlan."""
    return await carried_out(
        info,
        PLAN_OPERATIONS,
        input,
        lambda: {
            "reorganisation_id": plan_id(input.reorganisation_id),
            "new_units": [
                _new_unit(unit, f"new_units[{number}]")
                for number, unit in enumerate(input.new_units)
            ],
            "operations": [
                _operation(operation, f"operations[{number}]")
                for number, operation in enumerate(input.operations)
            ],
        },
    )


async def reorganisation_decide(
    info: Info,
    input: Annotated[ReorganisationDecideInput, argument("What is decided.")],  # noqa: A002
) -> Any:
    """Answer Mutation.reorganisationDecide."""
    return await carried_out(
        info,
        DECIDE_DEPENDANTS,
        input,
        lambda: {
            "reorganisation_id": plan_id(input.reorganisation_id),
            "decisions": [
                {
                    "kind": one.kind,
                    "dependant_id": str(one.dependant_id),
                    "successor_id": identity(
                        one.successor_id, "Unit", f"decisions[{number}].successor_id"
                    ),
                }
                for number, one in enumerate(input.decisions)
            ],
        },
    )


async def reorganisation_withdraw(
    info: Info,
    input: Annotated[ReorganisationWithdrawInput, argument("Which draft.")],  # noqa: A002
) -> Any:
    """Answer Mutation.reorganisationWithdraw."""
    return await carried_out(
        info,
        WITHDRAW_REORGANISATION,
        input,
        lambda: {"reorganisation_id": plan_id(input.reorganisation_id)},
    )


async def reorganisation_execute(
    info: Info,
    input: Annotated[ReorganisationExecuteInput, argument("Which plan.")],  # noqa: A002
) -> Any:
    """Answer Mutation.reorganisationExecute."""
    return await carried_out(
        info,
        EXECUTE_REORGANISATION,
        input,
        lambda: {
            "reorganisation_id": plan_id(input.reorganisation_id),
            "digest": input.digest,
        },
    )


async def reorganisation_undo(
    info: Info,
    input: Annotated[ReorganisationUndoInput, argument("Which plan.")],  # noqa: A002
) -> Any:
    """Answer Mutation.reorganisationUndo."""
    return await carried_out(
        info,
        UNDO_REORGANISATION,
        input,
        lambda: {
            "reorganisation_id": plan_id(input.reorganisation_id),
            "reason": input.reason.value,
        },
    )


@output
class ReorganisationMutations:
    """Commands about plans of reorganisation, part of Mutation."""

    reorganisation_draft: ReorganisationPayload | None = resolved(
        reorganisation_draft, "Begin a plan under a decree (lập phương án)."
    )
    reorganisation_plan: ReorganisationPayload | None = resolved(
        reorganisation_plan, "Add new units and operations (bổ sung thao tác)."
    )
    reorganisation_decide: ReorganisationPayload | None = resolved(
        reorganisation_decide, "Decide who takes dependants over (quyết định)."
    )
    reorganisation_withdraw: ReorganisationPayload | None = resolved(
        reorganisation_withdraw, "Put a draft away (rút phương án)."
    )
    reorganisation_execute: ReorganisationPayload | None = resolved(
        reorganisation_execute, "Carry a rehearsed plan out as one act (thực hiện)."
    )
    reorganisation_undo: ReorganisationPayload | None = resolved(
        reorganisation_undo, "Take an executed plan back (hủy bỏ)."
    )
