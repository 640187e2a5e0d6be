"""The lines of units along a named hierarchy: a period beside the year before.

Asked by figures.get and figures.children. Both periods are seen through the order of
one day, so that they compare.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from services.contracts.reporting.api import UnitFigures
from services.reporting.read_models.figures import FigureTables, Sums
from services.reporting.read_models.geography import Geography
from services.reporting.read_models.unit_lines import (
    Question,
    added_up,
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
    """Return the row of each unit, in the asked order, with two sums in all."""
    ids = {part for unit in units for part in order.parts(unit.id)}
    period = question.period
    flows = tables.flows(conn, ids, question.codes("flow"), period)
    stocks = tables.stocks(conn, ids, question.codes("stock"), period)
    sums = {one: flows.get(one, {}) | stocks.get(one, {}) for one in ids}
    return [_row(unit, geography, order, question, sums) for unit in units]


def _row(
    unit: Unit, geography: Geography, order: RollUp, question: Question, sums: Sums
) -> UnitFigures:
    name = unit.named(question.period.last_day)
    parts = order.parts(unit.id)
    now, before = (added_up(parts, sums, slot=slot) for slot in (0, 1))
    reasons = dict(
        zip(("flow", "stock"), geography.breaks(unit, question.period), strict=True)
    )
    return UnitFigures(
        unit_id=unit.id,
        unit_code=unit.code,
        unit_name=name.name,
        unit_type=name.unit_type,
        level=unit.level,
        lines=[
            figure_line(
                one, now.get(one.code, 0), before.get(one.code, 0), reasons[one.kind]
            )
            if parts
            else figure_line(one, None, None, STRANGER)
            for one in question.indicators
        ],
    )
