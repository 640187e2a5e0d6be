"""Commands that change single units by a resolution, and take a change back."""

from datetime import date
from typing import Annotated, Any

import strawberry

from gateway.questions import RENAME_UNIT, RETYPE_UNIT, UNDO_UNIT_CHANGE
from gateway.schema.base import (
    Info,
    Root,
    argument,
    column,
    identity,
    output,
    resolved,
    taken,
)
from gateway.schema.commands import UserError, carried_out, key_field
from gateway.schema.enums import UnitUndoReason
from gateway.schema.related import related
from gateway.schema.units import Unit

_NUMBER = "Number and symbol of the resolution (số văn bản)."
_DAY = "Day of the resolution (ngày văn bản)."
_FIRST_DAY = "First day of it; may lie ahead (ngày có hiệu lực)."


async def _unit(root: Root, info: Info) -> Any:
    return await related(info, "Unit", root.get("unit_id"))


@output
class UnitPayload:
    """Answer to a command about an administrative unit."""

    unit: Unit | None = resolved(_unit, "The unit as it is called today.")
    version: int | None = column("Version of the new fact; an undoing names it.")
    user_errors: list[UserError] = column(
        "Why the command was refused; empty when it was carried out."
    )


@taken
class UnitRenameInput:
    """Another name for a unit (đổi tên)."""

    unit_id: strawberry.ID = column("Which unit.")
    bare_name: str = column("New name without the kind (tên riêng).")
    effective_on: date = column(_FIRST_DAY)
    legal_basis: str = column(_NUMBER)
    decree_date: date = column(_DAY)
    idempotency_key: str | None = key_field()


@taken
class UnitRetypeInput:
    """Another type for a unit, such as xã to phường (chuyển loại)."""

    unit_id: strawberry.ID = column("Which unit.")
    unit_type: str = column("Code of the new type, such as phuong (loại).")
    effective_on: date = column(_FIRST_DAY)
    legal_basis: str = column(_NUMBER)
    decree_date: date = column(_DAY)
    idempotency_key: str | None = key_field()


@taken
class UnitChangeUndoInput:
    """The last standing change of a unit, to be taken back (hủy thay đổi)."""

    unit_id: strawberry.ID = column("Which unit.")
    version: int = column("Version of the change, as unitChanges shows it.")
    reason: UnitUndoReason = column("Why (lý do).")
    legal_basis: str | None = strawberry.field(
        default=None, description=f"{_NUMBER} Only a wrong entry needs none."
    )
    decree_date: date | None = strawberry.field(default=None, description=_DAY)
    idempotency_key: str | None = key_field()


async def unit_rename(
    info: Info,
    input: Annotated[UnitRenameInput, argument("What to rename.")],  # noqa: A002
) -> Any:
    """Answer Mutation.unitRename."""
    return await carried_out(
        info,
        RENAME_UNIT,
        input,
        lambda: {
            "unit_id": identity(input.unit_id, "Unit", "unit_id"),
            "bare_name": input.bare_name,
            "effective_on": input.effective_on,
            "legal_basis": input.legal_basis,
            "decree_date": input.decree_date,
        },
    )


async def unit_retype(
    info: Info,
    input: Annotated[UnitRetypeInput, argument("What to retype.")],  # noqa: A002
) -> Any:
    """Answer Mutation.unitRetype."""
    return await carried_out(
        info,
        RETYPE_UNIT,
        input,
        lambda: {
            "unit_id": identity(input.unit_id, "Unit", "unit_id"),
            "unit_type": input.unit_type,
            "effective_on": input.effective_on,
            "legal_basis": input.legal_basis,
            "decree_date": input.decree_date,
        },
    )


async def unit_change_undo(
    info: Info,
    input: Annotated[UnitChangeUndoInput, argument("What to take back.")],  # noqa: A002
) -> Any:
    """Answer Mutation.unitChangeUndo."""
    return await carried_out(
        info,
        UNDO_UNIT_CHANGE,
        input,
        lambda: {
            "unit_id": identity(input.unit_id, "Unit", "unit_id"),
            "version": input.version,
            "reason": input.reason.value,
            "legal_basis": input.legal_basis,
            "decree_date": input.decree_date,
        },
    )


@output
class UnitMutations:
    """Commands about units, part of Mutation."""

    unit_rename: UnitPayload | None = resolved(
        unit_rename, "Give a unit another name (đổi tên đơn vị)."
    )
    unit_retype: UnitPayload | None = resolved(
        unit_retype, "Give a unit another type (chuyển loại đơn vị)."
    )
    unit_change_undo: UnitPayload | None = resolved(
        unit_change_undo, "Take back a unit's last change (hủy thay đổi)."
    )
