"""force_unit.post_decision: record where a decision about members was posted."""

from services.chassis.commands import Change
from services.contracts.registry.service_life import DecisionPosted, PostDecision
from services.registry.domain import force_service
from services.registry.domain.decision import Posting
from services.registry.domain.force_unit import ForceUnit
from services.registry.use_cases.circumstances import Circumstances


def post_decision(command: PostDecision, given: Circumstances) -> Change[ForceUnit]:
    """Decide on a posting: with it recognition, post or cessation is complete."""

    def decide(found: ForceUnit | None) -> tuple[ForceUnit, DecisionPosted]:
        force_unit = given.mine(found, command.force_unit_id)
        force_service.post_decision(
            force_unit,
            command.number,
            command.decided_on,
            Posting(command.place, command.posted_on),
            today=given.today,
        )
        return force_unit, DecisionPosted(force_unit_id=command.force_unit_id)

    return Change(
        aggregate_type=ForceUnit, aggregate_id=command.force_unit_id, decide=decide
    )
