"""How a step of a claim is decided: the caller's own claim, the step, the answer."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from services.chassis.commands import Change
from services.contracts.registry.care import ClaimMoved, DossierItem
from services.registry.domain.care_errors import ClaimUnknown
from services.registry.domain.support_claim import SupportClaim
from services.registry.use_cases.circumstances import Circumstances


def claim_step(
    claim_id: UUID, given: Circumstances, step: Callable[[SupportClaim], None]
) -> Change[SupportClaim]:
    """Decide on a step; another area's claim looks absent. Raises ClaimUnknown."""

    def decide(found: SupportClaim | None) -> tuple[SupportClaim, ClaimMoved]:
        if found is None or not given.reaches(found.unit_id, "support_claim"):
            raise ClaimUnknown(field="$.claim_id", claim_id=claim_id)
        step(found)
        return found, moved(found)

    return Change(aggregate_type=SupportClaim, aggregate_id=claim_id, decide=decide)


def moved(claim: SupportClaim) -> ClaimMoved:
    """Return where a claim stands now."""
    return ClaimMoved(claim_id=claim.id, state=claim.state.value, missing=claim.missing)


def items_of(items: Iterable[DossierItem]) -> dict[str, date]:
    """Return the papers by code."""
    return {item.code: item.received_on for item in items}
