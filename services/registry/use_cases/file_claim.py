"""claim.file: begin a claim for support after what befell a member on duty."""

from typing import Final
from uuid import UUID, uuid5

from services.chassis.commands import Change
from services.contracts.registry.care import ClaimMoved, FileClaim
from services.registry.domain.care_errors import ClaimAlreadyFiled
from services.registry.domain.support_claim import CareOccasion, SupportClaim
from services.registry.read_models.served_members import ServedMember
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.claim_steps import items_of, moved
from services.registry.use_cases.own_members import own_member, sufferer

_NAMESPACE: Final = UUID("1d0f0c0a-2a35-5f52-8f0b-90b3f2d6a902")


def file_claim(
    command: FileClaim, given: Circumstances, member: ServedMember | None
) -> Change[SupportClaim]:
    """Decide on a claim; member, kind and day are its name: none comes twice."""
    occurrence = f"{command.member_id}:{command.kind}:{command.occurred_on}"
    claim_id = uuid5(_NAMESPACE, occurrence)

    def decide(found: SupportClaim | None) -> tuple[SupportClaim, ClaimMoved]:
        who = sufferer(own_member(given, member, command.member_id))
        if found is not None:
            raise ClaimAlreadyFiled(claim_id=claim_id)
        claim = SupportClaim.file(
            claim_id,
            who,
            CareOccasion(command.kind),
            items_of(command.items),
            occurred_on=command.occurred_on,
            filed_on=command.filed_on,
            today=given.today,
        )
        return claim, moved(claim)

    return Change(aggregate_type=SupportClaim, aggregate_id=claim_id, decide=decide)
