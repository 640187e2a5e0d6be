"""Which facts about named hierarchies others see, and in which words."""

from collections.abc import Callable
from typing import Any, Final

from services.contracts.envelope import PublicEvent
from services.contracts.registry import hierarchy_events as events
from services.registry.domain.hierarchy import Hierarchy


def _defined(fact: Hierarchy.Defined) -> PublicEvent:
    return events.HierarchyDefinedV1(
        hierarchy_id=fact.originator_id,
        code=fact.code,
        name=fact.name,
        base=fact.base,
        owner_id=fact.owner_id,
        valid_from=fact.valid_from,
        decision=fact.decision,
        decided_on=fact.decided_on,
    )


def _level_skipped(fact: Hierarchy.LevelSkipped) -> PublicEvent:
    return events.HierarchyLevelSkippedV1(
        hierarchy_id=fact.originator_id,
        level=fact.level,
        effective_on=fact.effective_on,
        decision=fact.decision,
        decided_on=fact.decided_on,
    )


def _level_skip_withdrawn(fact: Hierarchy.LevelSkipWithdrawn) -> PublicEvent:
    return events.HierarchyLevelSkipWithdrawnV1(
        hierarchy_id=fact.originator_id, level=fact.level
    )


def _unit_placed(fact: Hierarchy.UnitPlaced) -> PublicEvent:
    return events.HierarchyUnitPlacedV1(
        hierarchy_id=fact.originator_id,
        unit_id=fact.unit_id,
        parent_id=fact.parent_id,
        effective_on=fact.effective_on,
        decision=fact.decision,
        decided_on=fact.decided_on,
    )


def _unit_returned(fact: Hierarchy.UnitReturned) -> PublicEvent:
    return events.HierarchyUnitReturnedV1(
        hierarchy_id=fact.originator_id,
        unit_id=fact.unit_id,
        effective_on=fact.effective_on,
        decision=fact.decision,
        decided_on=fact.decided_on,
    )


def _placing_withdrawn(fact: Hierarchy.PlacingWithdrawn) -> PublicEvent:
    return events.HierarchyPlacingWithdrawnV1(
        hierarchy_id=fact.originator_id,
        unit_id=fact.unit_id,
        effective_on=fact.effective_on,
    )


def _ended(fact: Hierarchy.Ended) -> PublicEvent:
    return events.HierarchyEndedV1(
        hierarchy_id=fact.originator_id,
        ended_on=fact.ended_on,
        decision=fact.decision,
        decided_on=fact.decided_on,
    )


PUBLIC_HIERARCHIES: Final[dict[type, Callable[[Any], PublicEvent]]] = {
    Hierarchy.Defined: _defined,
    Hierarchy.LevelSkipped: _level_skipped,
    Hierarchy.LevelSkipWithdrawn: _level_skip_withdrawn,
    Hierarchy.UnitPlaced: _unit_placed,
    Hierarchy.UnitReturned: _unit_returned,
    Hierarchy.PlacingWithdrawn: _placing_withdrawn,
    Hierarchy.Ended: _ended,
}
