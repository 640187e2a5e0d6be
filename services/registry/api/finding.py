"""Routes that find units by what people type, and tell what became of units."""

import dataclasses
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter
from msgspec import Meta

from services.chassis.calls import Call
from services.contracts.registry import finding
from services.contracts.registry.api import KnownAt, Request
from services.contracts.registry.units import Level, UnitCode, UnitRef
from services.registry.api.making import Routes
from services.registry.verbs import finding as verbs
from services.registry.verbs.making import UNITS


class FindQuery(Request, frozen=True):
    """A typed code or name as a query string; an area by one of id and code."""

    text: Annotated[str, Meta(min_length=1, max_length=200)]
    on: date | None = None
    level: Level | None = None
    within_id: UUID | None = None
    within_code: UnitCode | None = None
    first: Annotated[int, Meta(ge=1, le=50)] = 10
    known_at: KnownAt | None = None


async def find_units(call: Call[FindQuery]) -> finding.UnitsFound:
    """Find units by a typed code or name of any day, and say which one is meant."""
    asked = call.body
    is_narrowed = asked.within_id is not None or asked.within_code is not None
    body = finding.UnitsFind(
        text=asked.text,
        on=asked.on,
        level=asked.level,
        within=UnitRef(asked.within_id, asked.within_code) if is_narrowed else None,
        first=asked.first,
        known_at=asked.known_at,
    )
    return await verbs.units_find(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.query("/units/find", FindQuery, find_units, finding.UnitsFound, scope=UNITS)
_routes.query(
    "/units/successors",
    finding.UnitsSuccessors,
    verbs.units_successors,
    finding.UnitsSuccessorsAnswer,
    scope=UNITS,
)

ROUTER: Final[APIRouter] = _routes.router
