"""Figures of a unit for a period, how fresh they are, and drafted reports."""

from datetime import date, datetime
from typing import Annotated, Any, Final

import strawberry

from gateway import loaders
from gateway.questions import Question
from gateway.schema.base import (
    First,
    Info,
    Node,
    Root,
    Row,
    argument,
    column,
    identity,
    output,
    resolved,
    taken,
)
from gateway.schema.enums import Calendar, CountKind, Geography, PeriodKind
from gateway.schema.related import unit_of
from gateway.schema.scalars import Count
from services.contracts.reporting import api as reporting

INDICATORS: Final = Question(
    "reporting", "indicators.list", reporting.IndicatorsRequest
)
FRESHNESS: Final = Question("reporting", "freshness.get", reporting.FreshnessRequest)

LazyUnit = Annotated["Unit", strawberry.lazy("gateway.schema.units")]  # type: ignore[name-defined]  # noqa: F821 - resolved by Strawberry


@taken
class PeriodInput:
    """A period of reporting, such as {year: 2023} (kỳ báo cáo)."""

    year: int = column("Year of the period (năm).")
    kind: PeriodKind = strawberry.field(
        default=PeriodKind.YEAR, description="Length of the period (loại kỳ)."
    )
    number: int | None = strawberry.field(
        default=None, description="Which one inside the year, from 1."
    )
    first_day: date | None = strawberry.field(
        default=None, description="First day, for RANGE alone."
    )
    last_day: date | None = strawberry.field(
        default=None, description="Last day, for RANGE alone."
    )


@taken
class AlongInput:
    """A named hierarchy to sum up along, such as police_line (theo hệ thống)."""

    hierarchy: str = column("Code of the hierarchy (mã hệ thống).")
    on: date | None = strawberry.field(
        default=None,
        description="Day of its order; without one the period's last day, or today.",
    )


def period_spec(period: PeriodInput) -> Row:
    """Period as the contract writes it."""
    spec = {
        "year": period.year,
        "kind": period.kind.value,
        "number": period.number,
        "first_day": period.first_day,
        "last_day": period.last_day,
    }
    return {name: value for name, value in spec.items() if value is not None}


@output
class Period:
    """A period with the days that it holds, both inclusive (kỳ báo cáo)."""

    code: str = column("Short code of the period.")
    kind: PeriodKind = column("Length of the period (loại kỳ).")
    year: int = column("Year (năm).")
    number: int | None = column("Which one inside the year.")
    calendar: Calendar = column("Cut-off days it follows (mốc chốt số liệu).")
    first_day: date = column("First day (từ ngày).")
    last_day: date = column("Last day (đến hết ngày).")
    name_vi: str = column("Name in Vietnamese (tên kỳ).")
    name_en: str = column("Name in English.")


@output
class SourceFreshness:
    """How far the figures have followed one service (độ mới theo nguồn)."""

    source: str = column("The service that publishes the facts.")
    complete_to_position: Count = column("Every event up to here is counted.")
    head: Count | None = column("Last position the stream holds, where known.")
    caught_up: bool | None = column("Whether everything published is counted.")
    event_time: datetime | None = column("When the last counted event happened.")
    applied_at: datetime | None = column("When it was counted.")


@output
class Freshness:
    """How fresh an answer is, source by source (độ mới của số liệu)."""

    sources: list[SourceFreshness] = column("One entry per source service.")
    waiting_facts: Count = column("Facts kept aside until their unit is known.")
    answered_at: datetime = column("When the answer was made.")


@output
class FigureLine:
    """One indicator of one unit beside the same period last year (chỉ tiêu)."""

    indicator: str = column("Code of the indicator (mã chỉ tiêu).")
    name_vi: str = column("Name in Vietnamese (tên chỉ tiêu).")
    name_en: str = column("Name in English.")
    unit_of_count: str = column("What is counted (đơn vị tính).")
    kind: CountKind = column("Flow or stock (phát sinh hay hiện có).")
    value: Count | None = column("This period; null where it does not apply (kỳ này).")
    same_period_last_year: Count | None = column("The year before (cùng kỳ).")
    change: int | None = column("This period less the year before (tăng, giảm).")
    change_percent: float | None = column("Change in percent (tỷ lệ tăng, giảm).")
    comparable: bool = column("Whether the two may be compared.")
    not_comparable_because: str | None = column("Why they may not.")


