"""Routes about forces and those who serve in them."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry.force_types import (
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
    EnrolmentWithdrawn,
    MemberCeased,
    MembersAnswer,
    MembersEnrolled,
    MembersList,
    WithdrawEnrolment,
)
from services.contracts.registry.strength import StrengthAnswer, StrengthGet
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import forces as verbs

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
_routes.command(
    "/force-units/{force_unit_id}/members/{member_id}/enrolment-withdrawal",
    WithdrawEnrolment,
    verbs.member_withdraw_enrolment,
    EnrolmentWithdrawn,
)
_routes.query("/force-units", ForceUnitsList, verbs.force_units_list, ForceUnitList)
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
