"""Routes about administrative units."""

import dataclasses
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry.api import KnownAt, Request
from services.contracts.registry.unit_views import (
    UnitList,
    UnitsAnswer,
    UnitsChildren,
    UnitsChildrenAnswer,
    UnitsGet,
    UnitsResolve,
    UnitsSearch,
    UnitView,
)
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import Routes
from services.registry.verbs import units as verbs
from services.registry.verbs.making import UNITS


class UnitQuery(Request, frozen=True):
    """A unit in a query string: exactly one of id and code, and a day."""

    id: UUID | None = None
    code: UnitCode | None = None
    on: date | None = None
    known_at: KnownAt | None = None


async def resolve_unit(call: Call[UnitQuery]) -> UnitView:
    """Find the one unit that a code or id means on a day."""
    asked = call.body
    body = UnitsResolve(
        unit=UnitRef(asked.id, asked.code), on=asked.on, known_at=asked.known_at
    )
    return await verbs.units_resolve(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.query("/unit", UnitQuery, resolve_unit, UnitView, scope=UNITS)
_routes.query("/units/by-id", UnitsGet, verbs.units_get, UnitsAnswer, scope=UNITS)
_routes.query(
    "/units/children",
    UnitsChildren,
    verbs.units_children,
    UnitsChildrenAnswer,
    scope=UNITS,
)
_routes.query("/units", UnitsSearch, verbs.units_search, UnitList, scope=UNITS)

ROUTER: Final[APIRouter] = _routes.router
