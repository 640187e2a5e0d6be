"""Routes about support claims and welfare visits."""

import dataclasses
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import care as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import care as verbs
from services.registry.verbs.making import CARE


class ClaimsQuery(Request, frozen=True):
    """Claims of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    state: shapes.ClaimState | None = None
    member_id: UUID | None = None
    first: First = 50
    after: Cursor | None = None


class VisitsQuery(Request, frozen=True):
    """Visits of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    state: shapes.VisitState | None = None
    member_id: UUID | None = None
    first: First = 50
    after: Cursor | None = None


async def list_claims(call: Call[ClaimsQuery]) -> shapes.ClaimList:
    """List the claims of a unit's subtree, the latest filed first."""
    asked = call.body
    body = shapes.ClaimsList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        state=asked.state,
        member_id=asked.member_id,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.claims_list(_as(call, body))


async def list_visits(call: Call[VisitsQuery]) -> shapes.VisitList:
    """List the visits of a unit's subtree, the latest occurrence first."""
    asked = call.body
    body = shapes.VisitsList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        state=asked.state,
        member_id=asked.member_id,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.visits_list(_as(call, body))


def _as(call: Call[Any], body: Any) -> Call[Any]:
    return dataclasses.replace(call, body=body)


_routes = Routes()
_routes.command(
    "/claims", shapes.FileClaim, verbs.claim_file, shapes.ClaimMoved, status=CREATED
)
for _path, _request, _handler in (
    ("return", shapes.ReturnClaim, verbs.claim_return),
    ("completion", shapes.CompleteClaim, verbs.claim_complete),
    ("assessment", shapes.AssessClaim, verbs.claim_assess),
    ("approval", shapes.ApproveClaim, verbs.claim_approve),
    ("refusal", shapes.RefuseClaim, verbs.claim_refuse),
    ("payment", shapes.PayClaim, verbs.claim_pay),
    ("withdrawal", shapes.WithdrawClaim, verbs.claim_withdraw),
):
    _routes.command(
        f"/claims/{{claim_id}}/{_path}", _request, _handler, shapes.ClaimMoved
    )
_routes.command(
    "/visits", shapes.PlanVisit, verbs.visit_plan, shapes.VisitMoved, status=CREATED
)
_routes.command(
    "/visits/{visit_id}/making", shapes.MakeVisit, verbs.visit_make, shapes.VisitMoved
)
_routes.command(
    "/visits/{visit_id}/cancellation",
    shapes.CancelVisit,
    verbs.visit_cancel,
    shapes.VisitMoved,
)
_routes.query("/claims", ClaimsQuery, list_claims, shapes.ClaimList, scope=CARE)
_routes.query("/visits", VisitsQuery, list_visits, shapes.VisitList, scope=CARE)
_routes.query(
    "/care-rules", shapes.CareRulesList, verbs.care_rules_list, shapes.CareRulesAnswer
)

ROUTER: Final[APIRouter] = _routes.router
