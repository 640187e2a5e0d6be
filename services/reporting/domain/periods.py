"""Which days belong to a reporting period; asked by every question about figures.

Source: Nghị định 09/2019/NĐ-CP, Đ.12 (official cut-offs: a month runs from the 15th of
the month before to the 14th). Days are local dates, half-open: start in, end out.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from services.reporting.domain.errors import (
    PeriodDaysMissing,
    PeriodDaysReversed,
    PeriodNumberWrong,
    PeriodOutOfReach,
    PeriodTooLong,
)

Kind = Literal["year", "half", "quarter", "nine_months", "month", "range"]
CalendarCode = Literal["official", "calendar_year", "procuracy"]

FIRST_YEAR: Final = 1976
LAST_YEAR: Final = 2099
LONGEST_RANGE_DAYS: Final = 7305  # twenty years: the longest summing-up seen is eleven


class Calendar(NamedTuple):
    """Where the reporting year begins: so many months early, on which day."""

    code: CalendarCode
    starts_months_early: int
    starts_on_day: int


CALENDARS: Final[dict[str, Calendar]] = {
    "official": Calendar("official", 1, 15),
    "calendar_year": Calendar("calendar_year", 0, 1),
    "procuracy": Calendar("procuracy", 1, 1),
}
OFFICIAL: Final = CALENDARS["official"]

_MONTHS: Final[dict[str, int]] = {"half": 6, "quarter": 3, "month": 1}
_ROMAN: Final = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period; ``end`` is the first day after it."""

    kind: Kind
    year: int
    number: int | None
    calendar: Calendar
    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        """Say whether a local day belongs to the period."""
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        """The period's last day, inclusive."""
        return self.end - timedelta(days=1)

    @property
    def code(self) -> str:
        """Code in exchange: 2026, 2026H1, 20261 (quarter), 20269M, 202601 (month)."""
        match self.kind:
            case "year":
                return f"{self.year}"
            case "half":
                return f"{self.year}H{self.number}"
            case "quarter":
                return f"{self.year}{self.number}"
            case "nine_months":
                return f"{self.year}9M"
            case "month":
                return f"{self.year}{self.number:02d}"
        return f"{self.start:%Y%m%d}-{self.last_day:%Y%m%d}"

    @property
    def name_vi(self) -> str:
        """The period's name as a report's title says it."""
        match self.kind:
            case "year":
                return f"năm {self.year}"
            case "half":
                return (
                    f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
                )
            case "quarter":
                return f"quý {_ROMAN[self.number or 0]} năm {self.year}"
            case "nine_months":
                return f"9 tháng đầu năm {self.year}"
            case "month":
                return f"tháng {self.last_day.month} năm {self.last_day.year}"
        return f"từ ngày {self.start:%d/%m/%Y} đến ngày {self.last_day:%d/%m/%Y}"

    @property
    def name_en(self) -> str:
        """The period's name in English."""
        match self.kind:
            case "year":
                return f"year {self.year}"
            case "half":
                return f"half {self.number} of {self.year}"
            case "quarter":
                return f"quarter {self.number} of {self.year}"
            case "nine_months":
                return f"nine months of {self.year}"
            case "month":
                return f"{self.last_day.year}-{self.last_day.month:02d}"
        return f"{self.start} to {self.last_day}"

    def year_before(self) -> "Period":
        """Return the same period of the year before, which figures compare to."""
        if self.kind == "range":
            return range_of_days(_year_back(self.start), _year_back(self.last_day))
        return period_of(self.kind, self.year - 1, self.number, self.calendar)


def period_of(
    kind: Kind, year: int, number: int | None = None, calendar: Calendar = OFFICIAL
) -> Period:
    """Return the numbered period of a year (number counts from 1, or none at all).

    Raises PeriodNumberWrong, PeriodOutOfReach.
    """
    if not FIRST_YEAR - 1 <= year <= LAST_YEAR:
        raise PeriodOutOfReach(
            field="$.period.year", first_year=FIRST_YEAR, last_year=LAST_YEAR
        )
    first, months = _months_of(kind, number)
    return Period(
        kind=kind,
        year=year,
        number=number,
        calendar=calendar,
        start=_month_start(calendar, year, first),
        end=_month_start(calendar, year, first + months),
    )


def following(period: Period) -> Period:
    """Return the next period of the same kind; a free range has none."""
    year, number = period.year, period.number
    if number is None or number == 12 // _MONTHS[period.kind]:
        year, number = year + 1, None if number is None else 1
    else:
        number += 1
    return period_of(period.kind, year, number, period.calendar)


def range_of_days(first_day: date | None, last_day: date | None) -> Period:
    """Return the free range between two days, both inclusive.

    Raises PeriodDaysMissing, PeriodDaysReversed, PeriodTooLong, PeriodOutOfReach.
    """
    if first_day is None or last_day is None:
        missing = "first_day" if first_day is None else "last_day"
        raise PeriodDaysMissing(field=f"$.period.{missing}")
    if last_day < first_day:
        raise PeriodDaysReversed(field="$.period.last_day")
    if (last_day - first_day).days >= LONGEST_RANGE_DAYS:
        raise PeriodTooLong(field="$.period.last_day", limit_days=LONGEST_RANGE_DAYS)
    if first_day.year < FIRST_YEAR - 1 or last_day.year > LAST_YEAR:
        raise PeriodOutOfReach(
            field="$.period.first_day", first_year=FIRST_YEAR, last_year=LAST_YEAR
        )
    return Period(
        kind="range",
        year=last_day.year,
        number=None,
        calendar=CALENDARS["calendar_year"],
        start=first_day,
        end=last_day + timedelta(days=1),
    )


def month_holding(day: date, calendar: Calendar = OFFICIAL) -> Period:
    """Return the month of the calendar to which a day belongs."""
    months = day.year * 12 + day.month - 1 + calendar.starts_months_early
    if day.day < calendar.starts_on_day:
        months -= 1
    return period_of("month", months // 12, months % 12 + 1, calendar)


def year_holding(day: date, calendar: Calendar = OFFICIAL) -> Period:
    """Return the year of the calendar to which a day belongs."""
    return period_of("year", month_holding(day, calendar).year, None, calendar)


def _months_of(kind: Kind, number: int | None) -> tuple[int, int]:
    if kind in _MONTHS:
        months = _MONTHS[kind]
        if number is None or not 1 <= number <= 12 // months:
            raise PeriodNumberWrong(
                field="$.period.number", kind=kind, allowed=f"1–{12 // months}"
            )
        return (number - 1) * months, months
    if number is not None:
        raise PeriodNumberWrong(field="$.period.number", kind=kind, allowed="–")
    return 0, 9 if kind == "nine_months" else 12


def _month_start(calendar: Calendar, year: int, month_index: int) -> date:
    months = year * 12 + month_index - calendar.starts_months_early
    return date(months // 12, months % 12 + 1, calendar.starts_on_day)


def _year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February compares to the 28th
        return day.replace(year=day.year - 1, day=28)
