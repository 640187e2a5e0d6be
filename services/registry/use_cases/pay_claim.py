"""claim.pay: record that the approved amount was paid."""

from services.chassis.commands import Change
from services.contracts.registry.care import PayClaim
from services.registry.domain.support_claim import SupportClaim
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.claim_steps import claim_step


def pay_claim(command: PayClaim, given: Circumstances) -> Change[SupportClaim]:
    """Decide on a payment."""

    def step(claim: SupportClaim) -> None:
        claim.pay(command.amount, on=command.paid_on, today=given.today)

    return claim_step(command.claim_id, given, step)
