"""Commands about named hierarchies over the units."""

from gateway.schema.base import column
from gateway.schema.command_table import command, commands
from gateway.schema.payloads import payload
from services.contracts.registry import hierarchies


@payload
class HierarchyPayload:
    """Answer to a command about a hierarchy."""

    hierarchy: str | None = column("Code of the hierarchy that changed.")


@commands("registry")
class HierarchyMutations:
    """Commands about named hierarchies, part of Mutation."""

    hierarchy_define: HierarchyPayload | None = command(
        "hierarchy.define",
        hierarchies.DefineHierarchy,
        "Begin a hierarchy (thiết lập hệ thống).",
    )
    hierarchy_skip_level: HierarchyPayload | None = command(
        "hierarchy.skip_level",
        hierarchies.SkipLevel,
        "Do without a level from a day on (bỏ một cấp).",
    )
    hierarchy_withdraw_skip: HierarchyPayload | None = command(
        "hierarchy.withdraw_skip",
        hierarchies.WithdrawSkip,
        "Take back a skip recorded wrongly (rút).",
    )
    hierarchy_place_unit: HierarchyPayload | None = command(
        "hierarchy.place_unit",
        hierarchies.PlaceUnit,
        "Put a unit under another one (xếp đơn vị).",
    )
    hierarchy_return_unit: HierarchyPayload | None = command(
        "hierarchy.return_unit",
        hierarchies.ReturnUnit,
        "Let a unit stand as in the base again (đưa về vị trí gốc).",
    )
    hierarchy_withdraw_placing: HierarchyPayload | None = command(
        "hierarchy.withdraw_placing",
        hierarchies.WithdrawPlacing,
        "Take back a unit's last change of place (rút).",
    )
    hierarchy_end: HierarchyPayload | None = command(
        "hierarchy.end",
        hierarchies.EndHierarchy,
        "End a hierarchy (kết thúc hệ thống).",
    )
