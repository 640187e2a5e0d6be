"""claim.complete: take in the papers that a claim lacked."""

from services.chassis.commands import Change
from services.contracts.registry.care import CompleteClaim
from services.registry.domain.support_claim import SupportClaim
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.claim_steps import claim_step, items_of


def complete_claim(
    command: CompleteClaim, given: Circumstances
) -> Change[SupportClaim]:
    """Decide on further papers."""

    def step(claim: SupportClaim) -> None:
        claim.complete(
            items_of(command.items), on=command.completed_on, today=given.today
        )

    return claim_step(command.claim_id, given, step)
