"""Routes about forces and those who serve in them."""

import dataclasses
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import api as shapes
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import forces as verbs


class ForceUnitsQuery(shapes.Request, frozen=True):
    """Force units of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    force_type: shapes.ForceType | None = None
    on: date | None = None
    first: shapes.First = 50
    after: shapes.Cursor | None = None


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


_routes = Routes()
_routes.command(
    "/force-units",
    shapes.EstablishForceUnit,
    verbs.force_unit_establish,
    shapes.ForceUnitEstablished,
    status=CREATED,
)
_routes.command(
    "/force-units/{force_unit_id}/disbandment",
    shapes.DisbandForceUnit,
    verbs.force_unit_disband,
    shapes.ForceUnitDisbanded,
)
_routes.command(
    "/force-units/{force_unit_id}/members",
    shapes.EnrolMembers,
    verbs.member_enrol,
    shapes.MembersEnrolled,
    status=CREATED,
)
_routes.command(
    "/force-units/{force_unit_id}/members/{member_id}/cessation",
    shapes.CeaseMember,
    verbs.member_cease,
    shapes.MemberCeased,
)
_routes.query("/force-units", ForceUnitsQuery, list_force_units, shapes.ForceUnitList)
_routes.query(
    "/force-units/by-id",
    shapes.ForceUnitsGet,
    verbs.force_units_get,
    shapes.ForceUnitsAnswer,
)
_routes.query("/members", shapes.MembersList, verbs.members_list, shapes.MembersAnswer)
_routes.query(
    "/strength", shapes.StrengthGet, verbs.strength_get, shapes.StrengthAnswer
)
_routes.query(
    "/force-types",
    shapes.ForceTypesList,
    verbs.force_types_list,
    shapes.ForceTypesAnswer,
)

ROUTER: Final[APIRouter] = _routes.router
