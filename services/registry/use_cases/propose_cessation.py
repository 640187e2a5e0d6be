"""member.propose_cessation: propose that a service should end, with its papers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.chassis.commands import JointChange
from services.contracts.registry.service_life import CessationMoved, ProposeCessation
from services.registry.domain.cessation import (
    Cessation,
    Membership,
    Proposal,
    cessation_of,
)
from services.registry.domain.member_law import law_on
from services.registry.domain.service_errors import CessationNotForeseen
from services.registry.domain.values import Ground
from services.registry.domain.working_days import Deadline
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.papers import evidence_in


def propose_cessation(command: ProposeCessation, given: Circumstances) -> JointChange:
    """Decide on a proposal about somebody who serves.

    Raises CessationNotForeseen where the law of the day knows no such way.
    """
    cessation_id = cessation_of(command.member_id)
    proposal = Proposal(
        Ground(command.ground), evidence_in(command.evidence), command.proposed_on
    )

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Cessation], CessationMoved]:
        force_unit = given.mine(found.get(command.force_unit_id), command.force_unit_id)
        force_unit.roster.serving(command.member_id)
        law = law_on(force_unit.force_type, command.proposed_on)
        if law is None:
            raise CessationNotForeseen(
                field="$.proposed_on",
                force_type=force_unit.force_type,
                day=command.proposed_on,
            )
        case: Cessation | None = found.get(cessation_id)
        if case is None:
            home = force_unit.homes.on(given.today)
            about = Membership(
                command.member_id, force_unit.id, home.unit_id, home.path
            )
            case = Cessation.propose(about, proposal, law, today=given.today)
        else:
            case.propose_again(proposal, law, today=given.today)
        reply = CessationMoved(
            cessation_id=cessation_id,
            member_id=command.member_id,
            due_on=Deadline(command.proposed_on, law.report_days).due_on
            if proposal.ground is Ground.OWN_REQUEST
            else None,
        )
        return [case], reply

    return JointChange(loads=(command.force_unit_id, cessation_id), decide=decide)
