"""The HTTP door: which path leads to which handler; OpenAPI comes from the shapes."""

from dataclasses import replace
from typing import Any, Final

from fastapi import APIRouter

from services.chassis.calls import Call
from services.chassis.http import command_route, query_route
from services.contracts.reporting import api as shapes
from services.contracts.reporting import planned as planning
from services.reporting.domain.errors import FiguresBeyondArea, UnitNotVisible
from services.reporting.verbs import figures, planned, reports
from services.reporting.verbs.asking import READ, WRITE

CREATED: Final = 201
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROUTER: Final = APIRouter(prefix="/v1")


async def unit_figures(call: Call[shapes.OneUnitFigures]) -> shapes.FiguresAnswer:
    """Give the lines of one unit for a period."""
    asked = call.body
    answer = await figures.figures_get(
        _with_body(
            call,
            shapes.FiguresRequest(
                unit_ids=[asked.unit_id],
                period=_period(asked),
                calendar=asked.calendar,
                geography=asked.geography,
                indicators=asked.indicators,
                hierarchy=asked.hierarchy,
                on=asked.on,
            ),
        )
    )
    _require_visible(answer.rows[0])
    return answer


async def unit_children(call: Call[shapes.OneUnitFigures]) -> shapes.ChildrenAnswer:
    """Give the table of one unit's children for a period."""
    asked = call.body
    answer = await figures.figures_children(
        _with_body(
            call,
            shapes.ChildrenRequest(
                unit_ids=[asked.unit_id],
                period=_period(asked),
                calendar=asked.calendar,
                geography=asked.geography,
                indicators=asked.indicators,
                hierarchy=asked.hierarchy,
                on=asked.on,
            ),
        )
    )
    _require_visible(answer.rows[0].parent)
    return answer


async def unit_planned(call: Call[planning.OneUnitPlanned]) -> planning.PlannedAnswer:
    """Give planned and actual strength of one unit and its children on a day."""
    asked = call.body
    body = planning.PlannedRequest(
        unit_ids=[asked.unit_id], on=asked.on, geography=asked.geography
    )
    answer = await planned.planned_children(_with_body(call, body))
    _require_visible(answer.rows[0].parent)
    return answer


async def unit_reports(call: Call[shapes.OneUnitReports]) -> shapes.UnitReportsAnswer:
    """List the newest reports of one unit."""
    body = shapes.UnitReportsRequest(
        unit_ids=[call.body.unit_id], first=call.body.first
    )
    return await reports.reports_of_units(_with_body(call, body))


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


def _require_visible(row: shapes.UnitFigures | planning.PlannedRow) -> None:
    if row.refusal is not None:
        beyond = row.refusal.code == FiguresBeyondArea.code
        raise (FiguresBeyondArea if beyond else UnitNotVisible)(field="$.unit_id")


def _query(path: str, request: type[Any], handler: Any, response: type[Any]) -> None:
    query_route(ROUTER, path, request, handler, scope=READ, response=response)


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
    "/units/{unit_id}/planned",
    planning.OneUnitPlanned,
    unit_planned,
    planning.PlannedAnswer,
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
    figures.indicators_list,
    shapes.IndicatorsAnswer,
)
_query("/freshness", shapes.FreshnessRequest, figures.freshness_get, shapes.Freshness)
_query(
    "/reports/{report_id}", shapes.OneReport, reports.one_report, shapes.ReportAnswer
)
query_route(
    ROUTER,
    "/reports/{report_id}/docx",
    shapes.OneReport,
    reports.report_docx,
    scope=READ,
    media_type=DOCX,
)
command_route(
    ROUTER,
    "/reports",
    shapes.DraftReport,
    reports.report_draft,
    scope=WRITE,
    status=CREATED,
    response=shapes.ReportDraftedReply,
)
