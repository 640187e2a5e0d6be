"""The HTTP door: which path leads to which handler; OpenAPI comes from the shapes."""

from dataclasses import replace
from typing import Any, Final

from fastapi import APIRouter

from services.chassis.calls import Call
from services.chassis.http import command_route, query_route
from services.contracts.reporting import api as shapes
from services.reporting import verbs
from services.reporting.domain.errors import UnitNotVisible

CREATED: Final = 201
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROUTER: Final = APIRouter(prefix="/v1")


async def unit_figures(call: Call[shapes.OneUnitFigures]) -> shapes.FiguresAnswer:
    """Give the lines of one unit for a period."""
    asked = call.body
    answer = await verbs.figures_get(
        _with_body(
            call,
            shapes.FiguresRequest(
                unit_ids=[asked.unit_id],
                period=_period(asked),
                calendar=asked.calendar,
                geography=asked.geography,
                indicators=asked.indicators,
            ),
        )
    )
    _require_visible(answer.rows[0])
    return answer


async def unit_children(call: Call[shapes.OneUnitFigures]) -> shapes.ChildrenAnswer:
    """Give the table of one unit's children for a period."""
    asked = call.body
    answer = await verbs.figures_children(
        _with_body(
            call,
            shapes.ChildrenRequest(
                unit_ids=[asked.unit_id],
                period=_period(asked),
                calendar=asked.calendar,
                geography=asked.geography,
                indicators=asked.indicators,
            ),
        )
    )
    _require_visible(answer.rows[0].parent)
    return answer


async def unit_reports(call: Call[shapes.OneUnitReports]) -> shapes.UnitReportsAnswer:
    """List the newest reports of one unit."""
    body = shapes.UnitReportsRequest(
        unit_ids=[call.body.unit_id], first=call.body.first
    )
    return await verbs.reports_of_units(_with_body(call, body))


def _with_body(call: Call[Any], body: Any) -> Call[Any]:
    return replace(call, body=body)


def _period(asked: shapes.OneUnitFigures) -> shapes.PeriodSpec:
    return shapes.PeriodSpec(
        year=asked.year,
        kind=asked.kind,
        number=asked.number,
        first_day=asked.first_day,
        last_day=asked.last_day,
    )


def _require_visible(row: shapes.UnitFigures) -> None:
    if row.refusal is not None:
        raise UnitNotVisible(field="$.unit_id")


def _query(path: str, request: type[Any], handler: Any, response: type[Any]) -> None:
    query_route(ROUTER, path, request, handler, scope=verbs.READ, response=response)


_query(
    "/units/{unit_id}/figures",
    shapes.OneUnitFigures,
    unit_figures,
    shapes.FiguresAnswer,
)
_query(
    "/units/{unit_id}/figures/children",
    shapes.OneUnitFigures,
    unit_children,
    shapes.ChildrenAnswer,
)
_query(
    "/units/{unit_id}/reports",
    shapes.OneUnitReports,
    unit_reports,
    shapes.UnitReportsAnswer,
)
_query(
    "/indicators",
    shapes.IndicatorsRequest,
    verbs.indicators_list,
    shapes.IndicatorsAnswer,
)
_query("/freshness", shapes.FreshnessRequest, verbs.freshness_get, shapes.Freshness)
_query("/reports/{report_id}", shapes.OneReport, verbs.one_report, shapes.ReportAnswer)
query_route(
    ROUTER,
    "/reports/{report_id}/docx",
    shapes.OneReport,
    verbs.report_docx,
    scope=verbs.READ,
    media_type=DOCX,
)
command_route(
    ROUTER,
    "/reports",
    shapes.DraftReport,
    verbs.report_draft,
    scope=verbs.WRITE,
    status=CREATED,
    response=shapes.ReportDraftedReply,
)
