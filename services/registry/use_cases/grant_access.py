"""access.grant: hand a role on to another account, for some days."""

from collections.abc import Sequence

from services.access_directory.holdings import held_over
from services.chassis.commands import Change
from services.chassis.identity import Holding
from services.chassis.ids import new_id
from services.contracts.registry.access import AccessGranted, GrantAccess
from services.registry.domain.access_errors import RoleUnknown
from services.registry.domain.access_grant import AccessGrant, GrantTerms
from services.registry.domain.roles import ROLES
from services.registry.use_cases.circumstances import Circumstances
from services.unit_directory.rights import roots_over


def grant_access(
    command: GrantAccess, given: Circumstances, holdings: Sequence[Holding]
) -> Change[AccessGrant]:
    """Decide on handing a role on; ``holdings`` are the giver's."""
    role = ROLES.get(command.role)
    if role is None:
        raise RoleUnknown(field="$.role", role=command.role)
    unit = given.unit_of_fact(command.unit, max(command.first_day, given.today))
    held = held_over(holdings, roots_over(given.units, unit.id, given.today))
    grant_id = new_id()
    terms = GrantTerms(
        command.subject, role, unit.id, unit.path, command.first_day, command.last_day
    )

    def decide(_: AccessGrant | None) -> tuple[AccessGrant, AccessGranted]:
        grant = AccessGrant.grant(
            grant_id,
            terms,
            giver=given.caller.subject,
            held=held,
            today=given.today,
        )
        return grant, AccessGranted(grant_id=grant_id, needs_approval=role.sensitive)

    return Change(
        aggregate_type=AccessGrant, aggregate_id=grant_id, decide=decide, is_new=True
    )
