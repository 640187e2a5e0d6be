"""Walking a named hierarchy over the units of a day: up, down, and its top."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from uuid import UUID

from services.unit_directory.lineage import heirs_on, is_one
from services.unit_directory.tree import Unit, UnitTree
from services.unit_hierarchies.shape import HierarchyBase, HierarchyShape


class TreeAdministration:
    """The administration as the rule of hierarchies asks for it."""

    def __init__(self, tree: UnitTree) -> None:
        self._tree = tree

    def above(self, unit_id: UUID) -> UUID | None:
        """Return the unit above in administration."""
        return self._tree.unit(unit_id).parent_id

    def level(self, unit_id: UUID) -> str:
        """Return the level of a unit."""
        return self._tree.unit(unit_id).level

    def holder(self, unit_id: UUID, day: date) -> UUID | None:
        """Return the unit, or the one that holds the whole of it; None: nobody."""
        unit = self._tree.unit(unit_id)
        if unit.in_force(day):
            return unit_id
        heirs = heirs_on(self._tree, unit, day)
        return heirs[0].unit.id if is_one(heirs) else None

    def days_of_succession(self, since: date) -> Iterable[date]:
        """Return the later days on which units end and pass to others."""
        ends = (unit.valid_to for unit in self._tree)
        return {end for end in ends if end is not None and end > since}


class HierarchyWalk:
    """One hierarchy on one day."""

    def __init__(self, shape: HierarchyShape, tree: UnitTree, day: date) -> None:
        self._shape = shape
        self._tree = tree
        self._day = day
        self._units = TreeAdministration(tree)

    def belongs(self, unit: Unit) -> bool:
        """Tell whether a unit is part of the hierarchy on the day."""
        return unit.in_force(self._day) and self._shape.holds(
            unit.id, self._units, self._day
        )

    def parent_id(self, unit: Unit) -> UUID | None:
        """Return the id of the unit above."""
        return self._shape.parent(unit.id, self._units, self._day)

    def ancestors(self, unit: Unit) -> list[Unit]:
        """Return the units above, the nearest first; none for a stranger.

        A line that runs into a ring ends there, see `ring_id`.
        """
        if not self.belongs(unit):
            return []
        above = self._shape.ancestors(unit.id, self._units, self._day)
        return [self._tree.unit(one) for one in above]

    def ring_id(self, unit: Unit) -> UUID | None:
        """Return the unit that would come again above one; None where the line ends.

        It is the unit itself where that stands in the ring.
        """
        return self._shape.ring(unit.id, self._units, self._day)

    def top(self) -> list[Unit]:
        """Return the units that have nobody above, by code."""
        return _in_order(self._under(None))

    def children(self, unit: Unit) -> list[Unit]:
        """Return the units directly below, by code; none for a stranger."""
        return _in_order(self._under(unit.id)) if self.belongs(unit) else []

    def _under(self, above: UUID | None) -> Iterator[Unit]:
        for unit in self._placed.get(above, ()):
            yield from self._shown(unit)
        if self._shape.base == HierarchyBase.ADMINISTRATION:
            for unit in self._standing_below(above):
                if unit.id not in self._moved:
                    yield from self._shown(unit)

    def _standing_below(self, above: UUID | None) -> Iterable[Unit]:
        if above is not None:
            return self._tree.children(above, self._day)
        roots = (unit for unit in self._tree if unit.parent_id is None)
        return (unit for unit in roots if unit.in_force(self._day))

    def _shown(self, unit: Unit) -> Iterator[Unit]:
        """Yield the unit; in place of one of a skipped level, those below it.

        A ring of skipped units is never entered: each has its one parent inside.
        """
        if self._shape.skips(unit.level, self._day):
            yield from self._under(unit.id)
        else:
            yield unit

    @cached_property
    def _moved(self) -> set[UUID]:
        """The units that stand elsewhere than in the base."""
        return {unit.id for placed in self._placed.values() for unit in placed}

    @cached_property
    def _placed(self) -> dict[UUID | None, list[Unit]]:
        """The placed units of the day by the unit that they stand under."""
        found: dict[UUID | None, list[Unit]] = {}
        for unit_id in self._shape.placings:
            unit = self._tree.get(unit_id)
            placing = self._shape.placing(unit_id, self._day)
            if unit is None or placing is None or not unit.in_force(self._day):
                continue
            above = placing.parent_id
            holder = None if above is None else self._units.holder(above, self._day)
            if holder in (None, unit_id) and above is not None:
                if self._shape.base == HierarchyBase.ADMINISTRATION:
                    continue  # nobody holds the parent: it stands as in the base
                holder = None
            found.setdefault(holder, []).append(unit)
        return found


def _in_order(units: Iterable[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: (unit.code, unit.path))
