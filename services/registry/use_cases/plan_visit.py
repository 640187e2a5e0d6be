"""visit.plan: plan the visit that is owed after what befell a member on duty."""

from typing import Final
from uuid import UUID, uuid5

from services.chassis.commands import Change
from services.contracts.registry.care import PlanVisit, VisitMoved
from services.registry.domain.care_errors import VisitAlreadyPlanned
from services.registry.domain.support_claim import CareOccasion
from services.registry.domain.welfare_visit import WelfareVisit
from services.registry.read_models.served_members import ServedMember
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.own_members import own_member, sufferer

_NAMESPACE: Final = UUID("c6a7f0a4-58a2-5bd5-8c44-4b1e3a3f6d03")


def plan_visit(
    command: PlanVisit, given: Circumstances, member: ServedMember | None
) -> Change[WelfareVisit]:
    """Decide on a visit; member, occasion and day are its name."""
    occurrence = f"{command.member_id}:{command.occasion}:{command.occurred_on}"
    visit_id = uuid5(_NAMESPACE, occurrence)

    def decide(found: WelfareVisit | None) -> tuple[WelfareVisit, VisitMoved]:
        who = sufferer(own_member(given, member, command.member_id))
        if found is not None:
            raise VisitAlreadyPlanned(visit_id=visit_id)
        visit = WelfareVisit.plan(
            visit_id,
            who,
            CareOccasion(command.occasion),
            occurred_on=command.occurred_on,
            today=given.today,
        )
        return visit, VisitMoved(visit_id=visit_id, state=visit.state.value)

    return Change(aggregate_type=WelfareVisit, aggregate_id=visit_id, decide=decide)
