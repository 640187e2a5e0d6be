"""What the registry publishes about named hierarchies, so that others may roll up."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from services.contracts.envelope import PublicEvent


class HierarchyDefinedV1(PublicEvent, frozen=True, kw_only=True):
    """A named order of units exists from `valid_from` (None: always)."""

    TYPE: ClassVar[str] = "registry.hierarchy.defined.v1"

    hierarchy_id: UUID
    code: str
    name: str
    base: str  # administration | placements
    owner_id: UUID
    valid_from: date | None
    decision: str | None = None
    decided_on: date | None = None


class HierarchyLevelSkippedV1(PublicEvent, frozen=True, kw_only=True):
    """The hierarchy does without a level: those below it stand under what is above."""

    TYPE: ClassVar[str] = "registry.hierarchy.level_skipped.v1"

    hierarchy_id: UUID
    level: str
    effective_on: date
    decision: str | None = None
    decided_on: date | None = None


class HierarchyLevelSkipWithdrawnV1(PublicEvent, frozen=True, kw_only=True):
    """A skip was recorded wrongly: the level counts as if it had never been."""

    TYPE: ClassVar[str] = "registry.hierarchy.level_skip_withdrawn.v1"

    hierarchy_id: UUID
    level: str


class HierarchyUnitPlacedV1(PublicEvent, frozen=True, kw_only=True):
    """A unit stands under another one (None: at the top) from a day on."""

    TYPE: ClassVar[str] = "registry.hierarchy.unit_placed.v1"

    hierarchy_id: UUID
    unit_id: UUID
    parent_id: UUID | None
    effective_on: date
    decision: str | None = None
    decided_on: date | None = None


class HierarchyUnitReturnedV1(PublicEvent, frozen=True, kw_only=True):
    """A unit stands as in the base again, from a day on."""

    TYPE: ClassVar[str] = "registry.hierarchy.unit_returned.v1"

    hierarchy_id: UUID
    unit_id: UUID
    effective_on: date
    decision: str | None = None
    decided_on: date | None = None


class HierarchyPlacingWithdrawnV1(PublicEvent, frozen=True, kw_only=True):
    """The last change of a unit's place was recorded wrongly and counts no more."""

    TYPE: ClassVar[str] = "registry.hierarchy.placing_withdrawn.v1"

    hierarchy_id: UUID
    unit_id: UUID
    effective_on: date


class HierarchyEndedV1(PublicEvent, frozen=True, kw_only=True):
    """The hierarchy ended; `ended_on` is its first day without."""

    TYPE: ClassVar[str] = "registry.hierarchy.ended.v1"

    hierarchy_id: UUID
    ended_on: date
    decision: str | None = None
    decided_on: date | None = None
