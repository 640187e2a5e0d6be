"""Routes about quotas."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import quotas as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import quotas as verbs

_routes = Routes()
_routes.command(
    "/quota-decisions",
    shapes.DraftQuota,
    verbs.quota_draft,
    shapes.QuotaTaken,
    status=CREATED,
)
_routes.command(
    "/quota-decisions/{quota_id}/issue",
    shapes.IssueQuota,
    verbs.quota_issue,
    shapes.QuotaTaken,
)
_routes.command(
    "/quota-decisions/{quota_id}/reduction",
    shapes.PlanReduction,
    verbs.quota_plan_reduction,
    shapes.QuotaTaken,
)
_routes.query("/quotas", shapes.QuotasList, verbs.quotas_list, shapes.QuotaList)
_routes.query(
    "/quota-decisions",
    shapes.QuotaDecisionsList,
    verbs.quota_decisions_list,
    shapes.QuotaDecisionList,
)

ROUTER: Final[APIRouter] = _routes.router
