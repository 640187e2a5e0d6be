"""Routes about support claims and welfare visits."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import care as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import care as verbs
from services.registry.verbs.making import CARE

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
_routes.query(
    "/claims", shapes.ClaimsList, verbs.claims_list, shapes.ClaimList, scope=CARE
)
_routes.query(
    "/visits", shapes.VisitsList, verbs.visits_list, shapes.VisitList, scope=CARE
)
_routes.query(
    "/care-rules", shapes.CareRulesList, verbs.care_rules_list, shapes.CareRulesAnswer
)

ROUTER: Final[APIRouter] = _routes.router
