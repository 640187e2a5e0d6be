"""Routes about people's records; what stands in an address is no name and no number."""

import dataclasses
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import people as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import Routes
from services.registry.verbs import people as verbs
from services.registry.verbs.people import AUDIT


class ReadsQuery(Request, frozen=True):
    """Readings of records of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    from_day: date | None = None
    to_day: date | None = None
    person_id: UUID | None = None
    reader: shapes.Subject | None = None
    first: First = 50
    after: Cursor | None = None


class UnusualReadsQuery(Request, frozen=True):
    """Readers who stand out in a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    week_of: date | None = None


async def list_reads(call: Call[ReadsQuery]) -> shapes.ReadingList:
    """List who read records of people of a unit's subtree, the latest first."""
    asked = call.body
    body = shapes.PeopleReads(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        from_day=asked.from_day,
        to_day=asked.to_day,
        person_id=asked.person_id,
        reader=asked.reader,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.people_reads(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


async def list_unusual_reads(
    call: Call[UnusualReadsQuery],
) -> shapes.UnusualReadsAnswer:
    """List readers of a week who stand out against hours and their own average."""
    asked = call.body
    body = shapes.UnusualReads(
        unit=UnitRef(asked.unit_id, asked.unit_code), week_of=asked.week_of
    )
    return await verbs.people_unusual_reads(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.question(
    "/people/read", shapes.PeopleRead, verbs.people_read, shapes.PeopleAnswer
)
_routes.question(
    "/people/search", shapes.PeopleSearch, verbs.people_search, shapes.PeopleFound
)
_routes.query("/people/reads", ReadsQuery, list_reads, shapes.ReadingList, scope=AUDIT)
_routes.query(
    "/people/unusual-reads",
    UnusualReadsQuery,
    list_unusual_reads,
    shapes.UnusualReadsAnswer,
    scope=AUDIT,
)

ROUTER: Final[APIRouter] = _routes.router
