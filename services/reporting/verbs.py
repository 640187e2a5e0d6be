"""Every question and the one command as handlers, and as verbs of the bus.

Both doors call these: ``api.py`` by HTTP, others by ``svc.reporting.v1.<verb>``.
"""

import asyncio
import dataclasses
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from services.chassis.calls import Call, Outcome, require_scope
from services.chassis.clock import local_today
from services.chassis.errors import DomainError
from services.chassis.requests import Verb
from services.chassis.service import Runtime
from services.contracts.reporting import api
from services.reporting.documents.movement_report import movement_report
from services.reporting.domain.errors import (
    IndicatorUnknown,
    ReportNotVisible,
    ReportNumberTaken,
    UnitNotVisible,
)
from services.reporting.domain.report import require_begun
from services.reporting.indicators import BY_CODE, INDICATORS
from services.reporting.indicators.definition import Indicator
from services.reporting.read_models import freshness as freshness_model
from services.reporting.read_models import report_register
from services.reporting.read_models.geography import Geography, Lens
from services.reporting.read_models.period_answer import asked_period, period_answer
from services.reporting.read_models.tables import FIGURES, REPORTS, WAITING
from services.reporting.read_models.unit_lines import Question, lines_of_units
from services.reporting.use_cases.draft_report import Frozen, draft_of, draft_report
from services.unit_directory.directory import units_of
from services.unit_directory.tree import Unit

READ: Final = "reporting:read"
WRITE: Final = "reporting:write"
FOLLOW: Final = "events:subscribe"
GEOGRAPHY: Final = "geography"
_TRIES_FOR_A_NUMBER: Final = 50


async def figures_get(call: Call[api.FiguresRequest]) -> api.FiguresAnswer:
    """Give the lines of units for one period, beside those of the year before."""
    body = call.body
    question = _question(body.period, body.calendar, body.geography, body.indicators)
    geography = _geography(call.runtime)
    units = _visible(call, geography, body.unit_ids)

    def ask(conn: sa.Connection) -> tuple[list[api.UnitFigures], api.Freshness]:
        _in_one_snapshot(conn)
        fresh = _freshness(conn, call.runtime)
        asked = [unit for unit in units if unit is not None]
        return lines_of_units(conn, FIGURES, geography, asked, question), fresh

    await _heads(call.runtime).refresh(call.runtime)
    rows, fresh = await call.runtime.read(ask)
    found = iter(rows)
    return api.FiguresAnswer(
        period=period_answer(question.period),
        same_period_last_year=period_answer(question.period.year_before()),
        geography=body.geography,
        rows=[
            _refused(unit_id, UnitNotVisible()) if unit is None else next(found)
            for unit_id, unit in zip(body.unit_ids, units, strict=True)
        ],
        freshness=fresh,
    )


async def figures_follow(call: Call[api.FiguresRequest]) -> api.FiguresAnswer:
    """Give the same lines to whoever follows them, in areas where it may read them."""
    require_scope(call.caller, READ)
    reader = call.caller.only_with(READ)
    return await figures_get(dataclasses.replace(call, principal=reader))


async def figures_children(call: Call[api.ChildrenRequest]) -> api.ChildrenAnswer:
    """Give the table of each unit's children, with the unit's own row."""
    body = call.body
    question = _question(body.period, body.calendar, body.geography, body.indicators)
    geography = _geography(call.runtime)
    parents = _visible(call, geography, body.unit_ids)

    def ask(conn: sa.Connection) -> tuple[list[api.ChildrenTable], api.Freshness]:
        _in_one_snapshot(conn)
        fresh = _freshness(conn, call.runtime)
        tables = [
            _refused_table(unit_id)
            if parent is None
            else _table(conn, geography, parent, question)
            for unit_id, parent in zip(body.unit_ids, parents, strict=True)
        ]
        return tables, fresh

    await _heads(call.runtime).refresh(call.runtime)
    tables, fresh = await call.runtime.read(ask)
    return api.ChildrenAnswer(
        period=period_answer(question.period),
        same_period_last_year=period_answer(question.period.year_before()),
        geography=body.geography,
        rows=tables,
        freshness=fresh,
    )


async def indicators_list(call: Call[api.IndicatorsRequest]) -> api.IndicatorsAnswer:
    """List what is counted, on whose authority and by which day."""
    return api.IndicatorsAnswer(
        rows=[_described(indicator) for indicator in _indicators(call.body.codes)]
    )


async def freshness_get(call: Call[api.FreshnessRequest]) -> api.Freshness:
    """Say how far the figures have followed each source."""
    await _heads(call.runtime).refresh(call.runtime)
    return await call.runtime.read(_freshness, call.runtime)


