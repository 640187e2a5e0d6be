"""claim.withdraw: end a claim that is not decided yet."""

from services.chassis.commands import Change
from services.contracts.registry.care import WithdrawClaim
from services.registry.domain.support_claim import SupportClaim
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.claim_steps import claim_step


def withdraw_claim(
    command: WithdrawClaim, given: Circumstances
) -> Change[SupportClaim]:
    """Decide on a withdrawal."""

    def step(claim: SupportClaim) -> None:
        claim.withdraw(on=command.withdrawn_on, today=given.today)

    return claim_step(command.claim_id, given, step)
