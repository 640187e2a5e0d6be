"""Periods by Nghị định 09/2019 and by the other calendars."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.errors import (
    PeriodDaysMissing,
    PeriodDaysReversed,
    PeriodNumberWrong,
    PeriodOutOfReach,
    PeriodTooLong,
)
from services.reporting.domain.periods import (
    CALENDARS,
    OFFICIAL,
    Calendar,
    Period,
    following,
    month_holding,
    period_of,
    range_of_days,
    year_holding,
)

days = st.dates(date(2000, 1, 1), date(2059, 12, 31))
calendars = st.sampled_from(list(CALENDARS.values()))
EVERY_KIND = [("year", [None]), ("half", [1, 2]), ("quarter", [1, 2, 3, 4])]


def test_official_year_2023_runs_from_15_december_2022_to_14_december_2023() -> None:
    """The year of the Bắc Kạn report is cut at the 14th of December."""
    year = period_of("year", 2023)

    assert date(2022, 12, 15) == year.start
    assert date(2023, 12, 15) == year.end
    assert date(2023, 12, 14) == year.last_day
    assert date(2022, 12, 14) not in year
    assert date(2023, 12, 14) in year
    assert date(2023, 12, 15) not in year


@pytest.mark.parametrize(
    ("kind", "number", "first", "last"),
    [
        ("half", 1, date(2022, 12, 15), date(2023, 6, 14)),
        ("half", 2, date(2023, 6, 15), date(2023, 12, 14)),
        ("nine_months", None, date(2022, 12, 15), date(2023, 9, 14)),
        ("quarter", 1, date(2022, 12, 15), date(2023, 3, 14)),
        ("quarter", 4, date(2023, 9, 15), date(2023, 12, 14)),
        ("month", 1, date(2022, 12, 15), date(2023, 1, 14)),
        ("month", 12, date(2023, 11, 15), date(2023, 12, 14)),
    ],
)
def test_official_periods_have_the_days_of_the_decree(
    kind: str, number: int | None, first: date, last: date
) -> None:
    """Each kind of period of 2023 has the decree's first and last day."""
    found = period_of(kind, 2023, number)  # type: ignore[arg-type]

    assert (first, last) == (found.start, found.last_day)


def test_quarters_of_2026_have_90_92_92_and_91_days() -> None:
    """The worked example of the domain notes holds."""
    quarters = [period_of("quarter", 2026, number) for number in (1, 2, 3, 4)]

    assert [90, 92, 92, 91] == [(q.end - q.start).days for q in quarters]


def test_calendar_is_a_parameter_of_the_question() -> None:
    """The same year has other days by the calendar year and by the procuracy's."""
    plain = period_of("year", 2023, None, CALENDARS["calendar_year"])
    procuracy = period_of("year", 2023, None, CALENDARS["procuracy"])

    assert (date(2023, 1, 1), date(2023, 12, 31)) == (plain.start, plain.last_day)
    assert (date(2022, 12, 1), date(2023, 11, 30)) == (
        procuracy.start,
        procuracy.last_day,
    )


