"""The lines of units: figures of a period beside those of the year before.

Asked by figures.get, figures.children and by the drafting of a report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from services.contracts.reporting.api import FigureLine, UnitFigures
from services.reporting.domain.number_form import change_in_percent
from services.reporting.domain.periods import Period
from services.reporting.indicators.definition import Indicator
from services.reporting.read_models.figures import FigureTables, Sum, Sums
from services.reporting.read_models.geography import Expansion, Geography, Lens
from services.unit_directory.tree import Unit

_NOTHING: Final[Mapping[str, Sum]] = {}
Totals = dict[str, int] | None
Ids = tuple[UUID, ...] | None


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
    """Return the row of each unit, in the asked order, with two sums in all."""
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
    now, before = expansion.now, expansion.before
    totals = {
        "flow": _both((now.flow, before.flow), flows),
        "stock": _both((now.stock, before.stock), stocks),
    }
    reasons = {"flow": expansion.flow_reason, "stock": expansion.stock_reason}
    return UnitFigures(
        unit_id=unit.id,
        unit_code=unit.code,
        unit_name=name.name,
        unit_type=name.unit_type,
        level=unit.level,
        lines=[_line(one, totals, reasons) for one in question.indicators],
    )


def _line(
    indicator: Indicator,
    totals: Mapping[str, tuple[Totals, Totals]],
    reasons: Mapping[str, str | None],
) -> FigureLine:
    now, before = (
        None if total is None else total.get(indicator.code, 0)
        for total in totals[indicator.kind]
    )
    return figure_line(indicator, now, before, reasons[indicator.kind])


def _both(parts: tuple[Ids, Ids], sums: Sums) -> tuple[Totals, Totals]:
    now, before = (None if ids is None else dict.fromkeys(ids, 1) for ids in parts)
    return (
        None if now is None else added_up(now, sums, slot=0),
        None if before is None else added_up(before, sums, slot=1),
    )


def added_up(parts: Mapping[UUID, int], sums: Sums, *, slot: int) -> dict[str, int]:
    """Add up units (1) and take units off (-1), by indicator; zeros are left out."""
    totals: dict[str, int] = {}
    for unit_id, sign in parts.items():
        for code, found in sums.get(unit_id, _NOTHING).items():
            totals[code] = totals.get(code, 0) + sign * found[slot]
    return totals


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
