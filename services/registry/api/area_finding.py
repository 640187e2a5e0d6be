"""The route that finds residential areas by what people type."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import area_finding as shapes
from services.registry.api.making import Routes
from services.registry.verbs import area_finding as verbs

_routes = Routes()
_routes.query(
    "/residential-areas/find", shapes.AreasFind, verbs.areas_find, shapes.AreasFound
)

ROUTER: Final[APIRouter] = _routes.router
