"""Routes about plans of reorganisation."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import reorganisations as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import reorganisations as verbs

_routes = Routes()
_routes.command(
    "/reorganisations",
    shapes.DraftReorganisation,
    verbs.reorganisation_draft,
    shapes.ReorganisationDrafted,
    status=CREATED,
    scope=verbs.REORGANISE,
)
for _path, _request, _handler, _response in (
    (
        "operations",
        shapes.PlanOperations,
        verbs.reorganisation_plan,
        shapes.OperationsPlanned,
    ),
    (
        "decisions",
        shapes.DecideDependants,
        verbs.reorganisation_decide,
        shapes.ReorganisationChanged,
    ),
    (
        "withdrawal",
        shapes.WithdrawReorganisation,
        verbs.reorganisation_withdraw,
        shapes.ReorganisationChanged,
    ),
    (
        "execution",
        shapes.ExecuteReorganisation,
        verbs.reorganisation_execute,
        shapes.ReorganisationExecuted,
    ),
    (
        "undoing",
        shapes.UndoReorganisation,
        verbs.reorganisation_undo,
        shapes.ReorganisationChanged,
    ),
):
    _routes.command(
        f"/reorganisations/{{reorganisation_id}}/{_path}",
        _request,
        _handler,
        _response,
        scope=verbs.REORGANISE,
    )
_routes.query(
    "/reorganisations",
    shapes.ReorganisationsList,
    verbs.reorganisations_list,
    shapes.ReorganisationList,
)
_routes.query(
    "/reorganisations/by-id",
    shapes.ReorganisationsGet,
    verbs.reorganisations_get,
    shapes.ReorganisationsAnswer,
)
_routes.query(
    "/reorganisations/{reorganisation_id}/rehearsal",
    shapes.RehearseReorganisation,
    verbs.reorganisation_rehearse,
    shapes.Rehearsal,
)

ROUTER: Final[APIRouter] = _routes.router
