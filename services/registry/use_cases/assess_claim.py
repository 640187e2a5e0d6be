"""claim.assess: propose an amount on a whole dossier."""

from services.chassis.commands import Change
from services.contracts.registry.care import AssessClaim
from services.registry.domain.support_claim import SupportClaim
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.claim_steps import claim_step


def assess_claim(command: AssessClaim, given: Circumstances) -> Change[SupportClaim]:
    """Decide on an assessment."""

    def step(claim: SupportClaim) -> None:
        claim.assess(command.amount, on=command.assessed_on, today=given.today)

    return claim_step(command.claim_id, given, step)
