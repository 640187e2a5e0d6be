"""member.cease: end one person's service in a force unit."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.chassis.commands import JointChange
from services.contracts.registry.members import CeaseMember, MemberCeased
from services.registry.domain import force_endings
from services.registry.domain.cessation import Cessation, cessation_of
from services.registry.domain.cessation_rules import CessationPapers
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.values import Ground
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.papers import maybe_decision, maybe_evidence


def cease_member(command: CeaseMember, given: Circumstances) -> JointChange:
    """Decide on the end of a service; an open proposal is closed by it.

    What was proved with the proposal need not be proved again.
    """
    ground = Ground(command.ground)
    cessation_id = cessation_of(command.member_id)

    def decide(
        found: Mapping[UUID, Any],
    ) -> tuple[list[ForceUnit | Cessation], MemberCeased]:
        force_unit = given.mine(found.get(command.force_unit_id), command.force_unit_id)
        case: Cessation | None = found.get(cessation_id)
        proposal = case if case is not None and case.is_open else None
        papers = CessationPapers(
            maybe_decision(command.decision),
            maybe_evidence(command.evidence)
            or (proposal.evidence if proposal is not None else None),
            command.expected_version,
        )
        force_endings.cease(
            force_unit,
            command.member_id,
            on=command.ceased_on,
            ground=ground,
            today=given.today,
            papers=papers,
        )
        changed: list[ForceUnit | Cessation] = [force_unit]
        if proposal is not None:
            decision = papers.decision
            proposal.decide(
                ground,
                decided_on=decision.decided_on if decision else command.ceased_on,
                ceased_on=command.ceased_on,
            )
            changed.append(proposal)
        return changed, MemberCeased(member_id=command.member_id)

    return JointChange(loads=(command.force_unit_id, cessation_id), decide=decide)
