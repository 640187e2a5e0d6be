"""Questions and commands that reporting answers, over HTTP and over NATS alike.

Read by the gateway and by the routes of the service.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from services.contracts.described import about

PeriodKind = Literal["year", "half", "quarter", "nine_months", "month", "range"]
CalendarName = Literal["official", "calendar_year", "procuracy"]
Geography = Literal["as_was", "restated"]
CountKind = Literal["flow", "stock"]

UnitIds = Annotated[list[UUID], msgspec.Meta(max_length=100)]
IndicatorCode = Annotated[str, msgspec.Meta(max_length=60)]
HierarchyCode = Annotated[
    str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{1,39}$", max_length=40)
]
IndicatorCodes = Annotated[list[IndicatorCode], msgspec.Meta(max_length=50)]
Year = Annotated[int, msgspec.Meta(ge=1976, le=2099)]
# One line of a document's head.
ShortText = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\t\r\n]*$")]
Symbol = Annotated[
    str, msgspec.Meta(max_length=40, pattern=r"^[^\t\r\n]*\S[^\t\r\n]*$")
]


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything that a caller may send: unknown fields are refused."""


class PeriodSpec(Request, frozen=True, kw_only=True):
    """Which period is asked for; ``number`` counts from 1 inside the year.

    half 1–2, quarter 1–4, month 1–12; year and nine_months take no number. A range
    takes ``first_day`` and ``last_day``, both inclusive, and ignores the calendar.
    """

    year: Annotated[Year, about("Year of the period (năm).")]
    kind: Annotated[PeriodKind, about("Length of the period (loại kỳ).")] = "year"
    number: Annotated[int | None, about("Which one inside the year, from 1.")] = None
    first_day: Annotated[date | None, about("First day, for RANGE alone.")] = None
    last_day: Annotated[date | None, about("Last day, for RANGE alone.")] = None


class PeriodAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A period with the days that it holds, both inclusive."""

    code: str
    kind: PeriodKind
    year: int
    number: int | None
    calendar: CalendarName
    first_day: date
    last_day: date
    name_vi: str
    name_en: str


class FiguresRequest(Request, frozen=True, kw_only=True):
    """The lines of each unit for one period."""

    unit_ids: UnitIds
    period: PeriodSpec
    calendar: CalendarName = "official"
    geography: Geography = "as_was"
    indicators: IndicatorCodes | None = None
    hierarchy: HierarchyCode | None = None
    on: date | None = None


class ChildrenRequest(Request, frozen=True, kw_only=True):
    """One table row for each child of each parent unit."""

    unit_ids: Annotated[list[UUID], msgspec.Meta(max_length=20)]
    period: PeriodSpec
    calendar: CalendarName = "official"
    geography: Geography = "as_was"
    indicators: IndicatorCodes | None = None
    hierarchy: HierarchyCode | None = None
    on: date | None = None


class FigureLine(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator of one unit.

    ``None`` as a value means that the question does not apply (the unit was not in
    force in that period); zero means that nothing was counted.
    """

    indicator: str
    name_vi: str
    name_en: str
    unit_of_count: str
    kind: CountKind
    value: int | None
    same_period_last_year: int | None
    change: int | None
    change_percent: float | None
    comparable: bool
    not_comparable_because: str | None = None


class RowRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why one unit of a batch has no figures; the other units keep theirs."""

    code: str
    message_vi: str
    message_en: str


class UnitFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of one unit, in the catalogue's order; rows keep the asked order."""

    unit_id: UUID
    unit_code: str
    unit_name: str
    unit_type: str
    level: str
    lines: list[FigureLine]
    refusal: RowRefusal | None = None


class SourceFreshness(msgspec.Struct, frozen=True, kw_only=True):
    """How far the figures have followed one source service.

    Every event of ``source`` up to ``complete_to_position`` is counted. ``head`` is
    the last position that the stream holds, where it could be asked.
    """

    source: str
    generation: str | None
    complete_to_position: int
    head: int | None
    caught_up: bool | None
    event_time: datetime | None
    applied_at: datetime | None


class Freshness(msgspec.Struct, frozen=True, kw_only=True):
    """How fresh an answer is, source by source.

    ``waiting_facts`` counts facts that are kept aside because their unit is not
    known here yet; they enter the figures as soon as it is.
    """

    sources: list[SourceFreshness]
    waiting_facts: int
    answered_at: datetime


class FiguresAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of ``figures.get``: one row for each asked unit, in that order."""

    period: PeriodAnswer
    same_period_last_year: PeriodAnswer
    geography: Geography
    rows: list[UnitFigures]
    freshness: Freshness
    hierarchy: str | None = None
    on: date | None = None


class ChildrenTable(msgspec.Struct, frozen=True, kw_only=True):
    """A parent's own row and the rows of its children, ordered by code."""

    parent: UnitFigures
    children: list[UnitFigures]


class ChildrenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of ``figures.children``: one table for each asked parent."""

    period: PeriodAnswer
    same_period_last_year: PeriodAnswer
    geography: Geography
    rows: list[ChildrenTable]
    freshness: Freshness
    hierarchy: str | None = None
    on: date | None = None


class IndicatorsRequest(Request, frozen=True, kw_only=True):
    """The catalogue, or the named part of it."""

    codes: IndicatorCodes | None = None


class IndicatorDescription(msgspec.Struct, frozen=True, kw_only=True):
    """What one indicator counts and on whose authority."""

    code: str
    name_vi: str
    name_en: str
    unit_of_count: str
    unit_of_count_en: str
    kind: CountKind
    source: str
    numerator: str
    counted_on: str
    legal_source: str
    event_types: list[str]


class IndicatorsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of ``indicators.list``."""

    rows: list[IndicatorDescription]


class FreshnessRequest(Request, frozen=True, kw_only=True):
    """How far reporting has followed its sources."""


class DraftReport(Request, frozen=True, kw_only=True):
    """Freeze a unit's figures under the next number.

    ``issuing_body`` and ``parent_body`` head the document; ``symbol`` follows the
    number (05/BC-BCĐ); ``place`` stands before the date.
    """

    unit_id: Annotated[UUID, about("Unit reported on (đơn vị).")]
    period: Annotated[PeriodSpec, about("Period reported on (kỳ báo cáo).")]
    calendar: Annotated[CalendarName, about("Cut-off days (mốc chốt số liệu).")] = (
        "official"
    )
    geography: Annotated[Geography, about("As it was, or restated (địa giới).")] = (
        "as_was"
    )
    issuing_body: Annotated[
        ShortText | None, about("Body that issues it (cơ quan ban hành).")
    ] = None
    parent_body: Annotated[
        ShortText | None, about("Body above it (cơ quan chủ quản).")
    ] = None
    symbol: Annotated[Symbol, about("Symbol after the number (ký hiệu).")] = "BC-BCĐ"
    place: Annotated[ShortText | None, about("Place before the date (địa danh).")] = (
        None
    )
    signer_title: Annotated[
        ShortText | None, about("Title of who signs (chức vụ người ký).")
    ] = None
    recipients: Annotated[
        list[ShortText],
        msgspec.Meta(max_length=20),
        about("Who receives it (nơi nhận)."),
    ] = []


class ReportDraftedReply(msgspec.Struct, frozen=True, kw_only=True):
    """Reply of ``report.draft``."""

    report_id: UUID
    unit_id: UUID
    number: int
    year: int
    number_and_symbol: str


class DocumentHead(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the text of the official document."""

    issuing_body: str
    parent_body: str
    symbol: str
    place: str
    signing_authority: str
    signer_title: str
    recipients: list[str]


class ReportsRequest(Request, frozen=True, kw_only=True):
    """Reports by id; a report that is not visible is null."""

    report_ids: Annotated[list[UUID], msgspec.Meta(max_length=100)]


class UnitReportsRequest(Request, frozen=True, kw_only=True):
    """The newest reports of each unit, newest first."""

    unit_ids: UnitIds
    first: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20


class ReportAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A drafted report with the figures as they were frozen."""

    report_id: UUID
    unit_id: UUID
    number: int
    year: int
    number_and_symbol: str
    drafted_on: date
    drafted_by: str
    period: PeriodAnswer
    same_period_last_year: PeriodAnswer
    geography: Geography
    head: DocumentHead
    unit: UnitFigures
    children: list[UnitFigures]
    freshness: Freshness
    docx_path: str


class ReportsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of ``report.get``: as many rows as ids asked, in that order."""

    rows: list[ReportAnswer | None]


class OneReport(Request, frozen=True, kw_only=True):
    """One report, named in the path; for its text and for its document."""

    report_id: UUID


class OneUnitReports(Request, frozen=True, kw_only=True):
    """The newest reports of one unit, by HTTP."""

    unit_id: UUID
    first: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20


class OneUnitFigures(Request, frozen=True, kw_only=True):
    """The figures of one unit, or of its children, by HTTP: everything is flat."""

    unit_id: UUID
    year: Year
    kind: PeriodKind = "year"
    number: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    calendar: CalendarName = "official"
    geography: Geography = "as_was"
    indicators: IndicatorCodes | None = None
    hierarchy: HierarchyCode | None = None
    on: date | None = None


class ReportHeading(msgspec.Struct, frozen=True, kw_only=True):
    """A report in a list, without its figures."""

    report_id: UUID
    unit_id: UUID
    number: int
    year: int
    number_and_symbol: str
    drafted_on: date
    drafted_by: str
    period: PeriodAnswer


class UnitReports(msgspec.Struct, frozen=True, kw_only=True):
    """The reports of one unit; empty where there are none or they are not yours."""

    unit_id: UUID
    reports: list[ReportHeading]


class UnitReportsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of ``report.of_units``."""

    rows: list[UnitReports]