def parts_of(year: int, kind: str, count: int, calendar: Calendar) -> list[Period]:
    return [
        period_of(kind, year, number, calendar)  # type: ignore[arg-type]
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
def test_periods_tile_every_year_from_2000_to_2059(calendar: Calendar) -> None:
    """Months, quarters and halves each cover a year once, and years join up."""
    for year in range(2000, 2060):
        whole = period_of("year", year, None, calendar)
        for kind, count in (("month", 12), ("quarter", 4), ("half", 2)):
            parts = parts_of(year, kind, count, calendar)
            assert whole.start == parts[0].start
            assert whole.end == parts[-1].end
            assert all(a.end == b.start for a, b in pairwise(parts))
        assert whole.end == period_of("year", year + 1, None, calendar).start
        nine = period_of("nine_months", year, None, calendar)
        assert parts_of(year, "quarter", 4, calendar)[2].end == nine.end


@given(days, calendars)
def test_each_day_belongs_to_exactly_one_month_and_year(
    day: date, calendar: Calendar
) -> None:
    """The month and the year that hold a day are the only ones that do."""
    month = month_holding(day, calendar)

    assert day in month
    assert day in year_holding(day, calendar)
    around = [month_holding(month.start - timedelta(days=1), calendar)]
    around.append(month_holding(month.end, calendar))
    assert not any(day in other for other in around)


def test_14_december_closes_the_year_and_15_december_opens_the_next() -> None:
    """The official year changes between the two days."""
    assert 2023 == year_holding(date(2023, 12, 14)).year
    assert 2024 == year_holding(date(2023, 12, 15)).year
    assert ("month", 2024, 1) == (
        (found := month_holding(date(2023, 12, 15))).kind,
        found.year,
        found.number,
    )


@given(st.integers(2001, 2059), st.integers(1, 12), calendars)
def test_same_period_last_year_bears_the_same_number(
    year: int, number: int, calendar: Calendar
) -> None:
    """The period to compare with is the identical one a year earlier."""
    month = period_of("month", year, number, calendar)

    assert period_of("month", year - 1, number, calendar) == month.year_before()


def test_range_compares_to_the_same_days_of_the_year_before() -> None:
    """A free range moves back by a year; 29 February becomes the 28th."""
    found = range_of_days(date(2024, 2, 1), date(2024, 2, 29)).year_before()

    assert (date(2023, 2, 1), date(2023, 2, 28)) == (found.start, found.last_day)


def test_codes_and_names_are_those_of_reports() -> None:
    """Codes follow the exchange form, names the titles of reports."""
    assert ["2026", "2026H1", "20263", "20269M", "202601"] == [
        period_of("year", 2026).code,
        period_of("half", 2026, 1).code,
        period_of("quarter", 2026, 3).code,
        period_of("nine_months", 2026).code,
        period_of("month", 2026, 1).code,
    ]
    assert (
        "20260101-20260131" == range_of_days(date(2026, 1, 1), date(2026, 1, 31)).code
    )
    assert "6 tháng đầu năm 2026" == period_of("half", 2026, 1).name_vi
    assert "quý III năm 2026" == period_of("quarter", 2026, 3).name_vi
    assert "tháng 1 năm 2026" == period_of("month", 2026, 1, OFFICIAL).name_vi
    procuracy = period_of("month", 2026, 1, CALENDARS["procuracy"])
    assert "tháng 12 năm 2025" == procuracy.name_vi


@pytest.mark.parametrize(
    ("kind", "number"),
    [("month", 13), ("month", 0), ("month", None), ("quarter", 5), ("year", 1)],
)
def test_a_number_that_a_year_does_not_have_is_refused(
    kind: str, number: int | None
) -> None:
    """There is no thirteenth month and no first year of a year."""
    with pytest.raises(PeriodNumberWrong) as refused:
        period_of(kind, 2023, number)  # type: ignore[arg-type]
    assert "$.period.number" == refused.value.field


def test_impossible_ranges_are_refused() -> None:
    """A range has two days in order and is shorter than twenty years."""
    with pytest.raises(PeriodDaysMissing):
        range_of_days(date(2023, 1, 1), None)
    with pytest.raises(PeriodDaysReversed):
        range_of_days(date(2023, 1, 2), date(2023, 1, 1))
    with pytest.raises(PeriodTooLong):
        range_of_days(date(2000, 1, 1), date(2020, 1, 1))
    with pytest.raises(PeriodOutOfReach):
        period_of("year", 2100)


@pytest.mark.parametrize(
    ("period", "next_one"),
    [
        (period_of("year", 2024), period_of("year", 2025)),
        (period_of("half", 2024, 1), period_of("half", 2024, 2)),
        (period_of("half", 2024, 2), period_of("half", 2025, 1)),
        (period_of("quarter", 2024, 4), period_of("quarter", 2025, 1)),
        (period_of("nine_months", 2024), period_of("nine_months", 2025)),
        (period_of("month", 2024, 11), period_of("month", 2024, 12)),
        (period_of("month", 2024, 12), period_of("month", 2025, 1)),
    ],
    ids=lambda period: str(period.code),
)
def test_a_period_is_followed_by_the_next_of_its_kind(
    period: Period, next_one: Period
) -> None:
    """Over the end of the year too; it begins where the other one ends."""
    assert next_one == following(period)
    assert period.kind == "nine_months" or period.end == following(period).start
