"""Routes about rosters in Excel; what is a file goes by HTTP alone."""

import dataclasses
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.chassis.http import query_route, upload_route
from services.contracts.registry import api as common
from services.contracts.registry import imports as shapes
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import Routes
from services.registry.verbs import imports as verbs
from services.registry.verbs.making import WRITE

READ_PEOPLE: Final = ("people:read", "people:read_full")


class ImportsQuery(common.Request, frozen=True):
    """Imports of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    state: shapes.State | None = None
    first: common.First = 50
    after: common.Cursor | None = None


async def list_imports(call: Call[ImportsQuery]) -> shapes.ImportList:
    """List the imports of a unit's subtree, the newest first."""
    asked = call.body
    body = shapes.ImportsList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        state=asked.state,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.imports_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
query_route(
    _routes.router,
    "/imports/roster/template",
    shapes.RosterTemplate,
    verbs.roster_template,
    scope=WRITE,
    media_type=shapes.XLSX,
)
upload_route(
    _routes.router,
    "/imports",
    shapes.ReceiveImport,
    verbs.import_receive,
    scope=WRITE,
    takes=shapes.XLSX,
    response=shapes.ImportReceived,
)
query_route(
    _routes.router,
    "/imports/{batch_id}/workbook",
    shapes.AnnotatedRoster,
    verbs.annotated_roster,
    scope=WRITE,
    media_type=shapes.XLSX,
)
query_route(
    _routes.router,
    "/exports/roster",
    shapes.RosterExport,
    verbs.roster_export,
    scope=READ_PEOPLE,
    media_type=shapes.XLSX,
)
_routes.query("/imports/by-id", shapes.ImportsGet, verbs.imports_get,
              shapes.ImportsAnswer)  # fmt: skip
_routes.query("/imports", ImportsQuery, list_imports, shapes.ImportList)
_routes.query(
    "/imports/{batch_id}/faults",
    shapes.ImportFaults,
    verbs.imports_faults,
    shapes.FaultList,
    scope=WRITE,
)
_routes.command(
    "/imports/{batch_id}/withdrawal",
    shapes.WithdrawImport,
    verbs.import_withdraw,
    shapes.ImportWithdrawn,
)

ROUTER: Final[APIRouter] = _routes.router
