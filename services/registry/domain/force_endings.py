"""How a service ends, and how a force ends with all services in it."""

from datetime import date
from uuid import UUID

from services.registry.domain.cessation_rules import (
    NO_PAPERS,
    CessationPapers,
    refuse_papers,
)
from services.registry.domain.days import refuse_future
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.values import Ground


def cease(
    force_unit: ForceUnit,
    member_id: UUID,
    *,
    on: date,
    ground: Ground,
    today: date,
    papers: CessationPapers = NO_PAPERS,
) -> None:
    """End a service on a day. Raises as `Roster.refuse_end`, `refuse_papers` do."""
    force_unit.roster.refuse_end(member_id, on, papers.expected_version, today)
    refuse_papers(force_unit.force_type, on, ground, papers, today)
    _cease(force_unit, member_id, on, ground, papers)


def disband(force_unit: ForceUnit, *, on: date, today: date) -> int:
    """End the force and all services, and count them. Raises as these do."""
    ceased = end_services(force_unit, on=on, today=today, field="$.disbanded_on")
    force_unit.trigger_event(
        ForceUnit.Disbanded,
        force_type=force_unit.force_type,
        disbanded_on=on,
        **force_unit.homes.of_fact(on),
    )
    return ceased


def end_services(force_unit: ForceUnit, *, on: date, today: date, field: str) -> int:
    """End all services by law. Raises DayInFuture, DisbandedBeforeItsFacts."""
    force_unit.refuse_disbanded()
    refuse_future(on, today, field)
    force_unit.roster.refuse_end_before_facts(force_unit.established_on, on, field)
    serving = list(force_unit.roster.still_serving())
    for member_id in serving:
        _cease(force_unit, member_id, on, Ground.LAW, NO_PAPERS)
    return len(serving)


def _cease(
    force_unit: ForceUnit,
    member_id: UUID,
    on: date,
    ground: Ground,
    papers: CessationPapers,
) -> None:
    force_unit.trigger_event(
        ForceUnit.MemberCeased,
        member_id=member_id,
        force_type=force_unit.force_type,
        ceased_on=on,
        ground=ground.value,
        decision=papers.decision,
        evidence=papers.evidence,
        version=force_unit.roster[member_id].version + 1,
        **force_unit.homes.of_fact(on),
    )
