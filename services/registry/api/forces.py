"""Routes about forces and those who serve in them."""

import dataclasses
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.force_types import (
    ForceType,
    ForceTypesAnswer,
    ForceTypesList,
)
from services.contracts.registry.force_units import (
    DisbandForceUnit,
    EstablishForceUnit,
    ForceUnitDisbanded,
    ForceUnitEstablished,
    ForceUnitList,
    ForceUnitsAnswer,
    ForceUnitsGet,
    ForceUnitsList,
)
from services.contracts.registry.members import (
    CeaseMember,
    EnrolMembers,
    MemberCeased,
    MembersAnswer,
    MembersEnrolled,
    MembersList,
)
from services.contracts.registry.strength import StrengthAnswer, StrengthGet
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import forces as verbs


class ForceUnitsQuery(Request, frozen=True):
    """Force units of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    force_type: ForceType | None = None
    on: date | None = None
    first: First = 50
    after: Cursor | None = None


async def list_force_units(call: Call[ForceUnitsQuery]) -> ForceUnitList:
    """List the force units of a unit's subtree."""
    asked = call.body
    body = ForceUnitsList(
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
    EstablishForceUnit,
    verbs.force_unit_establish,
    ForceUnitEstablished,
    status=CREATED,
)
_routes.command(
    "/force-units/{force_unit_id}/disbandment",
    DisbandForceUnit,
    verbs.force_unit_disband,
    ForceUnitDisbanded,
)
_routes.command(
    "/force-units/{force_unit_id}/members",
    EnrolMembers,
    verbs.member_enrol,
    MembersEnrolled,
    status=CREATED,
)
_routes.command(
    "/force-units/{force_unit_id}/members/{member_id}/cessation",
    CeaseMember,
    verbs.member_cease,
    MemberCeased,
)
_routes.query("/force-units", ForceUnitsQuery, list_force_units, ForceUnitList)
_routes.query(
    "/force-units/by-id",
    ForceUnitsGet,
    verbs.force_units_get,
    ForceUnitsAnswer,
)
_routes.query("/members", MembersList, verbs.members_list, MembersAnswer)
_routes.query("/strength", StrengthGet, verbs.strength_get, StrengthAnswer)
_routes.query(
    "/force-types",
    ForceTypesList,
    verbs.force_types_list,
    ForceTypesAnswer,
)

ROUTER: Final[APIRouter] = _routes.router
