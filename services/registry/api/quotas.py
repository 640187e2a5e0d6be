"""Routes about quotas."""

import dataclasses
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import quotas as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import quotas as verbs


class QuotasQuery(Request, frozen=True):
    """Quotas of a unit's subtree on a day, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    on: date | None = None
    first: First = 50
    after: Cursor | None = None


class QuotaDecisionsQuery(Request, frozen=True):
    """Decisions of a unit's provinces, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    first: First = 50
    after: Cursor | None = None


async def list_quotas(call: Call[QuotasQuery]) -> shapes.QuotaList:
    """List the quotas of a subtree's communes beside what they have on a day."""
    asked = call.body
    body = shapes.QuotasList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        on=asked.on,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.quotas_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


async def list_quota_decisions(
    call: Call[QuotaDecisionsQuery],
) -> shapes.QuotaDecisionList:
    """List the decisions of a subtree's provinces."""
    asked = call.body
    body = shapes.QuotaDecisionsList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        first=asked.first,
        after=asked.after,
    )
    return await verbs.quota_decisions_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


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
_routes.query("/quotas", QuotasQuery, list_quotas, shapes.QuotaList)
_routes.query(
    "/quota-decisions",
    QuotaDecisionsQuery,
    list_quota_decisions,
    shapes.QuotaDecisionList,
)

ROUTER: Final[APIRouter] = _routes.router
