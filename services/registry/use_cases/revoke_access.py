"""access.revoke: take a grant back from today on."""

from services.chassis.commands import Change
from services.contracts.registry.access import AccessChanged, RevokeAccess
from services.registry.domain.access_grant import AccessGrant, RevocationReason
from services.registry.use_cases.circumstances import Circumstances


def revoke_access(command: RevokeAccess, given: Circumstances) -> Change[AccessGrant]:
    """Decide on taking a grant back."""

    def decide(found: AccessGrant | None) -> tuple[AccessGrant, AccessChanged]:
        grant = given.my_grant(found, command.grant_id)
        reason = RevocationReason(command.reason)
        grant.revoke(given.caller.subject, reason, today=given.today)
        return grant, AccessChanged(grant_id=command.grant_id)

    return Change(
        aggregate_type=AccessGrant, aggregate_id=command.grant_id, decide=decide
    )
