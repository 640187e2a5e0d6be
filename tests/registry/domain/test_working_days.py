"""Working days of Vietnam: weekends, Tết, substitute days, announced swaps, clocks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.working_days import (
    Clock,
    Deadline,
    add_working_days,
    is_working_day,
    working_days_between,
)

DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True),  # the Friday before Tết Bính Ngọ
        (date(2026, 2, 16), False),  # 29 tháng Chạp
        (date(2026, 2, 20), False),  # mùng 4
        (date(2026, 2, 23), True),
        (date(2025, 1, 27), False),  # 28 tháng Chạp, for Tết's day on a Saturday
        (date(2025, 2, 3), True),
        (date(2023, 5, 3), False),  # substitutes 30 April, a Sunday
        (date(2024, 4, 29), False),  # swapped with Saturday 4 May
        (date(2024, 5, 4), True),
        (date(2014, 12, 27), True),  # made up for 2 January 2015
        (date(2026, 1, 2), False),  # swapped with Saturday 10 January
        (date(2026, 1, 10), True),
        (date(2026, 8, 22), True),  # made up for 31 August
        (date(2026, 8, 31), False),
        (date(2026, 4, 27), False),  # Giỗ Tổ on a Sunday
        (date(2026, 3, 7), False),  # a Saturday
        (date(2026, 3, 8), False),
    ],
)
def test_public_offices_work_on_these_days(day: date, *, works: bool) -> None:
    """Holidays, their substitutes and swaps are those that were announced."""
    assert works == is_working_day(day)


def test_five_working_days_across_tet() -> None:
    """Minutes of 12 February 2026: the fifth working day is after the nine days off."""
    assert date(2026, 2, 26) == add_working_days(date(2026, 2, 12), 5)


def test_the_day_itself_does_not_count() -> None:
    """Counting begins on the day after; no days lead nowhere."""
    assert date(2026, 3, 9) == add_working_days(date(2026, 3, 6), 1)
    assert date(2026, 3, 7) == add_working_days(date(2026, 3, 7), 0)
    with pytest.raises(ValueError, match="-1"):
        add_working_days(date(2026, 3, 6), -1)


@given(DAYS, st.integers(0, 60))
def test_adding_and_counting_are_inverse(start: date, n: int) -> None:
    """Between a day and its n-th working day lie n of them, and the end works."""
    end = add_working_days(start, n)
    assert n == working_days_between(start, end)
    assert n == 0 or is_working_day(end)


@given(DAYS, st.integers(0, 400))
def test_no_working_day_lies_before_the_start(start: date, days: int) -> None:
    """An end before the start counts nothing."""
    assert 0 == working_days_between(start, start - timedelta(days=days))


def test_a_deadline_is_overdue_after_its_last_day_and_never_before() -> None:
    """It runs on the last day, is overdue on the next and stays so until done."""
    deadline = Deadline(date(2026, 3, 2), 5)
    assert date(2026, 3, 9) == deadline.due_on
    assert Clock.RUNNING == deadline.clock(done_on=None, today=date(2026, 3, 9))
    assert Clock.OVERDUE == deadline.clock(done_on=None, today=date(2026, 3, 10))
    assert Clock.OVERDUE == deadline.clock(done_on=None, today=date(2027, 3, 10))
    late, today = date(2026, 3, 12), date(2026, 6, 1)
    assert Clock.MET_LATE == deadline.clock(done_on=late, today=today)
    assert Clock.MET == deadline.clock(done_on=deadline.due_on, today=today)
    assert 3 == deadline.days_late(done_on=late, today=today)
    assert 0 == deadline.days_late(done_on=date(2026, 3, 3), today=today)
