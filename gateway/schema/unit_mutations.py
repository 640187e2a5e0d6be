"""Commands that change single units by a resolution, and take a change back."""

from gateway.schema.base import column
from gateway.schema.command_table import command, commands
from gateway.schema.payloads import object_of, payload
from gateway.schema.units import Unit
from services.contracts.registry import unit_history


@payload
class UnitPayload:
    """Answer to a command about an administrative unit."""

    unit: Unit | None = object_of("Unit", "unit_id", "The unit as it is called today.")
    version: int | None = column("Version of the new fact; an undoing names it.")


@commands("registry")
class UnitMutations:
    """Commands about units, part of Mutation."""

    unit_rename: UnitPayload | None = command(
        "unit.rename",
        unit_history.RenameUnit,
        "Give a unit another name (đổi tên đơn vị).",
    )
    unit_retype: UnitPayload | None = command(
        "unit.retype",
        unit_history.RetypeUnit,
        "Give a unit another type (chuyển loại đơn vị).",
    )
    unit_custody_pass: UnitPayload | None = command(
        "unit.pass_custody",
        unit_history.PassCustody,
        "Say who keeps what goes on in a divided unit (giao tiếp nhận việc đang dở).",
    )
    unit_change_undo: UnitPayload | None = command(
        "unit.undo_change",
        unit_history.UndoUnitChange,
        "Take back a unit's last change (hủy thay đổi).",
    )
