"""claim.return: ask for the papers that a claim lacks."""

from services.chassis.commands import Change
from services.contracts.registry.care import ReturnClaim
from services.registry.domain.support_claim import SupportClaim
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.claim_steps import claim_step


def return_claim(command: ReturnClaim, given: Circumstances) -> Change[SupportClaim]:
    """Decide that a claim is incomplete."""

    def step(claim: SupportClaim) -> None:
        claim.find_incomplete(on=command.found_on, today=given.today)

    return claim_step(command.claim_id, given, step)
