"""Units through time: trees of a day and a moment, and what was recorded when."""

from datetime import date, datetime
from typing import Annotated, Any, Final

import strawberry

from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    Info,
    KnownAt,
    OnDay,
    Root,
    argument,
    column,
    optional_identity,
    output,
    resolved,
)
from gateway.schema.connections import Connection, page
from gateway.schema.enums import UnitLevel, UnitUndoReason
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import parent_of, related, unit_of
from gateway.schema.units import Succession, Unit
from services.contracts.registry import unit_history

UNITS_TREE: Final = Question("registry", "units.tree", unit_history.UnitsTree)
UNITS_CHANGES: Final = Question("registry", "units.changes", unit_history.UnitsChanges)


async def _row_unit(root: Root, info: Info) -> Any:
    return await related(info, "Unit", root["id"])


@output
class UnitTreeRow:
    """A unit at its place in a tree, as it was called on the day (một dòng của cây)."""

    unit: Unit | None = resolved(_row_unit, "The unit as it is now.", ["id"])
    parent: Unit | None = resolved(parent_of, "Unit above.", ["parent_id"])
    depth: int = column("Steps below the root, which has 0 (bậc).")
    code: str = column("Official code (mã đơn vị).")
    level: UnitLevel = column("Level (cấp).")
    unit_type: str = column("Kind of unit on the day (loại).")
    name: str = column("Full name on the day (tên đầy đủ).")


@output
class UnitTree:
    """A unit and those below it on a day, as known at a moment (cây đơn vị)."""

    on: date = column("The day (ngày có hiệu lực).")
    known_at: datetime = column("The moment (thời điểm biết).")
    rows: list[UnitTreeRow] = column("Units, each behind the one above it.")
    has_next: bool = column("Whether rows follow.")
    end_cursor: str | None = column("Give it as `after` to go on.")


@output
class UnitChange:
    """What was recorded about a unit at a moment (một thay đổi đã ghi)."""

    unit: Unit | None = resolved(unit_of, "The unit as it is now.", ["unit_id"])
    version: int = column("Number in the unit's history; an undoing names it.")
    kind: str = column(
        "established, renamed, retyped, part_transferred, abolished, change_undone,"
        " voided or custody_passed (loại thay đổi)."
    )
    effective_on: date | None = column("Day of the change (ngày có hiệu lực).")
    recorded_at: datetime = column("When it was recorded (thời điểm ghi).")
    legal_basis: str | None = column("Number of the resolution (số văn bản).")
    decree_date: date | None = column("Its day (ngày văn bản).")
    code: str = column("The unit's code (mã đơn vị).")
    level: UnitLevel = column("Its level (cấp).")
    unit_type: str = column("Its kind behind the change (loại).")
    name: str = column("Its name behind the change; a closed unit keeps the last.")
    valid_from: date | None = column("First day of the unit.")
    valid_to: date | None = column("First day without it, as of this change.")
    heirs: list[Succession] = column("Units that this change hands it to.")
    change_version: int | None = column("Which change this one takes back.")
    reason: UnitUndoReason | None = column("Why it was taken back (lý do hủy).")
    kept_kind: str | None = column(
        "What of a divided unit is kept by another: campaign, tip and others."
    )
    undone: bool = column("Whether a later one took this one back (đã hủy).")


async def unit_tree(  # noqa: PLR0913, PLR0917 - arguments of the schema
    info: Info,
    first: First,
    under: Annotated[UnitRef | None, argument("Root; by default all.")] = None,
    on: OnDay = None,
    known_at: KnownAt = None,
    levels: Annotated[int, argument("How many levels below, 0 to 4.")] = 1,
    after: After = None,
) -> Any:
    """Answer Query.unitTree."""
    return await info.context.ask(
        UNITS_TREE,
        {
            "root": unit_ref(under, "under") if under else None,
            "on": on,
            "known_at": known_at,
            "levels": levels,
            "first": first,
            "after": after,
        },
    )


async def unit_changes(
    info: Info,
    first: First,
    unit: Annotated[
        strawberry.ID | None, argument("Keep one unit: its history.")
    ] = None,
    after: After = None,
) -> Any:
    """Answer Query.unitChanges."""
    return await page(
        info,
        UNITS_CHANGES,
        after,
        unit_id=optional_identity(unit, "Unit", "unit"),
        first=first,
    )


@output
class UnitHistoryQueries:
    """Questions about units through time, part of Query."""

    unit_tree: UnitTree | None = resolved(
        unit_tree, "A tree of any day, as known at any moment (cây đơn vị)."
    )
    unit_changes: Connection[UnitChange] | None = resolved(
        unit_changes,
        "What was recorded about units, oldest first; keep the last cursor and ask"
        " again (thay đổi của đơn vị).",
    )
