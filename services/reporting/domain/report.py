"""Report: a unit's figures, frozen under a number of the year, as they were known.

Its use case gives it the figures; it decides only on number and period. Source: Nghị
định 30/2020/NĐ-CP, Phụ lục I (numbers begin again at 01 on 1 January).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate, AggregateCreated

from services.reporting.domain.errors import PeriodNotBegun, ReportNumberTaken
from services.reporting.domain.number_form import serial
from services.reporting.domain.periods import Period

_NAMESPACE: Final = UUID("3f0e5f3c-6f7f-5c41-9f0e-7a3c1f7f2b55")


def report_id(unit_id: UUID, year: int, number: int) -> UUID:
    """Return the id of the report that bears this number: a number is given once."""
    return uuid5(_NAMESPACE, f"{unit_id}:{year}:{number}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a report says when it is drafted.

    ``head`` stands around the text; ``frozen`` holds the lines of the unit and of its
    children, and how fresh they were. Both are plain JSON values.
    """

    unit_id: UUID
    period: Period
    geography: str
    head: dict[str, Any]
    frozen: dict[str, Any]
    drafted_by: str


class Report(Aggregate):
    """A drafted report; what it froze never changes."""

    TOPIC = "reporting.report"

    class Event(Aggregate.Event):
        """Any fact of a report."""

        TOPIC = "reporting.report.event"

    class Drafted(Event, AggregateCreated):
        """The report was drafted under its number."""

        TOPIC = "reporting.report.drafted"

        unit_id: UUID
        number: int
        year: int
        period_kind: str
        period_year: int
        period_number: int | None
        first_day: date
        last_day: date
        calendar: str
        geography: str
        head: dict[str, Any]
        frozen: dict[str, Any]
        drafted_on: date
        drafted_by: str

    def __init__(self, *, unit_id: UUID, number: int, year: int, **_: object) -> None:
        self.unit_id = unit_id
        self.number = number
        self.year = year

    @classmethod
    def draft(
        cls, existing: "Report | None", draft: Draft, number: int, today: date
    ) -> Self:
        """Draft a report under a number of today's year.

        Raises ReportNumberTaken, PeriodNotBegun.
        """
        if existing is not None:
            raise ReportNumberTaken(number=number, year=today.year)
        require_begun(draft.period, today)
        period = draft.period
        return cls._create(
            cls.Drafted,
            id=report_id(draft.unit_id, today.year, number),
            unit_id=draft.unit_id,
            number=number,
            year=today.year,
            period_kind=period.kind,
            period_year=period.year,
            period_number=period.number,
            first_day=period.start,
            last_day=period.last_day,
            calendar=period.calendar.code,
            geography=draft.geography,
            head=draft.head,
            frozen=draft.frozen,
            drafted_on=today,
            drafted_by=draft.drafted_by,
        )


def require_begun(period: Period, today: date) -> None:
    """Raise PeriodNotBegun for days that have not come."""
    if period.start > today:
        raise PeriodNotBegun(field="$.period", first_day=period.start)


def number_and_symbol(number: int, symbol: str) -> str:
    """Return what stands behind "Số:", for example 05/BC-BCĐ."""
    return f"{serial(number)}/{symbol}"
