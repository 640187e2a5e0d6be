"""Routes about norms and gaps, and the terms for which forces were chosen."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import norms as shapes
from services.registry.api.making import Routes
from services.registry.verbs import norms as verbs

_routes = Routes()
_routes.command(
    "/force-units/{force_unit_id}/term",
    shapes.BeginTerm,
    verbs.force_unit_begin_term,
    shapes.TermBegun,
)
_routes.query("/norms", shapes.NormsList, verbs.norms_list, shapes.NormsAnswer)
_routes.query("/gaps", shapes.GapsList, verbs.gaps_list, shapes.GapsAnswer)

ROUTER: Final[APIRouter] = _routes.router
