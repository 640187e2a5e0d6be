"""claim.refuse: decide against a claim."""

from services.chassis.commands import Change
from services.contracts.registry.care import RefuseClaim
from services.registry.domain.support_claim import ClaimRefusal, SupportClaim
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.claim_steps import claim_step


def refuse_claim(command: RefuseClaim, given: Circumstances) -> Change[SupportClaim]:
    """Decide against a claim."""

    def step(claim: SupportClaim) -> None:
        claim.refuse(
            ClaimRefusal(command.ground),
            command.decision_number,
            on=command.refused_on,
            today=given.today,
        )

    return claim_step(command.claim_id, given, step)
