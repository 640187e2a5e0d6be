"""The table at the end: what is marked as matched, and what is not."""

import pytest

from demo.comparison import Counted, Line, all_matched, compare


def counted(
    code: str, then: int | None, today: int | None = None, beside: int = 0
) -> Counted:
    return Counted(
        indicator=code,
        name=code,
        unit_of_count="buổi",
        then=then,
        today=then if today is None else today,
        beside=beside,
    )


def test_an_equal_figure_is_matched() -> None:
    """What is counted and what was published are the same number."""
    lines = compare([counted("sessions_held", 939)], {"sessions_held": 939})

    assert [True] == [line.is_matched for line in lines]
    assert all_matched(lines)


@pytest.mark.parametrize("then", [938, 940, 0, None])
def test_any_other_figure_is_not_matched(then: int | None) -> None:
    """One too few, one too many, nothing, no answer."""
    lines = compare([counted("sessions_held", then)], {"sessions_held": 939})

    assert [False] == [line.is_matched for line in lines]
    assert not all_matched(lines)


def test_what_was_not_published_is_shown_without_a_mark() -> None:
    """It neither helps nor harms the verdict."""
    lines = compare(
        [counted("sessions_held", 939), counted("tips_received", 817)],
        {"sessions_held": 939},
    )

    assert [True, None] == [line.is_matched for line in lines]
    assert all_matched(lines)


def test_a_published_figure_that_nobody_counts_is_missed() -> None:
    """An indicator that the platform does not answer fails the comparison."""
    lines = compare([counted("sessions_held", 939)], {"sessions_held": 939, "x": 5})

    assert ["sessions_held", "x"] == [line.counted.indicator for line in lines]
    assert not all_matched(lines)


def test_nothing_published_is_no_success() -> None:
    """An empty file of figures matches nothing."""
    assert not all_matched(compare([counted("sessions_held", 1)], {}))


@pytest.mark.parametrize(
    ("today", "beside", "inside"),
    [(939, 0, True), (1000, 61, True), (939, 61, False), (938, 0, False)],
)
def test_todays_unit_holds_the_figure_beside_those_of_others(
    today: int, beside: int, *, inside: bool
) -> None:
    """The successor's figure is the province's plus what the others had."""
    line = Line(counted("sessions_held", 939, today, beside), 939)

    assert inside == line.is_inside_today
    assert inside == all_matched([line])
