"""Routes about residential areas."""

import dataclasses
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import residential_areas as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import residential_areas as verbs


class AreasQuery(Request, frozen=True):
    """Areas of a unit's subtree on a day, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    kind: shapes.AreaCode | None = None
    category: shapes.AreaCode | None = None
    on: date | None = None
    first: First = 50
    after: Cursor | None = None


async def list_areas(call: Call[AreasQuery]) -> shapes.AreaList:
    """List the residential areas of a unit's subtree on a day."""
    asked = call.body
    body = shapes.AreasList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        kind=asked.kind,
        category=asked.category,
        on=asked.on,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.areas_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.command(
    "/residential-areas",
    shapes.RegisterArea,
    verbs.area_register,
    shapes.AreaRegistered,
    status=CREATED,
)
for _path, _request, _handler in (
    ("name", shapes.RenameArea, verbs.area_rename),
    ("kind", shapes.RetypeArea, verbs.area_retype),
    ("end", shapes.EndArea, verbs.area_end),
    ("figures", shapes.ReportAreaFigures, verbs.area_report_figures),
    ("categories", shapes.GiveAreaCategory, verbs.area_give_category),
    ("lifted-categories", shapes.LiftAreaCategory, verbs.area_lift_category),
):
    _routes.command(
        f"/residential-areas/{{area_id}}/{_path}",
        _request,
        _handler,
        shapes.AreaChanged,
    )
_routes.query("/residential-areas", AreasQuery, list_areas, shapes.AreaList)
_routes.query(
    "/residential-areas/by-id", shapes.AreasGet, verbs.areas_get, shapes.AreasAnswer
)
_routes.query(
    "/residential-areas/words",
    shapes.AreaWordsList,
    verbs.areas_words,
    shapes.AreaWordsAnswer,
)

ROUTER: Final[APIRouter] = _routes.router
