"""The route that finds residential areas by what people type."""

import dataclasses
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter
from msgspec import Meta

from services.chassis.calls import Call
from services.contracts.registry import area_finding as shapes
from services.contracts.registry.api import Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import Routes
from services.registry.verbs import area_finding as verbs


class FindAreasQuery(Request, frozen=True):
    """A typed name or number as a query string; the unit by one of id and code."""

    text: Annotated[str, Meta(min_length=1, max_length=200)]
    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    on: date | None = None
    first: Annotated[int, Meta(ge=1, le=50)] = 10


async def find_areas(call: Call[FindAreasQuery]) -> shapes.AreasFound:
    """Find residential areas by a typed name or number, and say which one is meant."""
    asked = call.body
    body = shapes.AreasFind(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        text=asked.text,
        on=asked.on,
        first=asked.first,
    )
    return await verbs.areas_find(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.query("/residential-areas/find", FindAreasQuery, find_areas, shapes.AreasFound)

ROUTER: Final[APIRouter] = _routes.router
