"""The HTTP door: which path leads to which handler; OpenAPI comes from the shapes."""

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.chassis.http import command_route, query_route
from services.contracts.registry import api as shapes
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry import verbs

CREATED: Final = 201
ROUTER: Final = APIRouter(prefix="/v1")


class UnitQuery(shapes.Request, frozen=True):
    """A unit in a query string: exactly one of id and code, and a day."""

    id: UUID | None = None
    code: UnitCode | None = None
    on: date | None = None


class ForceUnitsQuery(shapes.Request, frozen=True):
    """Force units of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    force_type: shapes.ForceType | None = None
    on: date | None = None
    first: shapes.First = 50
    after: shapes.Cursor | None = None


async def resolve_unit(call: Call[UnitQuery]) -> shapes.UnitView:
    """Find the one unit that a code or id means on a day."""
    asked = call.body
    body = shapes.UnitsResolve(unit=UnitRef(asked.id, asked.code), on=asked.on)
    return await verbs.units_resolve(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


async def list_force_units(call: Call[ForceUnitsQuery]) -> shapes.ForceUnitList:
    """List the force units of a unit's subtree."""
    asked = call.body
    body = shapes.ForceUnitsList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        force_type=asked.force_type,
        on=asked.on,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.force_units_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


def _command(
    path: str,
    request: type[Any],
    handler: Callable[..., Any],
    response: type[Any],
    *,
    status: int = 200,
) -> None:
    command_route(
        ROUTER,
        path,
        request,
        handler,
        scope=verbs.WRITE,
        status=status,
        response=response,
    )


def _query(
    path: str,
    request: type[Any],
    handler: Callable[..., Any],
    response: type[Any],
    *,
    scope: str = verbs.READ,
) -> None:
    query_route(ROUTER, path, request, handler, scope=scope, response=response)


_command(
    "/force-units",
    shapes.EstablishForceUnit,
    verbs.force_unit_establish,
    shapes.ForceUnitEstablished,
    status=CREATED,
)
_command(
    "/force-units/{force_unit_id}/disbandment",
    shapes.DisbandForceUnit,
    verbs.force_unit_disband,
    shapes.ForceUnitDisbanded,
)
_command(
    "/force-units/{force_unit_id}/members",
    shapes.EnrolMembers,
    verbs.member_enrol,
    shapes.MembersEnrolled,
    status=CREATED,
)
_command(
    "/force-units/{force_unit_id}/members/{member_id}/cessation",
    shapes.CeaseMember,
    verbs.member_cease,
    shapes.MemberCeased,
)
_query("/force-units", ForceUnitsQuery, list_force_units, shapes.ForceUnitList)
_query(
    "/force-units/by-id",
    shapes.ForceUnitsGet,
    verbs.force_units_get,
    shapes.ForceUnitsAnswer,
)
_query("/members", shapes.MembersList, verbs.members_list, shapes.MembersAnswer)
_query("/strength", shapes.StrengthGet, verbs.strength_get, shapes.StrengthAnswer)
_query(
    "/force-types",
    shapes.ForceTypesList,
    verbs.force_types_list,
    shapes.ForceTypesAnswer,
)
_query("/unit", UnitQuery, resolve_unit, shapes.UnitView, scope=verbs.UNITS)
_query(
    "/units/by-id",
    shapes.UnitsGet,
    verbs.units_get,
    shapes.UnitsAnswer,
    scope=verbs.UNITS,
)
_query(
    "/units/children",
    shapes.UnitsChildren,
    verbs.units_children,
    shapes.UnitsChildrenAnswer,
    scope=verbs.UNITS,
)
_query(
    "/units",
    shapes.UnitsSearch,
    verbs.units_search,
    shapes.UnitList,
    scope=verbs.UNITS,
)
