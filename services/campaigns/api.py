"""The HTTP door: which path leads to which handler; OpenAPI comes from the shapes."""

from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter

from services.campaigns import verbs
from services.chassis.http import command_route, query_route
from services.contracts.campaigns import api as shapes

CREATED: Final = 201
ROUTER: Final = APIRouter(prefix="/v1")


def _command(
    path: str, request: type[Any], handler: Callable[..., Any], response: type[Any]
) -> None:
    status = 200 if "{" in path else CREATED
    command_route(
        ROUTER,
        path,
        request,
        handler,
        scope=verbs.WRITE,
        status=status,
        response=response,
    )


def _query(
    path: str, request: type[Any], handler: Callable[..., Any], response: type[Any]
) -> None:
    query_route(ROUTER, path, request, handler, scope=verbs.READ, response=response)


_command("/campaigns", shapes.OpenCampaign, verbs.campaign_open, shapes.CampaignOpened)
_command("/sessions", shapes.HoldSession, verbs.session_hold, shapes.SessionRecorded)
_command(
    "/sessions/{session_id}/correction",
    shapes.CorrectSession,
    verbs.session_correct,
    shapes.SessionRecorded,
)
_command(
    "/sessions/{session_id}/withdrawal",
    shapes.WithdrawSession,
    verbs.session_withdraw,
    shapes.SessionRecorded,
)
_command("/models", shapes.LaunchModel, verbs.model_launch, shapes.ModelRecorded)
_command(
    "/models/{model_id}/end", shapes.EndModel, verbs.model_end, shapes.ModelRecorded
)
_command(
    "/model-points",
    shapes.OpenModelPoint,
    verbs.model_point_open,
    shapes.ModelPointRecorded,
)
_command(
    "/model-points/{point_id}/closure",
    shapes.CloseModelPoint,
    verbs.model_point_close,
    shapes.ModelPointRecorded,
)
_query("/campaigns", shapes.ListCampaigns, verbs.campaigns_list, shapes.CampaignPage)
_query("/campaigns/by-id", shapes.GetMany, verbs.campaigns_get, shapes.CampaignRows)
_query("/sessions", shapes.ListSessions, verbs.sessions_list, shapes.SessionPage)
_query("/sessions/by-id", shapes.GetMany, verbs.sessions_get, shapes.SessionRows)
_query("/models", shapes.ListModels, verbs.models_list, shapes.ModelPage)
_query("/models/by-id", shapes.GetMany, verbs.models_get, shapes.ModelRows)
_query(
    "/model-points",
    shapes.ListModelPoints,
    verbs.model_points_list,
    shapes.ModelPointPage,
)
_query(
    "/model-points/by-id",
    shapes.GetMany,
    verbs.model_points_get,
    shapes.ModelPointRows,
)
_query(
    "/organisations",
    shapes.ListOrganisations,
    verbs.organisations_list,
    shapes.OrganisationRows,
)
