"""Routes about selection rounds."""

from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter

from services.contracts.registry import selection as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import selection as verbs

_ROUND: Final = "/selection-rounds/{round_id}"
_APPLICATION: Final = _ROUND + "/applications/{application_id}"

_BEGINNINGS: Final[tuple[tuple[str, type[Any], Callable[..., Any]], ...]] = (
    ("/selection-rounds", shapes.PlanSelection, verbs.selection_plan),
    (_ROUND + "/applications", shapes.ReceiveApplication, verbs.selection_receive),
    (
        _ROUND + "/direct-proposals",
        shapes.ProposeDirectly,
        verbs.selection_propose_directly,
    ),
)
_STEPS: Final[tuple[tuple[str, type[Any], Callable[..., Any]], ...]] = (
    (_ROUND + "/approval", shapes.ApproveSelection, verbs.selection_approve),
    (_ROUND + "/opening", shapes.OpenSelection, verbs.selection_open),
    (_APPLICATION + "/check", shapes.CheckApplication, verbs.selection_check),
    (
        _APPLICATION + "/withdrawal",
        shapes.WithdrawApplication,
        verbs.selection_withdraw,
    ),
    (_ROUND + "/closing", shapes.CloseSelection, verbs.selection_close),
    (_ROUND + "/list", shapes.PostList, verbs.selection_post_list),
    (_ROUND + "/council", shapes.HoldCouncil, verbs.selection_hold_council),
    (_ROUND + "/submission", shapes.SubmitSelection, verbs.selection_submit),
    (_ROUND + "/cancellation", shapes.CancelSelection, verbs.selection_cancel),
)

_routes = Routes()
for _path, _request, _handler in _BEGINNINGS:
    _routes.command(_path, _request, _handler, shapes.SelectionMoved, status=CREATED)
for _path, _request, _handler in _STEPS:
    _routes.command(_path, _request, _handler, shapes.SelectionMoved)
_routes.command(
    _ROUND + "/decision",
    shapes.DecideSelection,
    verbs.selection_decide,
    shapes.SelectionDecided,
)
_routes.query(
    "/selection-rounds",
    shapes.SelectionRoundsList,
    verbs.selection_rounds_list,
    shapes.SelectionRoundList,
)
_routes.query(
    "/selection-rounds/by-id",
    shapes.SelectionRoundsGet,
    verbs.selection_rounds_get,
    shapes.SelectionRoundsAnswer,
)

ROUTER: Final[APIRouter] = _routes.router
