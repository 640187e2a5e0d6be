"""Routes about rights that are handed on."""

import dataclasses
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import access as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import access as verbs


class AccessListQuery(Request, frozen=True):
    """Grants in a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    on: date | None = None
    first: First = 50
    after: Cursor | None = None


class WhoCanSeeQuery(AccessListQuery, frozen=True):
    """Who reaches a unit, as a query string."""

    scope: shapes.ScopeCode | None = None


async def list_access(call: Call[AccessListQuery]) -> shapes.GrantList:
    """List the grants in a unit's subtree."""
    asked = call.body
    body = shapes.AccessList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        on=asked.on,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.access_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


async def who_can_see(call: Call[WhoCanSeeQuery]) -> shapes.GrantList:
    """Tell who reaches a unit by a grant: from it, from above, or as its heir."""
    asked = call.body
    body = shapes.WhoCanSee(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        scope=asked.scope,
        on=asked.on,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.access_who(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


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
    "/access-grants", AccessListQuery, list_access, shapes.GrantList, scope=verbs.READ
)
_routes.query(
    "/who-can-see", WhoCanSeeQuery, who_can_see, shapes.GrantList, scope=verbs.READ
)

ROUTER: Final[APIRouter] = _routes.router
