"""The lines of units: figures of a period beside those of the year before.

Asked by figures.get, figures.children and by the drafting of a report.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from services.contracts.reporting.api import FigureLine, UnitFigures
from services.reporting.domain.number_form import change_in_percent
from services.reporting.domain.periods import Period
from services.reporting.indicators.definition import Indicator
from services.reporting.read_models.figures import FigureTables, Sum, Sums
from services.reporting.read_models.geography import Expansion, Geography, Lens
from services.unit_directory.tree import Unit

NOTHING_COUNTED = Sum(0, 0)


@dataclass(frozen=True, slots=True)
class Question:
    """Which indicators, in which period, seen through which borders."""

    indicators: tuple[Indicator, ...]
    period: Period
    lens: Lens

    def codes(self, kind: str) -> list[str]:
        """Return the codes of the asked flows, or of the asked stocks."""
        return [i.code for i in self.indicators if i.kind == kind]


def lines_of_units(
    conn: sa.Connection,
    tables: FigureTables,
    geography: Geography,
    units: Sequence[Unit],
    question: Question,
) -> list[UnitFigures]:
    """Return the row of each unit, in the asked order, with two statements in all."""
    expansions = [
        geography.expand(unit, question.lens, question.period) for unit in units
    ]
    ids = {unit_id for expansion in expansions for unit_id in expansion.unit_ids()}
    period = question.period
    flows = tables.flows(conn, ids, question.codes("flow"), period)
    stocks = tables.stocks(conn, ids, question.codes("stock"), period)
    return [_row(expansion, question, flows, stocks) for expansion in expansions]


def _row(
    expansion: Expansion, question: Question, flows: Sums, stocks: Sums
) -> UnitFigures:
    unit = expansion.unit
    on = None if question.lens == "restated" else question.period.last_day
    name = unit.named(on)
    return UnitFigures(
        unit_id=unit.id,
        unit_code=unit.code,
        unit_name=name.name,
        unit_type=name.unit_type,
        level=unit.level,
        lines=[
            _flow(indicator, expansion, flows)
            if indicator.kind == "flow"
            else _stock(indicator, expansion, stocks)
            for indicator in question.indicators
        ],
    )


def _flow(indicator: Indicator, expansion: Expansion, sums: Sums) -> FigureLine:
    now = _total(indicator, expansion.now.flow, sums, slot=0)
    before = _total(indicator, expansion.before.flow, sums, slot=1)
    return figure_line(indicator, now, before, expansion.flow_reason)


def _stock(indicator: Indicator, expansion: Expansion, sums: Sums) -> FigureLine:
    now = _total(indicator, expansion.now.stock, sums, slot=0)
    before = _total(indicator, expansion.before.stock, sums, slot=1)
    return figure_line(indicator, now, before, expansion.stock_reason)


def _total(
    indicator: Indicator, ids: tuple[UUID, ...] | None, sums: Sums, *, slot: int
) -> int | None:
    if ids is None:
        return None
    found = (sums.get((unit_id, indicator.code), NOTHING_COUNTED) for unit_id in ids)
    return sum(one[slot] for one in found)


def figure_line(
    indicator: Indicator, now: int | None, before: int | None, reason: str | None
) -> FigureLine:
    """Return a line; the reason says why the two may not be compared."""
    change = share = None
    if now is not None and before is not None:
        change, share = now - before, change_in_percent(now, before)
    return FigureLine(
        indicator=indicator.code,
        name_vi=indicator.name_vi,
        name_en=indicator.name_en,
        unit_of_count=indicator.unit_of_count,
        kind=indicator.kind,
        value=now,
        same_period_last_year=before,
        change=change,
        change_percent=share,
        comparable=reason is None,
        not_comparable_because=reason,
    )
