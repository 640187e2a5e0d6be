"""The route of the chase list."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import deadlines as shapes
from services.registry.api.making import Routes
from services.registry.verbs import deadlines as verbs

_routes = Routes()
_routes.query(
    "/deadlines", shapes.DeadlinesList, verbs.deadlines_list, shapes.DeadlineList
)

ROUTER: Final[APIRouter] = _routes.router
