"""Routes about the yearly rating of teams and members."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import rating as shapes
from services.registry.api.making import Routes
from services.registry.verbs import rating as verbs

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
    "/rating-rounds",
    shapes.RatingRoundsList,
    verbs.rating_rounds_list,
    shapes.RatingRoundList,
)
_routes.query(
    "/rating-rounds/{round_id}/results",
    shapes.RatingResultsList,
    verbs.rating_results_list,
    shapes.RatingResultList,
)

ROUTER: Final[APIRouter] = _routes.router
