"""Routes about committees 138, partner organisations and their programmes."""

import dataclasses
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import steering as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import Level, UnitCode, UnitRef
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import steering as verbs


class CommitteesQuery(Request, frozen=True):
    """Committees of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    on: date | None = None
    level: Level | None = None
    first: First = 50
    after: Cursor | None = None


class ProgrammesQuery(Request, frozen=True):
    """Programmes of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    on: date | None = None
    party: shapes.ReferenceCode | None = None
    only_running: bool = False
    first: First = 50
    after: Cursor | None = None


async def list_committees(call: Call[CommitteesQuery]) -> shapes.CommitteeList:
    """List the committees of a unit's subtree in their composition of a day."""
    asked = call.body
    body = shapes.CommitteesList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        on=asked.on,
        level=asked.level,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.steering_committees_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


async def list_programmes(call: Call[ProgrammesQuery]) -> shapes.ProgrammeList:
    """List the coordination programmes of a unit's subtree with their state."""
    asked = call.body
    body = shapes.ProgrammesList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        on=asked.on,
        party=asked.party,
        only_running=asked.only_running,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.programmes_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.command(
    "/steering-committees",
    shapes.EstablishCommittee,
    verbs.steering_committee_establish,
    shapes.CommitteeChanged,
    status=CREATED,
)
_routes.command(
    "/steering-committees/{committee_id}/reconstitution",
    shapes.ReconstituteCommittee,
    verbs.steering_committee_reconstitute,
    shapes.CommitteeChanged,
)
_routes.command(
    "/steering-committees/{committee_id}/dissolution",
    shapes.DissolveCommittee,
    verbs.steering_committee_dissolve,
    shapes.CommitteeChanged,
)
_routes.command(
    "/programmes",
    shapes.SignProgramme,
    verbs.programme_sign,
    shapes.ProgrammeChanged,
    status=CREATED,
)
_routes.command(
    "/programmes/{programme_id}/reviews",
    shapes.ReviewProgramme,
    verbs.programme_review,
    shapes.ProgrammeChanged,
)
_routes.command(
    "/programmes/{programme_id}/ending",
    shapes.EndProgramme,
    verbs.programme_end,
    shapes.ProgrammeChanged,
)
_routes.query(
    "/steering-committees", CommitteesQuery, list_committees, shapes.CommitteeList
)
_routes.query("/programmes", ProgrammesQuery, list_programmes, shapes.ProgrammeList)
_routes.query(
    "/partners", shapes.PartnersList, verbs.partners_list, shapes.PartnersAnswer
)
_routes.query(
    "/steering-words",
    shapes.SteeringWordsList,
    verbs.steering_words_list,
    shapes.SteeringWords,
)

ROUTER: Final[APIRouter] = _routes.router
