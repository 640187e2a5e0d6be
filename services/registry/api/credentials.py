"""Routes about credentials and the member card; two of them are open to anybody."""

from typing import Final

from fastapi import APIRouter

from services.chassis.http import command_route, query_route
from services.contracts.registry import credentials as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import credentials as verbs
from services.registry.verbs.making import WRITE

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
_routes.query(
    "/credentials",
    shapes.CredentialsList,
    verbs.credentials_list,
    shapes.CredentialList,
)
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
