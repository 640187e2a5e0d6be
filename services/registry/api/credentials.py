"""Routes about credentials and the member card; two of them are open to anybody."""

import dataclasses
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.chassis.http import command_route, query_route
from services.contracts.registry import credentials as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import credentials as verbs
from services.registry.verbs.making import WRITE


class CredentialsQuery(Request, frozen=True):
    """Credentials of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    member_id: UUID | None = None
    kind: shapes.CredentialKind | None = None
    only_held: bool = False
    first: First = 50
    after: Cursor | None = None


async def list_credentials(call: Call[CredentialsQuery]) -> shapes.CredentialList:
    """List the credentials of a unit's subtree."""
    asked = call.body
    body = shapes.CredentialsList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        member_id=asked.member_id,
        kind=asked.kind,
        only_held=asked.only_held,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.credentials_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.command(
    "/credentials",
    shapes.IssueCredential,
    verbs.credential_issue,
    shapes.CredentialRecorded,
    status=CREATED,
)
_routes.command(
    "/credentials/{credential_id}/replacement",
    shapes.ReplaceCredential,
    verbs.credential_replace,
    shapes.CredentialRecorded,
    status=CREATED,
)
_routes.command(
    "/credentials/{credential_id}/revocation",
    shapes.RevokeCredential,
    verbs.credential_revoke,
    shapes.CredentialRecorded,
)
_routes.query("/credentials", CredentialsQuery, list_credentials, shapes.CredentialList)
_routes.query(
    "/member-cards",
    shapes.MemberCardsGet,
    verbs.member_cards_get,
    shapes.MemberCardsAnswer,
    scope=WRITE,
)
# Anybody on the street may ask: a card must not stand in an address, so it is posted.
command_route(
    _routes.router,
    "/member-cards/check",
    shapes.MemberCardCheck,
    verbs.member_card_check,
    scope=None,
    response=shapes.MemberCardChecked,
    quiet=True,
    keyed=False,
)
query_route(
    _routes.router,
    "/member-cards/keys",
    shapes.MemberCardKeysGet,
    verbs.member_card_keys,
    scope=None,
    response=shapes.MemberCardKeys,
)

ROUTER: Final[APIRouter] = _routes.router
