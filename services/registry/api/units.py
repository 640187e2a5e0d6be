"""Routes about administrative units."""

import dataclasses
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import api as shapes
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import Routes
from services.registry.verbs import units as verbs
from services.registry.verbs.making import UNITS


class UnitQuery(shapes.Request, frozen=True):
    """A unit in a query string: exactly one of id and code, and a day."""

    id: UUID | None = None
    code: UnitCode | None = None
    on: date | None = None
    known_at: shapes.KnownAt | None = None


async def resolve_unit(call: Call[UnitQuery]) -> shapes.UnitView:
    """Find the one unit that a code or id means on a day."""
    asked = call.body
    body = shapes.UnitsResolve(
        unit=UnitRef(asked.id, asked.code), on=asked.on, known_at=asked.known_at
    )
    return await verbs.units_resolve(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.query("/unit", UnitQuery, resolve_unit, shapes.UnitView, scope=UNITS)
_routes.query(
    "/units/by-id", shapes.UnitsGet, verbs.units_get, shapes.UnitsAnswer, scope=UNITS
)
_routes.query(
    "/units/children",
    shapes.UnitsChildren,
    verbs.units_children,
    shapes.UnitsChildrenAnswer,
    scope=UNITS,
)
_routes.query(
    "/units", shapes.UnitsSearch, verbs.units_search, shapes.UnitList, scope=UNITS
)

ROUTER: Final[APIRouter] = _routes.router
