"""Routes about forces that are counted without a roster."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import force_counts as shapes
from services.registry.api.making import Routes
from services.registry.verbs import force_counts as verbs

_routes = Routes()
_routes.command(
    "/force-units/{force_unit_id}/headcount",
    shapes.ReportHeadcount,
    verbs.force_unit_report_headcount,
    shapes.HeadcountReported,
)

ROUTER: Final[APIRouter] = _routes.router
