"""Numbers as Vietnamese official papers write them."""

from datetime import date

import pytest

from services.reporting.domain.number_form import (
    change_in_percent,
    change_phrase,
    date_line,
    decimal,
    percent,
    serial,
    short_date,
    signed,
    signed_percent,
    whole,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (939, "939"),
        (1131, "1.131"),
        (55875, "55.875"),
        (-1200300, "-1.200.300"),
    ],
)
def test_thousands_stand_behind_points(number: int, text: str) -> None:
    """55,875 attendances are written 55.875."""
    assert text == whole(number)


def test_decimals_stand_behind_a_comma() -> None:
    """The form is CLDR's for vi-VN."""
    assert "1.234.567,5" == decimal(1234567.5)
    assert "29,1%" == percent(29.1)
    assert "0,3" == decimal(0.25)


def test_what_does_not_apply_is_a_dash_and_never_a_zero() -> None:
    """Missing and zero look different."""
    assert ["–", "–", "–", "–"] == [
        whole(None),
        percent(None),
        signed(None),
        signed_percent(None),
    ]
    assert ["0", "0", "0,0%"] == [whole(0), signed(0), signed_percent(0)]


def test_changes_carry_their_sign() -> None:
    """A change shows whether it went up or down."""
    assert ["+1.200", "-5"] == [signed(1200), signed(-5)]
    assert ["+29,1%", "-4,0%"] == [signed_percent(29.1), signed_percent(-4.0)]


def test_change_in_words() -> None:
    """Prose says tăng or giảm with the amount and the share."""
    assert "tăng 12 tin (2,3%) so với cùng kỳ năm trước" == change_phrase(
        12, 2.3, "tin"
    )
    assert "giảm 1.200 lượt so với cùng kỳ năm trước" == change_phrase(
        -1200, None, "lượt"
    )
    assert "bằng cùng kỳ năm trước" == change_phrase(0, 0.0, "buổi")


def test_change_in_percent_of_nothing_is_nothing() -> None:
    """Growth from zero has no percentage, and halves round away from zero."""
    assert change_in_percent(5, 0) is None
    assert 29.1 == change_in_percent(1291, 1000)
    assert 0.1 == change_in_percent(2001, 2000)  # 0.05 rounds up
    assert -0.1 == change_in_percent(1999, 2000)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2023, 12, 14), "ngày 14 tháng 12 năm 2023"),
    ],
)
def test_days_below_ten_and_the_first_two_months_take_a_zero(
    day: date, text: str
) -> None:
    """Nothing can be written in front of such a number afterwards."""
    assert text == date_line(day)


def test_serial_numbers_below_ten_take_a_zero() -> None:
    """Số: 05, but 10 and 123."""
    assert ["05", "10", "123"] == [serial(5), serial(10), serial(123)]
    assert "05/02/2026" == short_date(date(2026, 2, 5))


def test_a_share_of_ten_times_and_more_is_not_written() -> None:
    """The two numbers stand beside it and say more."""
    assert ["+999,9%", "–"] == [signed_percent(999.9), signed_percent(46850.0)]
    assert "tăng 937 buổi so với cùng kỳ năm trước" == change_phrase(
        937, 46850.0, "buổi"
    )
