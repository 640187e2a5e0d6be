"""From what the registry tells of a hierarchy to its shape; pure."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from services.contracts.envelope import PublicEvent
from services.contracts.registry.hierarchy_events import (
    HierarchyDefinedV1,
    HierarchyEndedV1,
    HierarchyLevelSkippedV1,
    HierarchyLevelSkipWithdrawnV1,
    HierarchyPlacingWithdrawnV1,
    HierarchyUnitPlacedV1,
    HierarchyUnitReturnedV1,
)
from services.unit_hierarchies.shape import HierarchyBase, HierarchyShape, Placing

HIERARCHY_EVENTS: Final[tuple[type[PublicEvent], ...]] = (
    HierarchyDefinedV1,
    HierarchyLevelSkippedV1,
    HierarchyLevelSkipWithdrawnV1,
    HierarchyUnitPlacedV1,
    HierarchyUnitReturnedV1,
    HierarchyPlacingWithdrawnV1,
    HierarchyEndedV1,
)


class KnownHierarchy(NamedTuple):
    """A hierarchy as its facts make it, with its life and how many they are."""

    shape: HierarchyShape
    valid_from: date | None
    valid_to: date | None
    facts: int

    def exists(self, day: date) -> bool:
        """Tell whether the hierarchy exists on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)


ADMINISTRATION: Final = KnownHierarchy(
    HierarchyShape(HierarchyBase.ADMINISTRATION, {}, {}), None, None, 0
)


def hierarchy_of(told: Iterable[PublicEvent]) -> KnownHierarchy:
    """Fold the facts of one hierarchy, in their order."""
    base, valid_from, valid_to = HierarchyBase.ADMINISTRATION, None, None
    skipped: dict[str, date] = {}
    placings: dict[UUID, tuple[Placing, ...]] = {}
    facts = 0
    for fact in told:
        facts += 1
        match fact:
            case HierarchyDefinedV1():
                base, valid_from = HierarchyBase(fact.base), fact.valid_from
            case HierarchyEndedV1():
                valid_to = fact.ended_on
            case HierarchyLevelSkippedV1():
                skipped[fact.level] = fact.effective_on
            case HierarchyLevelSkipWithdrawnV1():
                skipped.pop(fact.level, None)
            case _:
                _move(placings, fact)
    shape = HierarchyShape(base, skipped, placings)
    return KnownHierarchy(shape, valid_from, valid_to, facts)


def _move(placings: dict[UUID, tuple[Placing, ...]], fact: PublicEvent) -> None:
    match fact:
        case HierarchyUnitPlacedV1(unit_id=which, parent_id=above, effective_on=day):
            placings[which] = (*placings.get(which, ()), Placing(day, above, False))  # noqa: FBT003 - a tuple's place
        case HierarchyUnitReturnedV1(unit_id=which, effective_on=day):
            placings[which] = (*placings.get(which, ()), Placing(day, None, True))  # noqa: FBT003 - a tuple's place
        case HierarchyPlacingWithdrawnV1(unit_id=which):
            placings[which] = placings.get(which, ())[:-1]
