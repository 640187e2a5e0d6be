"""Routes about units through time."""

import dataclasses
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter
from msgspec import Meta

from services.chassis.calls import Call
from services.contracts.registry import unit_history as shapes
from services.contracts.registry.api import Cursor, KnownAt, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import Routes
from services.registry.verbs import unit_history as verbs
from services.registry.verbs.making import UNITS


class UnitTreeQuery(Request, frozen=True):
    """A tree in a query string; without id and code the country's."""

    id: UUID | None = None
    code: UnitCode | None = None
    on: date | None = None
    known_at: KnownAt | None = None
    levels: Annotated[int, Meta(ge=0, le=4)] = 1
    first: Annotated[int, Meta(ge=1, le=4_000)] = 1_000
    after: Cursor | None = None


async def unit_tree(call: Call[UnitTreeQuery]) -> shapes.UnitTreePage:
    """Give a unit's tree on a day as known at a moment, in compact rows."""
    asked = call.body
    named = asked.id is not None or asked.code is not None
    body = shapes.UnitsTree(
        root=UnitRef(asked.id, asked.code) if named else None,
        on=asked.on,
        known_at=asked.known_at,
        levels=asked.levels,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.units_tree(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.query("/units/tree", UnitTreeQuery, unit_tree, shapes.UnitTreePage, scope=UNITS)
_routes.query(
    "/units/changes",
    shapes.UnitsChanges,
    verbs.units_changes,
    shapes.UnitChangeList,
    scope=UNITS,
)
_routes.command(
    "/units/{unit_id}/renaming",
    shapes.RenameUnit,
    verbs.unit_rename,
    shapes.UnitChanged,
    scope=verbs.WRITE_UNITS,
)
_routes.command(
    "/units/{unit_id}/retyping",
    shapes.RetypeUnit,
    verbs.unit_retype,
    shapes.UnitChanged,
    scope=verbs.WRITE_UNITS,
)
_routes.command(
    "/units/{unit_id}/custody",
    shapes.PassCustody,
    verbs.unit_pass_custody,
    shapes.UnitChanged,
    scope=verbs.WRITE_UNITS,
)
_routes.command(
    "/units/{unit_id}/undoing",
    shapes.UndoUnitChange,
    verbs.unit_undo_change,
    shapes.UnitChanged,
    scope=verbs.WRITE_UNITS,
)

ROUTER: Final[APIRouter] = _routes.router
