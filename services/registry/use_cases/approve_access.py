"""access.approve: let a sensitive grant count, as a second person."""

from services.chassis.commands import Change
from services.contracts.registry.access import AccessChanged, ApproveAccess
from services.registry.domain.access_grant import AccessGrant
from services.registry.use_cases.circumstances import Circumstances


def approve_access(command: ApproveAccess, given: Circumstances) -> Change[AccessGrant]:
    """Decide on the second person's word."""

    def decide(found: AccessGrant | None) -> tuple[AccessGrant, AccessChanged]:
        grant = given.my_grant(found, command.grant_id)
        grant.approve(given.caller.subject)
        return grant, AccessChanged(grant_id=command.grant_id)

    return Change(
        aggregate_type=AccessGrant, aggregate_id=command.grant_id, decide=decide
    )
