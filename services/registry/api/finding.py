"""Routes that find units by what people type, and tell what became of units."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import finding
from services.registry.api.making import Routes
from services.registry.verbs import finding as verbs
from services.registry.verbs.making import UNITS

_routes = Routes()
_routes.query(
    "/units/find", finding.UnitsFind, verbs.units_find, finding.UnitsFound, scope=UNITS
)
_routes.query(
    "/units/successors",
    finding.UnitsSuccessors,
    verbs.units_successors,
    finding.UnitsSuccessorsAnswer,
    scope=UNITS,
)

ROUTER: Final[APIRouter] = _routes.router