@output
class Refusal:
    """Why one unit has no figures while others have theirs (lý do từ chối)."""

    code: str = column("Stable code.")
    message_vi: str = column("Message in Vietnamese.")
    message_en: str = column("Message in English.")


def _lines(
    root: Root,
    indicators: Annotated[
        list[str] | None, argument("Keep these indicators, in this order.")
    ] = None,
) -> Any:
    if indicators is None:
        return root["lines"]
    by_code = {line["indicator"]: line for line in root["lines"]}
    return [by_code[code] for code in indicators if code in by_code]


@output
class FiguresOrder:
    """The hierarchy along which figures were summed up, and its day (hệ thống)."""

    hierarchy: str = column("Code of the hierarchy (mã hệ thống).")
    on: date = column("The day of its order (tại ngày).")


def _order(root: Root) -> Any:
    return root if root.get("hierarchy") else None


@output
class Figures:
    """Figures of a unit for one period (số liệu của đơn vị)."""

    unit: LazyUnit | None = resolved(unit_of, "The unit (đơn vị).", ["unit_id"])
    unit_code: str = column("Its code (mã đơn vị).")
    unit_name: str = column("Its name in the period (tên đơn vị).")
    level: str = column("Its level (cấp).")
    period: Period = column("The period (kỳ này).")
    same_period_last_year: Period = column("The period compared with (cùng kỳ).")
    geography: Geography = column("As it was, or restated (địa giới).")
    along: FiguresOrder | None = resolved(
        _order, "The hierarchy summed up along; null: administration.", ["unit_id"]
    )
    lines: list[FigureLine] = resolved(
        _lines, "The indicators, in the catalogue's order.", ["lines"]
    )
    freshness: Freshness = column("How fresh these figures are (độ mới).")
    refusal: Refusal | None = column("Why there are no lines, if so.")


@output
class FiguresTable:
    """A unit's own figures and one row per child (bảng tổng hợp)."""

    parent: Figures = column("The unit itself.")
    children: list[Figures] = column("Its children, by code.")
    freshness: Freshness = column("How fresh the table is (độ mới).")


@output
class Indicator:
    """What an indicator counts and on whose authority (chỉ tiêu)."""

    code: str = column("Stable code.")
    name_vi: str = column("Name in Vietnamese (tên chỉ tiêu).")
    name_en: str = column("Name in English.")
    unit_of_count: str = column("What is counted (đơn vị tính).")
    unit_of_count_en: str = column("What is counted, in English.")
    kind: CountKind = column("Flow or stock.")
    source: str = column("Service that publishes the facts.")
    numerator: str = column("What adds to it.")
    counted_on: str = column("Which day of a fact decides.")
    legal_source: str = column("Legal source (căn cứ).")
    event_types: list[str] = column("Events that it counts.")


@output
class ReportHeading:
    """A report in a list, without its figures (báo cáo)."""

    id: strawberry.ID = column("Id of the report.")
    number: int = column("Number in the year's register (số).")
    year: int = column("Year of the number.")
    number_and_symbol: str = column("Number and symbol (số, ký hiệu).")
    drafted_on: date = column("Day of drafting (ngày lập).")
    drafted_by: str = column("Who drafted it (người lập).")
    period: Period = column("Its period (kỳ báo cáo).")


@output
class Report(Node):
    """A drafted report with the figures as they were frozen (báo cáo)."""

    number: int = column("Number in the year's register (số).")
    year: int = column("Year of the number.")
    number_and_symbol: str = column("Number and symbol (số, ký hiệu).")
    drafted_on: date = column("Day of drafting (ngày lập).")
    drafted_by: str = column("Who drafted it (người lập).")
    period: Period = column("Its period (kỳ báo cáo).")
    same_period_last_year: Period = column("The period compared with (cùng kỳ).")
    geography: Geography = column("As it was, or restated (địa giới).")
    unit: Figures = column("Frozen figures of the unit.")
    children: list[Figures] = column("Frozen figures of its children.")
    freshness: Freshness = column("How fresh the figures were when frozen.")
    docx_path: str = column("Path of the document at reporting's own address.")


