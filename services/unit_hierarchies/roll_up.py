"""Rolls figures up along a named hierarchy: whose make up a unit's own on a day.

Figures stand by unit, added up over the units above it in administration. Along another
hierarchy a unit's figures are those of whoever stands below it there: what was added up
already, with a few units more or less, where the two orders part.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from services.unit_directory.tree import Unit, UnitTree
from services.unit_hierarchies.shape import HierarchyShape
from services.unit_hierarchies.walk import HierarchyWalk, TreeAdministration


class RollUp:
    """One hierarchy on one day, over all units that ever were.

    Every unit has one home, to which its own facts count: itself where it belongs to
    the hierarchy on the day; else who stands above its skipped level, or holds the
    whole of it by then; else the home of the unit above in administration.
    """

    def __init__(self, shape: HierarchyShape, tree: UnitTree, day: date) -> None:
        self._tree = tree
        self._day = day
        self._shape = shape
        self._walk = HierarchyWalk(shape, tree, day)
        self._units = TreeAdministration(tree)
        self._homes: dict[UUID, UUID | None] = {}
        nodes = {unit.id for unit in tree if self._walk.belongs(unit)}
        self._nodes = nodes
        self._above = self._without_rings({one: self._parent(one) for one in nodes})
        self._lines: dict[UUID, tuple[UUID, ...]] = {}
        self._parts: dict[UUID, dict[UUID, int]] = {}
        for unit in tree:
            self._enter(unit)
        self._below: dict[UUID | None, list[UUID]] = {}
        for node, above in self._above.items():
            self._below.setdefault(above, []).append(node)

    def holds(self, unit_id: UUID) -> bool:
        """Tell whether a unit is part of the hierarchy on the day."""
        return unit_id in self._nodes

    def parts(self, unit_id: UUID) -> Mapping[UUID, int]:
        """Return the units to add (1) or to take off (-1); none for a stranger."""
        return self._parts.get(unit_id, {})

    def top(self) -> list[Unit]:
        """Return the units that have nobody above, by code."""
        return self._in_order(self._below.get(None, ()))

    def children(self, unit_id: UUID) -> list[Unit]:
        """Return the units directly below, by code."""
        return self._in_order(self._below.get(unit_id, ()))

    def _in_order(self, ids: Iterable[UUID]) -> list[Unit]:
        units = (self._tree.unit(one) for one in ids)
        return sorted(units, key=lambda unit: (unit.code, unit.path))

    def _enter(self, unit: Unit) -> None:
        """Count a unit where its line differs from the one above in administration."""
        mine = self._line(self._home(unit.id))
        above = unit.parent_id
        theirs = () if above is None else self._line(self._home(above))
        for node in mine:
            if node not in theirs:
                self._parts.setdefault(node, {})[unit.id] = 1
        for node in theirs:
            if node not in mine:
                self._parts.setdefault(node, {})[unit.id] = -1

    def _line(self, node: UUID | None) -> tuple[UUID, ...]:
        """Return a node and all above it."""
        if node is None:
            return ()
        known = self._lines.get(node)
        if known is None:
            known = self._lines[node] = (node, *self._line(self._above[node]))
        return known

    def _home(self, unit_id: UUID | None) -> UUID | None:
        if unit_id is None or unit_id in self._nodes:
            return unit_id
        if unit_id not in self._homes:
            unit = self._tree.get(unit_id)
            heirs = () if unit is None else self._takers(unit)
            found = next((one for one in heirs if one in self._nodes), None)
            if found is None and unit is not None:
                found = self._home(unit.parent_id)
            self._homes[unit_id] = found
        return self._homes[unit_id]

    def _takers(self, unit: Unit) -> Iterator[UUID]:
        """Yield who may take the facts of a unit that does not belong itself."""
        holder = self._units.holder(unit.id, self._day)
        if holder is not None:
            yield holder
            above = self._shape.parent(holder, self._units, self._day)
            if above is not None:
                yield above

    def _parent(self, node: UUID) -> UUID | None:
        """Return the node above; where that is no part itself, who has its facts."""
        above = self._home(self._shape.parent(node, self._units, self._day))
        return None if above == node else above

    def _without_rings(self, above: dict[UUID, UUID | None]) -> dict[UUID, UUID | None]:
        """Let one unit of each ring stand at the top, the first by its path."""
        done: set[UUID] = set()
        for start in above:
            line: list[UUID] = []
            node: UUID | None = start
            while node is not None and node not in done and node not in line:
                line.append(node)
                node = above[node]
            if node is not None and node in line:
                ring = line[line.index(node) :]
                above[min(ring, key=self._tree.path)] = None
            done.update(line)
        return above
