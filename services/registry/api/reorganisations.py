"""Routes about plans of reorganisation."""

import dataclasses
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import reorganisations as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import reorganisations as verbs


class ReorganisationsQuery(Request, frozen=True):
    """Plans of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    state: shapes.PlanState | None = None
    first: First = 50
    after: Cursor | None = None


async def list_reorganisations(
    call: Call[ReorganisationsQuery],
) -> shapes.ReorganisationList:
    """List the plans of a unit's subtree, the latest first."""
    asked = call.body
    body = shapes.ReorganisationsList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        state=asked.state,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.reorganisations_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


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
    ReorganisationsQuery,
    list_reorganisations,
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
