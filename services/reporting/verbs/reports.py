"""report.draft, report.get, report.of_units: figures frozen under a number."""

import asyncio
from typing import Any, Final

import sqlalchemy as sa

from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.chassis.requests import Verb
from services.contracts.reporting import api
from services.reporting.documents.movement_report import movement_report
from services.reporting.domain.errors import (
    ReportNotVisible,
    ReportNumberTaken,
    UnitNotVisible,
)
from services.reporting.domain.report import require_begun
from services.reporting.indicators import INDICATORS
from services.reporting.read_models import report_register
from services.reporting.read_models.tables import REPORTS
from services.reporting.use_cases.draft_report import Frozen, draft_of, draft_report
from services.reporting.verbs.asking import (
    READ,
    REPORT,
    WRITE,
    freshness,
    geography_of,
    heads,
    in_one_snapshot,
    question_of,
    table,
    visible,
)
from services.unit_directory.custody import reaches
from services.unit_directory.directory import units_of

_TRIES_FOR_A_NUMBER: Final = 50


async def report_draft(call: Call[api.DraftReport]) -> Outcome:
    """Freeze a unit's figures under the unit's next number of the year."""
    body, runtime = call.body, call.runtime
    printed = [one.code for one in INDICATORS if one.in_movement_report]
    question = question_of(body.period, body.calendar, body.geography, printed)
    today = local_today()
    require_begun(question.period, today)
    geography = geography_of(runtime)
    unit = visible(call, geography, [body.unit_id])[0]
    if unit is None:
        raise UnitNotVisible(field="$.unit_id")
    await heads(runtime).refresh(runtime)

    def freeze(conn: sa.Connection) -> Frozen:
        in_one_snapshot(conn)
        fresh = freshness(conn, runtime)
        both = table(conn, geography, unit, question)
        return Frozen(unit=both.parent, children=both.children, freshness=fresh)

    frozen = await runtime.read(freeze)
    draft = draft_of(body, question.period, unit, frozen, call.caller.subject)
    number = await runtime.read(
        report_register.last_number, REPORTS, unit.id, today.year
    )
    for _ in range(_TRIES_FOR_A_NUMBER):
        number += 1
        try:
            return await runtime.commands.run(
                draft_report(draft, number, today), call.key
            )
        except ReportNumberTaken as taken:
            refusal = taken
    raise refusal


async def reports_get(call: Call[api.ReportsRequest]) -> api.ReportsAnswer:
    """Give reports by id as they were frozen; null for those not visible."""
    ids = call.body.report_ids
    found = await call.runtime.read(report_register.reports_by_id, REPORTS, ids)
    return api.ReportsAnswer(
        rows=[_if_visible(call, found.get(report_id)) for report_id in ids]
    )


async def reports_of_units(call: Call[api.UnitReportsRequest]) -> api.UnitReportsAnswer:
    """Give the newest reports of units, without their figures."""
    units = units_of(call.runtime)
    roots = call.caller.unit_roots
    ids = [u for u in call.body.unit_ids if reaches(units, roots, u, REPORT)]
    found = await call.runtime.read(
        report_register.reports_of_units, REPORTS, ids, call.body.first
    )
    by_unit = {row.unit_id: row for row in found}
    return api.UnitReportsAnswer(
        rows=[
            by_unit.get(unit_id, api.UnitReports(unit_id=unit_id, reports=[]))
            for unit_id in call.body.unit_ids
        ]
    )


async def one_report(call: Call[api.OneReport]) -> api.ReportAnswer:
    """Give one report as it was frozen."""
    ids = [call.body.report_id]
    found = await call.runtime.read(report_register.reports_by_id, REPORTS, ids)
    report = _if_visible(call, found.get(call.body.report_id))
    if report is None:
        raise ReportNotVisible(field="$.report_id")
    return report


async def report_docx(call: Call[api.OneReport]) -> bytes:
    """Give the official document of a report."""
    report = await one_report(call)
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(call.runtime.threads, movement_report, report)


def _if_visible(
    call: Call[Any], report: api.ReportAnswer | None
) -> api.ReportAnswer | None:
    if report is None:
        return None
    tree, roots = units_of(call.runtime), call.caller.unit_roots
    return report if reaches(tree, roots, report.unit_id, REPORT) else None


VERBS: Final = (
    Verb(
        name="report.draft",
        request=api.DraftReport,
        handler=report_draft,
        scope=WRITE,
        command=True,
    ),
    Verb(
        name="report.get", request=api.ReportsRequest, handler=reports_get, scope=READ
    ),
    Verb(
        name="report.of_units",
        request=api.UnitReportsRequest,
        handler=reports_of_units,
        scope=READ,
    ),
)
