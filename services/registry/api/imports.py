"""Routes about rosters in Excel; what is a file goes by HTTP alone."""

from typing import Final

from fastapi import APIRouter

from services.chassis.http import query_route
from services.contracts.registry import imports as shapes
from services.registry.api.making import Routes
from services.registry.verbs import imports as verbs
from services.registry.verbs.making import WRITE

_routes = Routes()
query_route(
    _routes.router,
    "/imports/roster/template",
    shapes.RosterTemplate,
    verbs.roster_template,
    scope=WRITE,
    media_type=shapes.XLSX,
)

ROUTER: Final[APIRouter] = _routes.router
