"""Which facts about areas and reorganisations others see, and in which words."""

from collections.abc import Callable
from typing import Any, Final

from services.contracts.envelope import PublicEvent
from services.contracts.registry import area_events as events
from services.contracts.registry import reorganisation_events
from services.registry.domain.reorganisation import Reorganisation
from services.registry.domain.residential_area import ResidentialArea


def _registered(fact: ResidentialArea.Registered) -> PublicEvent:
    return events.ResidentialAreaRegisteredV1(
        area_id=fact.originator_id,
        unit_id=fact.unit_id,
        number=fact.number,
        kind=fact.kind,
        name=fact.name,
        registered_on=fact.registered_on,
        decision=fact.decision,
    )


def _renamed(fact: ResidentialArea.Renamed) -> PublicEvent:
    return events.ResidentialAreaRenamedV1(
        area_id=fact.originator_id,
        kind=fact.kind,
        name=fact.name,
        effective_on=fact.effective_on,
        decision=fact.decision,
    )


def _retyped(fact: ResidentialArea.Retyped) -> PublicEvent:
    return events.ResidentialAreaRetypedV1(
        area_id=fact.originator_id,
        kind=fact.kind,
        name=fact.name,
        effective_on=fact.effective_on,
        decision=fact.decision,
    )


def _ended(fact: ResidentialArea.Ended) -> PublicEvent:
    return events.ResidentialAreaEndedV1(
        area_id=fact.originator_id,
        ended_on=fact.ended_on,
        successors=tuple(
            events.AreaSuccessor(area_id=heir.area_id, whole=heir.whole)
            for heir in fact.heirs
        ),
        decision=fact.decision,
    )


def _figures_reported(fact: ResidentialArea.FiguresReported) -> PublicEvent:
    return events.ResidentialAreaFiguresReportedV1(
        area_id=fact.originator_id,
        counted_on=fact.counted_on,
        households=fact.households,
        people=fact.people,
    )


def _category_given(fact: ResidentialArea.CategoryGiven) -> PublicEvent:
    return events.ResidentialAreaCategoryGivenV1(
        area_id=fact.originator_id,
        category=fact.category,
        effective_on=fact.effective_on,
        decision=fact.decision,
    )


def _category_lifted(fact: ResidentialArea.CategoryLifted) -> PublicEvent:
    return events.ResidentialAreaCategoryLiftedV1(
        area_id=fact.originator_id,
        category=fact.category,
        effective_on=fact.effective_on,
        decision=fact.decision,
    )


def _reassigned(fact: ResidentialArea.Reassigned) -> PublicEvent:
    return events.ResidentialAreaReassignedV1(
        area_id=fact.originator_id,
        unit_id=fact.unit_id,
        effective_on=fact.effective_on,
        decision=fact.decision,
    )


def _reassignment_undone(fact: ResidentialArea.ReassignmentUndone) -> PublicEvent:
    return events.ResidentialAreaReassignmentUndoneV1(
        area_id=fact.originator_id,
        unit_id=fact.unit_id,
        effective_on=fact.effective_on,
    )


def _reorganisation_executed(fact: Reorganisation.Executed) -> PublicEvent:
    return reorganisation_events.ReorganisationExecutedV1(
        reorganisation_id=fact.originator_id,
        decree_number=fact.decree_number,
        effective_on=fact.effective_on,
        established=fact.established,
        abolished=fact.abolished,
        changed=fact.changed,
        forces_passed=len(fact.forces),
    )


def _reorganisation_undone(fact: Reorganisation.Undone) -> PublicEvent:
    return reorganisation_events.ReorganisationUndoneV1(
        reorganisation_id=fact.originator_id, reason=fact.reason.value
    )


PUBLIC_AREAS: Final[dict[type, Callable[[Any], PublicEvent]]] = {
    ResidentialArea.Registered: _registered,
    ResidentialArea.Renamed: _renamed,
    ResidentialArea.Retyped: _retyped,
    ResidentialArea.Ended: _ended,
    Reorganisation.Executed: _reorganisation_executed,
    Reorganisation.Undone: _reorganisation_undone,
    ResidentialArea.Reassigned: _reassigned,
    ResidentialArea.ReassignmentUndone: _reassignment_undone,
    ResidentialArea.FiguresReported: _figures_reported,
    ResidentialArea.CategoryGiven: _category_given,
    ResidentialArea.CategoryLifted: _category_lifted,
}
