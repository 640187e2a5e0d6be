"""Routes about norms and gaps, and the terms for which forces were chosen."""

import dataclasses
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import norms as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import Routes
from services.registry.verbs import norms as verbs


class NormsQuery(Request, frozen=True):
    """Norms of a unit on a day, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    on: date | None = None


class GapsQuery(Request, frozen=True):
    """Gaps of a unit's subtree on a day, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    on: date | None = None
    within_days: shapes.WithinDays = 90
    first: First = 50
    after: Cursor | None = None


async def list_norms(call: Call[NormsQuery]) -> shapes.NormsAnswer:
    """List the norms of team size that bind a unit on a day."""
    asked = call.body
    unit = UnitRef(asked.unit_id, asked.unit_code)
    body = shapes.NormsList(unit=None if unit == UnitRef() else unit, on=asked.on)
    return await verbs.norms_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


async def list_gaps(call: Call[GapsQuery]) -> shapes.GapsAnswer:
    """List what is missing in the communes of a subtree on a day."""
    asked = call.body
    body = shapes.GapsList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        on=asked.on,
        within_days=asked.within_days,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.gaps_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.command(
    "/force-units/{force_unit_id}/term",
    shapes.BeginTerm,
    verbs.force_unit_begin_term,
    shapes.TermBegun,
)
_routes.query("/norms", NormsQuery, list_norms, shapes.NormsAnswer)
_routes.query("/gaps", GapsQuery, list_gaps, shapes.GapsAnswer)

ROUTER: Final[APIRouter] = _routes.router
