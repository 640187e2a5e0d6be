"""Routes about the yearly rating of teams and members."""

import dataclasses
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import rating as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import Routes
from services.registry.verbs import rating as verbs


class RatingRoundsQuery(Request, frozen=True):
    """Rounds of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    year: shapes.Year | None = None
    state: shapes.RoundState | None = None
    first: First = 50
    after: Cursor | None = None


async def list_rating_rounds(call: Call[RatingRoundsQuery]) -> shapes.RatingRoundList:
    """List the rounds of a unit's subtree, the latest year first."""
    asked = call.body
    body = shapes.RatingRoundsList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        year=asked.year,
        state=asked.state,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.rating_rounds_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.command(
    "/force-units/{force_unit_id}/self-assessments",
    shapes.SelfAssessTeam,
    verbs.rating_self_assess,
    shapes.RatingMoved,
)
_routes.command(
    "/rating-proposals", shapes.ProposeRatings, verbs.rating_propose, shapes.RatingMoved
)
_routes.command(
    "/rating-rounds/{round_id}/decision",
    shapes.DecideRatings,
    verbs.rating_decide,
    shapes.RatingMoved,
)
_routes.command(
    "/rating-rounds/{round_id}/corrections",
    shapes.CorrectRatings,
    verbs.rating_correct,
    shapes.RatingMoved,
)
_routes.query(
    "/rating-rounds", RatingRoundsQuery, list_rating_rounds, shapes.RatingRoundList
)
_routes.query(
    "/rating-rounds/{round_id}/results",
    shapes.RatingResultsList,
    verbs.rating_results_list,
    shapes.RatingResultList,
)

ROUTER: Final[APIRouter] = _routes.router
