"""The lines of units along a named hierarchy: a period beside the year before.

Asked by figures.get and figures.children. Both periods are seen through the order of
one day, so that they compare.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from services.contracts.reporting.api import FigureLine, UnitFigures
from services.reporting.indicators.definition import Indicator
from services.reporting.read_models.figures import FigureTables, Sums
from services.reporting.read_models.geography import Geography
from services.reporting.read_models.unit_lines import (
    NOTHING_COUNTED,
    Question,
    figure_line,
)
from services.unit_directory.tree import Unit
from services.unit_hierarchies.roll_up import RollUp

STRANGER = "Đơn vị không thuộc hệ thống này tại ngày đã chọn."


def lines_along(
    conn: sa.Connection,
    tables: FigureTables,
    geography: Geography,
    order: RollUp,
    units: Sequence[Unit],
    question: Question,
) -> list[UnitFigures]:
    """Return the row of each unit, in the asked order, with two statements in all."""
    ids = {part for unit in units for part in order.parts(unit.id)}
    period = question.period
    flows = tables.flows(conn, ids, question.codes("flow"), period)
    stocks = tables.stocks(conn, ids, question.codes("stock"), period)
    sums = {**flows, **stocks}
    return [_row(unit, geography, order, question, sums) for unit in units]


def _row(
    unit: Unit, geography: Geography, order: RollUp, question: Question, sums: Sums
) -> UnitFigures:
    name = unit.named(question.period.last_day)
    parts = order.parts(unit.id)
    flow_reason, stock_reason = geography.breaks(unit, question.period)
    return UnitFigures(
        unit_id=unit.id,
        unit_code=unit.code,
        unit_name=name.name,
        unit_type=name.unit_type,
        level=unit.level,
        lines=[
            _line(one, parts, sums, flow_reason if one.kind == "flow" else stock_reason)
            for one in question.indicators
        ],
    )


def _line(
    indicator: Indicator, parts: Mapping[UUID, int], sums: Sums, reason: str | None
) -> FigureLine:
    if not parts:
        return figure_line(indicator, None, None, STRANGER)
    now = before = 0
    for unit_id, sign in parts.items():
        found = sums.get((unit_id, indicator.code), NOTHING_COUNTED)
        now += sign * found.now
        before += sign * found.before
    return figure_line(indicator, now, before, reason)
