"""Which facts about handed-on rights other services see, and in which words."""

from collections.abc import Callable
from typing import Any, Final

from services.contracts.envelope import PublicEvent
from services.contracts.registry import access_events as events
from services.registry.domain.access_grant import AccessGrant
from services.registry.domain.roles import scopes_given


def _granted(fact: AccessGrant.Granted) -> PublicEvent:
    return events.AccessGrantedV1(
        grant_id=fact.originator_id,
        subject=fact.subject,
        role=fact.role,
        scopes=scopes_given(fact.role, fact.scopes),
        unit_id=fact.unit_id,
        first_day=fact.first_day,
        last_day=fact.last_day,
        needs_approval=fact.needs_approval,
    )


def _approved(fact: AccessGrant.Approved) -> PublicEvent:
    return events.AccessApprovedV1(grant_id=fact.originator_id)


def _revoked(fact: AccessGrant.Revoked) -> PublicEvent:
    return events.AccessRevokedV1(
        grant_id=fact.originator_id, revoked_on=fact.revoked_on
    )


PUBLIC_ACCESS: Final[dict[type, Callable[[Any], PublicEvent]]] = {
    AccessGrant.Granted: _granted,
    AccessGrant.Approved: _approved,
    AccessGrant.Revoked: _revoked,
}
