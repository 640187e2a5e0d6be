"""Routes about rosters in Excel; what is a file goes by HTTP alone."""

from typing import Final

from fastapi import APIRouter

from services.chassis.http import query_route, upload_route
from services.contracts.registry import imports as shapes
from services.registry.api.making import Routes
from services.registry.verbs import imports as verbs
from services.registry.verbs.making import WRITE

READ_PEOPLE: Final = ("people:read", "people:read_full")


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
_routes.query("/imports", shapes.ImportsList, verbs.imports_list, shapes.ImportList)
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
