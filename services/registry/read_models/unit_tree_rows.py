"""What stands below a unit on a day? Compact rows of a tree, a page at a time."""

from datetime import date, datetime

from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.unit_history import UnitTreePage, UnitTreeRow
from services.unit_directory.tree import Unit, UnitTree


def tree_page(  # noqa: PLR0913 - what a page is cut by
    tree: UnitTree,
    root: Unit,
    on: date,
    *,
    known_at: datetime,
    levels: int,
    first: int,
    after: str | None,
) -> UnitTreePage:
    """Return the rows behind a cursor, each behind its parent. Raises CursorInvalid."""
    seen = None if after is None else key_of(after, tuple[str])[0]
    top = root.path.count(".")
    found: list[Unit] = []
    for unit in tree.subtree(root, on, levels=levels, after=seen):
        found.append(unit)
        if len(found) > first:
            break
    shown = found[:first]
    return UnitTreePage(
        on=on,
        known_at=known_at,
        rows=tuple(_row(unit, on, top) for unit in shown),
        has_next=len(found) > first,
        end_cursor=cursor_of(shown[-1].path) if shown else after,
    )


def _row(unit: Unit, on: date, top: int) -> UnitTreeRow:
    named = unit.named(on)
    return UnitTreeRow(
        id=unit.id,
        parent_id=unit.parent_id,
        depth=unit.path.count(".") - top,
        code=unit.code,
        level=unit.level,
        unit_type=named.unit_type,
        name=named.name,
    )
