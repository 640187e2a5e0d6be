"""Units as a reader sees them: what they are called, what came before and after."""

from datetime import date
from uuid import UUID

from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.unit_views import UnitChildrenOf, UnitList, UnitView
from services.unit_directory.tree import Unit, UnitTree


def view(unit: Unit, on: date, *, cursor: str | None = None) -> UnitView:
    """Show a unit with the name that it bears on a day."""
    named = unit.named(on)
    return UnitView(
        id=unit.id,
        code=unit.code,
        level=unit.level,
        unit_type=named.unit_type,
        name=named.name,
        bare_name=named.bare_name,
        parent_id=unit.parent_id,
        path=unit.path,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        legal_basis=unit.legal_basis,
        successors=unit.successors,
        predecessors=unit.predecessors,
        cursor=cursor,
    )


def children(
    tree: UnitTree, parent_id: UUID, on: date, *, first: int, after: str | None
) -> UnitChildrenOf:
    """Return a page of a unit's children on a day, by code. Raises CursorInvalid."""
    key = None if after is None else key_of(after, tuple[str])
    found = [
        unit
        for unit in tree.children(parent_id, on)
        if key is None or unit.code > key[0]
    ]
    rows = tuple(view(u, on, cursor=cursor_of(u.code)) for u in found[:first])
    return UnitChildrenOf(id=parent_id, rows=rows, has_next=len(found) > first)


def listed(units: list[Unit], on: date, *, first: int) -> UnitList:
    """Return the best `first` of the units found."""
    rows = tuple(view(unit, on) for unit in units[:first])
    return UnitList(rows=rows, has_next=len(units) > first)
