"""Between a period as it is asked for, as it is counted with, and as it is told."""

from services.contracts.reporting.api import PeriodAnswer, PeriodSpec
from services.reporting.domain.periods import (
    CALENDARS,
    Period,
    period_of,
    range_of_days,
)


def asked_period(spec: PeriodSpec, calendar: str) -> Period:
    """Return the period that a caller asks for. Raises the refusals of periods."""
    if spec.kind == "range":
        return range_of_days(spec.first_day, spec.last_day)
    return period_of(spec.kind, spec.year, spec.number, CALENDARS[calendar])


def period_answer(period: Period) -> PeriodAnswer:
    """Return a period with its days and names."""
    return PeriodAnswer(
        code=period.code,
        kind=period.kind,
        year=period.year,
        number=period.number,
        calendar=period.calendar.code,
        first_day=period.start,
        last_day=period.last_day,
        name_vi=period.name_vi,
        name_en=period.name_en,
    )