async def report_draft(call: Call[api.DraftReport]) -> Outcome:
    """Freeze a unit's figures under the unit's next number of the year."""
    body, runtime = call.body, call.runtime
    printed = [one.code for one in INDICATORS if one.in_movement_report]
    question = _question(body.period, body.calendar, body.geography, printed)
    today = local_today()
    require_begun(question.period, today)
    geography = _geography(runtime)
    unit = _visible(call, geography, [body.unit_id])[0]
    if unit is None:
        raise UnitNotVisible(field="$.unit_id")
    await _heads(runtime).refresh(runtime)

    def freeze(conn: sa.Connection) -> Frozen:
        _in_one_snapshot(conn)
        fresh = _freshness(conn, runtime)
        table = _table(conn, geography, unit, question)
        return Frozen(unit=table.parent, children=table.children, freshness=fresh)

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
    ids = [u for u in call.body.unit_ids if units.within(roots, u)]
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


def _in_one_snapshot(conn: sa.Connection) -> None:
    """Make figures and freshness speak of the same moment.

    Freshness is read first: every reader and writer takes the tables in one order.
    """
    conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _question(
    spec: api.PeriodSpec, calendar: str, lens: Lens, codes: list[str] | None
) -> Question:
    return Question(_indicators(codes), asked_period(spec, calendar), lens)


def _indicators(codes: list[str] | None) -> tuple[Indicator, ...]:
    if codes is None:
        return INDICATORS
    for number, code in enumerate(codes):
        if code not in BY_CODE:
            raise IndicatorUnknown(field=f"$.indicators[{number}]")
    return tuple(indicator for indicator in INDICATORS if indicator.code in codes)


def _geography(runtime: Runtime) -> Geography:
    """Return the walks over the present tree. Raises UnitsNotLoaded."""
    tree = units_of(runtime)
    known: Geography | None = runtime.extras.get(GEOGRAPHY)
    if known is None or known.tree is not tree:
        known = runtime.extras[GEOGRAPHY] = Geography(tree)
    return known


def _visible(
    call: Call[Any], geography: Geography, unit_ids: Sequence[UUID]
) -> list[Unit | None]:
    """Return the units that lie in what the caller's roots cover; None for others.

    What a root covers includes the past of units that it absorbed, so a successor
    reads the history of those before it.
    """
    tree, roots = geography.tree, call.caller.unit_roots
    return [tree.get(u) if tree.within(roots, u) else None for u in unit_ids]


def _table(
    conn: sa.Connection, geography: Geography, parent: Unit, question: Question
) -> api.ChildrenTable:
    children = geography.children(parent, question.lens, question.period)
    rows = lines_of_units(conn, FIGURES, geography, [parent, *children], question)
    return api.ChildrenTable(parent=rows[0], children=rows[1:])


def _refused(unit_id: UUID, refusal: DomainError) -> api.UnitFigures:
    return api.UnitFigures(
        unit_id=unit_id,
        unit_code="",
        unit_name="",
        unit_type="",
        level="",
        lines=[],
        refusal=api.RowRefusal(
            code=refusal.code,
            message_vi=refusal.message_vi,
            message_en=refusal.message_en,
        ),
    )


def _refused_table(unit_id: UUID) -> api.ChildrenTable:
    return api.ChildrenTable(parent=_refused(unit_id, UnitNotVisible()), children=[])


def _if_visible(
    call: Call[Any], report: api.ReportAnswer | None
) -> api.ReportAnswer | None:
    if report is None:
        return None
    tree = units_of(call.runtime)
    return report if tree.within(call.caller.unit_roots, report.unit_id) else None


def _heads(runtime: Runtime) -> freshness_model.StreamHeads:
    heads: freshness_model.StreamHeads = runtime.extras[freshness_model.EXTRA]
    return heads


def _freshness(conn: sa.Connection, runtime: Runtime) -> api.Freshness:
    return freshness_model.freshness(
        conn, WAITING, _heads(runtime), runtime.settings.partitions
    )


def _described(indicator: Indicator) -> api.IndicatorDescription:
    return api.IndicatorDescription(
        code=indicator.code,
        name_vi=indicator.name_vi,
        name_en=indicator.name_en,
        unit_of_count=indicator.unit_of_count,
        unit_of_count_en=indicator.unit_of_count_en,
        kind=indicator.kind,
        source=indicator.source,
        numerator=indicator.numerator,
        counted_on=indicator.counted_on,
        legal_source=indicator.legal_source,
        event_types=list(indicator.event_types),
    )


VERBS: Final = (
    Verb(
        name="figures.get", request=api.FiguresRequest, handler=figures_get, scope=READ
    ),
    Verb(
        name="figures.follow",
        request=api.FiguresRequest,
        handler=figures_follow,
        scope=FOLLOW,
    ),
    Verb(
        name="figures.children",
        request=api.ChildrenRequest,
        handler=figures_children,
        scope=READ,
    ),
    Verb(
        name="indicators.list",
        request=api.IndicatorsRequest,
        handler=indicators_list,
        scope=READ,
    ),
    Verb(
        name="freshness.get",
        request=api.FreshnessRequest,
        handler=freshness_get,
        scope=READ,
    ),
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
