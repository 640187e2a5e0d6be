"""Routes about rights that are handed on."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import access as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import access as verbs

_routes = Routes()
_routes.command(
    "/access-grants",
    shapes.GrantAccess,
    verbs.access_grant,
    shapes.AccessGranted,
    status=CREATED,
    scope=verbs.GRANT,
)
_routes.command(
    "/access-grants/{grant_id}/approval",
    shapes.ApproveAccess,
    verbs.access_approve,
    shapes.AccessChanged,
    scope=verbs.APPROVE,
)
_routes.command(
    "/access-grants/{grant_id}/revocation",
    shapes.RevokeAccess,
    verbs.access_revoke,
    shapes.AccessChanged,
    scope=verbs.GRANT,
)
_routes.query(
    "/access-roles",
    shapes.AccessRoles,
    verbs.access_roles,
    shapes.AccessRolesAnswer,
    scope=verbs.READ,
)
_routes.query(
    "/access-grants",
    shapes.AccessList,
    verbs.access_list,
    shapes.GrantList,
    scope=verbs.READ,
)
_routes.query(
    "/who-can-see",
    shapes.WhoCanSee,
    verbs.access_who,
    shapes.GrantList,
    scope=verbs.READ,
)
_routes.query(
    "/my-rights", shapes.AccessMine, verbs.access_mine, shapes.MyRights, scope=None
)

ROUTER: Final[APIRouter] = _routes.router
