"""Which unit stands above which in a named hierarchy on a day: the rule alone.

The aggregate refuses cycles by it, the readers walk by it.
"""

import enum
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, Protocol
from uuid import UUID


class HierarchyBase(enum.StrEnum):
    """Where a unit stands that was not placed: as in administration, or nowhere."""

    ADMINISTRATION = "administration"
    PLACEMENTS = "placements"


class Placing(NamedTuple):
    """A unit under another one from a day on; `returned` ends that."""

    effective_on: date
    parent_id: UUID | None
    returned: bool


class Administration(Protocol):
    """What a hierarchy has to know of the units on a day."""

    def above(self, unit_id: UUID) -> UUID | None:
        """Return the unit above in administration."""

    def level(self, unit_id: UUID) -> str:
        """Return the level of a unit."""

    def holder(self, unit_id: UUID, day: date) -> UUID | None:
        """Return the unit, or the one that holds the whole of it; None: nobody."""

    def days_of_succession(self, since: date) -> Iterable[date]:
        """Return the later days on which units end and pass to others."""


class HierarchyShape(NamedTuple):
    """Skipped levels and placed units; everything else stands as in the base."""

    base: HierarchyBase
    skipped: Mapping[str, date]
    placings: Mapping[UUID, tuple[Placing, ...]]

    def skips(self, level: str, day: date) -> bool:
        """Tell whether the hierarchy does without a level on a day."""
        since = self.skipped.get(level)
        return since is not None and since <= day

    def placing(self, unit_id: UUID, day: date) -> Placing | None:
        """Return how a unit is placed on a day; None where it was not, or returned."""
        last = None
        for placing in self.placings.get(unit_id, ()):
            if placing.effective_on <= day:
                last = placing
        return None if last is None or last.returned else last

    def holds(self, unit_id: UUID, units: Administration, day: date) -> bool:
        """Tell whether a unit is part of the hierarchy on a day."""
        if self.skips(units.level(unit_id), day):
            return False
        follows_base = self.base == HierarchyBase.ADMINISTRATION
        return follows_base or self.placing(unit_id, day) is not None

    def parent(self, unit_id: UUID, units: Administration, day: date) -> UUID | None:
        """Return the unit above on a day, past the skipped levels.

        Whoever holds the whole of an ended parent takes its place; where nobody does,
        the unit stands as in the base.
        """
        seen = {unit_id}
        above = self._next(unit_id, units, day)
        while above is not None and self.skips(units.level(above), day):
            if above in seen:
                return None
            seen.add(above)
            above = self._next(above, units, day)
        return above

    def _next(self, unit_id: UUID, units: Administration, day: date) -> UUID | None:
        placing = self.placing(unit_id, day)
        if placing is not None:
            if placing.parent_id is None:
                return None
            holder = units.holder(placing.parent_id, day)
            if holder is not None and holder != unit_id:
                return holder
        if self.base == HierarchyBase.PLACEMENTS:
            return None
        return units.above(unit_id)

    def ancestors(
        self, unit_id: UUID, units: Administration, day: date
    ) -> Iterator[UUID]:
        """Yield the units above on a day, the nearest first.

        Ends where a later merger of units closes a ring: no walk goes on for ever.
        """
        seen = {unit_id}
        above = self.parent(unit_id, units, day)
        while above is not None and above not in seen:
            seen.add(above)
            yield above
            above = self.parent(above, units, day)

    def ring(self, unit_id: UUID, units: Administration, day: date) -> UUID | None:
        """Return the unit that comes again above a unit; None where its line ends."""
        seen = {unit_id}
        above = self.parent(unit_id, units, day)
        while above is not None and above not in seen:
            seen.add(above)
            above = self.parent(above, units, day)
        return above

    def closes_ring(self, unit_id: UUID, units: Administration, day: date) -> bool:
        """Tell whether a unit stands above itself on a day."""
        return self.ring(unit_id, units, day) == unit_id

    def days_of_change(self, since: date) -> list[date]:
        """Return the day, and each later one on which anything of the shape changes."""
        changes = {p.effective_on for placed in self.placings.values() for p in placed}
        changes.update(self.skipped.values())
        return [since, *sorted(day for day in changes if day > since)]
