"""The named hierarchies at hand, each on a day, for questions about figures.

A hierarchy changes on a handful of days; between two of them it is made once.
"""

from bisect import bisect_right
from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import Final

import sqlalchemy as sa

from services.reporting.domain.errors import HierarchyNotThen, HierarchyUnknown
from services.unit_directory.tree import UnitTree
from services.unit_hierarchies.facts import KnownHierarchy
from services.unit_hierarchies.follower import HierarchyTables
from services.unit_hierarchies.roll_up import RollUp

EXTRA: Final = "roll_ups"
_KEPT: Final = 32


class RollUps:
    """Makes roll-ups and remembers the latest ones of the present tree."""

    def __init__(self, tables: HierarchyTables) -> None:
        self._tables = tables
        self._tree: UnitTree | None = None
        self._days: list[date] = []
        self._made: OrderedDict[tuple[str, int, date], RollUp] = OrderedDict()
        self._lock = Lock()

    def along(self, conn: sa.Connection, tree: UnitTree, code: str, on: date) -> RollUp:
        """Return a hierarchy on a day. Raises HierarchyUnknown, HierarchyNotThen."""
        known = self._tables.read(conn, code)
        if known is None:
            raise HierarchyUnknown(field="$.hierarchy")
        if not known.exists(on):
            raise HierarchyNotThen(field="$.on", day=on)
        # Two threads that want the same wait for one.
        with self._lock:
            if self._tree is not tree:
                self._tree, self._days = tree, _days_of(tree)
                self._made.clear()
            key = code, known.facts, self._since(known, on)
            made = self._made.pop(key, None) or RollUp(known.shape, tree, key[2])
            self._made[key] = made
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return made

    def _since(self, known: KnownHierarchy, on: date) -> date:
        """Return the last day on which anything changed, up to a day."""
        changes = known.shape.days_of_change(date.min)
        at = bisect_right(self._days, on)
        latest = self._days[at - 1] if at else date.min
        return max(latest, changes[bisect_right(changes, on) - 1])


def _days_of(tree: UnitTree) -> list[date]:
    ends = {day for unit in tree for day in (unit.valid_from, unit.valid_to)}
    return sorted(day for day in ends if day is not None)
