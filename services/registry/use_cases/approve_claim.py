"""claim.approve: decide for a claim, by the provincial resolution on amounts."""

from services.chassis.commands import Change
from services.contracts.registry.care import ApproveClaim
from services.registry.domain.support_claim import Award, SupportClaim
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.claim_steps import claim_step


def approve_claim(command: ApproveClaim, given: Circumstances) -> Change[SupportClaim]:
    """Decide for a claim."""

    def step(claim: SupportClaim) -> None:
        award = Award(command.amount, command.basis, command.decision_number)
        claim.approve(award, on=command.approved_on, today=given.today)

    return claim_step(command.claim_id, given, step)
