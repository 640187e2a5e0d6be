"""Routes that make teams of former forces, and give teams their areas."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import consolidation as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import consolidation as verbs

_routes = Routes()
_routes.command(
    "/consolidations",
    shapes.ConsolidateForces,
    verbs.forces_consolidate,
    shapes.ForcesConsolidated,
    status=CREATED,
)
_routes.command(
    "/force-units/{force_unit_id}/areas",
    shapes.AssignAreas,
    verbs.force_unit_assign_areas,
    shapes.AreasAssigned,
)

ROUTER: Final[APIRouter] = _routes.router
