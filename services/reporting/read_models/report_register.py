"""The register of drafted reports: by id with their frozen figures, by unit, by number.

Written in the transaction of the draft; asked by report.get, report.of_units, the DOCX
route and by the next draft for the last number.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.contracts.reporting.api import (
    DocumentHead,
    Freshness,
    ReportAnswer,
    ReportHeading,
    UnitFigures,
    UnitReports,
)
from services.reporting.domain.periods import (
    CALENDARS,
    Period,
    period_of,
    range_of_days,
)
from services.reporting.domain.report import Report, number_and_symbol
from services.reporting.read_models.period_answer import period_answer

_COLUMNS: Final = (
    "report_id",
    "unit_id",
    "year",
    "number",
    "drafted_on",
    "period_kind",
    "period_year",
    "period_number",
    "calendar",
    "last_day",
    "answer",
)


def report_table(metadata: sa.MetaData) -> sa.Table:
    """Describe the register's table."""
    return sa.Table(
        "reports",
        metadata,
        sa.Column("report_id", pg.UUID, primary_key=True),
        sa.Column("unit_id", pg.UUID, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("drafted_on", sa.Date, nullable=False),
        sa.Column("period_kind", sa.Text, nullable=False),
        sa.Column("period_year", sa.Integer, nullable=False),
        sa.Column("period_number", sa.Integer),
        sa.Column("calendar", sa.Text, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("unit_id", "year", "number", name="reports_number"),
    )


class ReportRegister:
    """Writes drafted reports down; the only writer of the table."""

    name = "report_register"

    def __init__(self, table: sa.Table) -> None:
        self._table = table

    def apply(
        self, connection: sa.Connection, recorded: Sequence[RecordedEvent]
    ) -> None:
        """Enter each drafted report."""
        rows = [
            _row(item.aggregate_id, item.event)
            for item in recorded
            if isinstance(item.event, Report.Drafted)
        ]
        if rows:
            insert = pg.insert(self._table).on_conflict_do_nothing()
            connection.execute(insert, rows)


def last_number(conn: sa.Connection, table: sa.Table, unit_id: UUID, year: int) -> int:
    """Return the last number that a unit gave in a year; 0 before the first."""
    found = conn.execute(
        sa.select(sa.func.max(table.c.number)).where(
            table.c.unit_id == unit_id, table.c.year == year
        )
    ).scalar_one()
    return int(found or 0)


def reports_by_id(
    conn: sa.Connection, table: sa.Table, report_ids: Iterable[UUID]
) -> dict[UUID, ReportAnswer]:
    """Return the reports that exist, with all that they froze."""
    rows = conn.execute(
        sa.select(table.c.report_id, table.c.answer).where(
            table.c.report_id.in_(list(report_ids))
        )
    )
    return {row[0]: msgspec.json.decode(row[1], type=ReportAnswer) for row in rows}


def reports_of_units(
    conn: sa.Connection, table: sa.Table, unit_ids: Sequence[UUID], first: int
) -> list[UnitReports]:
    """Return the newest reports of each unit, in the asked order of units."""
    rank = (
        sa.func.row_number()
        .over(
            partition_by=table.c.unit_id,
            order_by=(table.c.year.desc(), table.c.number.desc()),
        )
        .label("rank")
    )
    ranked = (
        sa.select(table.c.unit_id, table.c.answer, rank)
        .where(table.c.unit_id.in_(list(unit_ids)))
        .subquery()
    )
    found: dict[UUID, list[ReportHeading]] = {unit_id: [] for unit_id in unit_ids}
    rows = conn.execute(
        sa.select(ranked.c.unit_id, ranked.c.answer)
        .where(ranked.c.rank <= first)
        .order_by(ranked.c.unit_id, ranked.c.rank)
    )
    for unit_id, answer in rows:
        # Unknown fields are skipped, so the heading is cut out of the whole answer.
        found[unit_id].append(msgspec.json.decode(answer, type=ReportHeading))
    return [UnitReports(unit_id=u, reports=reports) for u, reports in found.items()]


def report_answer(report_id: UUID, drafted: Any) -> ReportAnswer:
    """Return a drafted report as it is told."""
    period = period_of_report(drafted)
    head = msgspec.convert(drafted.head, DocumentHead)
    frozen = drafted.frozen
    return ReportAnswer(
        report_id=report_id,
        unit_id=drafted.unit_id,
        number=drafted.number,
        year=drafted.year,
        number_and_symbol=number_and_symbol(drafted.number, head.symbol),
        drafted_on=drafted.drafted_on,
        drafted_by=drafted.drafted_by,
        period=period_answer(period),
        same_period_last_year=period_answer(period.year_before()),
        geography=drafted.geography,
        head=head,
        unit=msgspec.convert(frozen["unit"], UnitFigures),
        children=msgspec.convert(frozen["children"], list[UnitFigures]),
        freshness=msgspec.convert(frozen["freshness"], Freshness),
        docx_path=f"/v1/reports/{report_id}/docx",
    )


def period_of_report(drafted: Any) -> Period:
    """Return the period that a report is about."""
    if drafted.period_kind == "range":
        return range_of_days(drafted.first_day, drafted.last_day)
    return period_of(
        drafted.period_kind,
        drafted.period_year,
        drafted.period_number,
        CALENDARS[drafted.calendar],
    )


def _row(report_id: UUID, drafted: Any) -> dict[str, Any]:
    values = (
        report_id,
        drafted.unit_id,
        drafted.year,
        drafted.number,
        drafted.drafted_on,
        drafted.period_kind,
        drafted.period_year,
        drafted.period_number,
        drafted.calendar,
        drafted.last_day,
        msgspec.json.encode(report_answer(report_id, drafted)),
    )
    return dict(zip(_COLUMNS, values, strict=True))
