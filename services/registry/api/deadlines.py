"""The route of the chase list."""

import dataclasses
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter
from msgspec import Meta

from services.chassis.calls import Call
from services.contracts.registry import deadlines as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import Routes
from services.registry.verbs import deadlines as verbs


class DeadlinesQuery(Request, frozen=True):
    """What is due in a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    on: date | None = None
    kinds: Annotated[tuple[shapes.DeadlineCode, ...], Meta(max_length=20)] = ()
    only_overdue: bool = False
    due_before: date | None = None
    first: First = 50
    after: Cursor | None = None


async def list_deadlines(call: Call[DeadlinesQuery]) -> shapes.DeadlineList:
    """List what is due or overdue in a unit's subtree on a day."""
    asked = call.body
    body = shapes.DeadlinesList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        on=asked.on,
        kinds=asked.kinds,
        only_overdue=asked.only_overdue,
        due_before=asked.due_before,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.deadlines_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.query("/deadlines", DeadlinesQuery, list_deadlines, shapes.DeadlineList)

ROUTER: Final[APIRouter] = _routes.router