InPeriod = Annotated[PeriodInput, argument("The period (kỳ báo cáo).")]
ByCalendar = Annotated[Calendar, argument("Cut-off days (mốc chốt số liệu).")]
InGeography = Annotated[Geography, argument("As it was, or restated (địa giới).")]
OfIndicators = Annotated[
    list[str] | None, argument("Codes of indicators; without them all.")
]
InOrder = Annotated[
    AlongInput | None,
    argument("Sum up along a named hierarchy; borders are those of its day."),
]
OfUnit = Annotated[strawberry.ID, argument("Id of the unit.")]


def figure_terms(
    period: PeriodInput,
    calendar: Calendar,
    geography: Geography,
    indicators: list[str] | None,
    along: AlongInput | None,
) -> Row:
    """Terms of a question about figures as the contract writes them."""
    terms: Row = {
        "period": period_spec(period),
        "calendar": calendar.value,
        "geography": geography.value,
        "indicators": indicators,
    }
    if along is not None:
        terms |= {"hierarchy": along.hierarchy, "on": along.on and str(along.on)}
    return {name: value for name, value in terms.items() if value is not None}


async def unit_figures(  # noqa: PLR0913 - the terms of a question
    root: Root,
    info: Info,
    period: InPeriod,
    calendar: ByCalendar = Calendar.OFFICIAL,
    geography: InGeography = Geography.AS_WAS,
    indicators: OfIndicators = None,
    *,
    along: InOrder = None,
) -> Any:
    """Answer Unit.figures."""
    terms = figure_terms(period, calendar, geography, indicators, along)
    return await loaders.figures_of(info.context, root["id"], terms)


async def figures(  # noqa: PLR0913 - the terms of a question
    info: Info,
    unit_id: OfUnit,
    period: InPeriod,
    calendar: ByCalendar = Calendar.OFFICIAL,
    geography: InGeography = Geography.AS_WAS,
    indicators: OfIndicators = None,
    *,
    along: InOrder = None,
) -> Any:
    """Answer Query.figures."""
    terms = figure_terms(period, calendar, geography, indicators, along)
    unit = identity(unit_id, "Unit", "unitId")
    return await loaders.figures_of(info.context, unit, terms)


async def unit_table(  # noqa: PLR0913 - the terms of a question
    root: Root,
    info: Info,
    period: InPeriod,
    calendar: ByCalendar = Calendar.OFFICIAL,
    geography: InGeography = Geography.AS_WAS,
    indicators: OfIndicators = None,
    *,
    along: InOrder = None,
) -> Any:
    """Answer Unit.figuresTable."""
    terms = figure_terms(period, calendar, geography, indicators, along)
    return await loaders.table_of(info.context, root["id"], terms)


async def unit_reports(root: Root, info: Info, first: First) -> Any:
    """Answer Unit.reports."""
    rows = await loaders.reports_of(info.context, root["id"], first)
    return [row | {"id": row["report_id"]} for row in rows]


async def indicators(
    info: Info,
    codes: Annotated[list[str] | None, argument("Keep these codes.")] = None,
) -> Any:
    """Answer Query.indicators."""
    return (await info.context.ask(INDICATORS, {"codes": codes}))["rows"]


async def freshness(info: Info) -> Any:
    """Answer Query.freshness."""
    return await info.context.ask(FRESHNESS)


@output
class ReportingQueries:
    """Questions about figures, part of Query."""

    indicators: list[Indicator] | None = resolved(
        indicators, "What figures count (danh mục chỉ tiêu)."
    )
    figures: Figures | None = resolved(
        figures, "Figures of a unit for a period (số liệu trong kỳ)."
    )
    freshness: Freshness | None = resolved(
        freshness, "How far the figures have followed (độ mới)."
    )
