"""Which facts about the homes of forces others see, and in which words."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from services.contracts.envelope import PublicEvent
from services.contracts.registry import force_events as events
from services.registry.domain.force_homes import LaterHome
from services.registry.domain.force_unit import ForceUnit, LaterCount


def later_homes(homes: Iterable[LaterHome]) -> tuple[events.LaterHome, ...]:
    """Return to where the force of a fact passes later."""
    return tuple(
        events.LaterHome(since=home.since, unit_id=home.unit_id) for home in homes
    )


def _passed_on(fact: ForceUnit.PassedOn) -> PublicEvent:
    return events.ForceUnitPassedOnV1(
        force_unit_id=fact.originator_id,
        force_type=fact.force_type,
        from_unit_id=fact.from_unit_id,
        unit_id=fact.unit_id,
        passed_on=fact.passed_on,
        decision=fact.decision,
        reorganisation_id=fact.reorganisation_id,
        force_units=fact.force_units,
        members=fact.members,
        later=_counts(fact.later),
    )


def _passing_undone(fact: ForceUnit.PassingUndone) -> PublicEvent:
    return events.ForceUnitPassingUndoneV1(
        force_unit_id=fact.originator_id,
        force_type=fact.force_type,
        from_unit_id=fact.from_unit_id,
        unit_id=fact.unit_id,
        passed_on=fact.passed_on,
        reorganisation_id=fact.reorganisation_id,
        force_units=fact.force_units,
        members=fact.members,
        later=_counts(fact.later),
    )


def _counts(later: Iterable[LaterCount]) -> tuple[events.LaterCount, ...]:
    return tuple(
        events.LaterCount(day=one.day, force_units=one.force_units, members=one.members)
        for one in later
    )


PUBLIC_PASSINGS: Final[dict[type, Callable[[Any], PublicEvent]]] = {
    ForceUnit.PassedOn: _passed_on,
    ForceUnit.PassingUndone: _passing_undone,
}
