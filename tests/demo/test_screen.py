"""What a person reads at the end."""

from io import StringIO

import pytest
from rich.console import Console

from demo.comparison import Counted, compare
from demo.doors import refusal
from demo.figures import Year
from demo.published import Published
from demo.screen import Screen


@pytest.fixture
def paper() -> StringIO:
    return StringIO()


@pytest.fixture
def screen(paper: StringIO) -> Screen:
    return Screen(Console(file=paper, width=200))


def year_of(**counted: int) -> Year:
    return Year(
        province_id="x",
        province="Tỉnh Bắc Kạn",
        successor="Tỉnh Thái Nguyên",
        counted=[
            Counted(
                indicator=code,
                name=code,
                unit_of_count="lượt",
                then=value,
                today=value,
                beside=0,
            )
            for code, value in counted.items()
        ],
    )


def row(paper: StringIO, name: str) -> str:
    return next(line for line in paper.getvalue().splitlines() if name in line)


def test_the_table_marks_what_is_matched_and_what_is_not(
    screen: Screen, paper: StringIO, published: Published
) -> None:
    """Figures are written as Vietnamese readers do, each with its mark."""
    year = year_of(session_attendances=55_875, sessions_held=938, tips_received=817)

    screen.table(published, year, compare(year.counted, published.values))

    assert 2 == row(paper, "session_attendances").count("✓")
    assert 3 == row(paper, "session_attendances").count("55.875")
    assert "✗" in row(paper, "sessions_held")
    assert "–" in row(paper, "tips_received")
    assert "15/12/2022–14/12/2023" in paper.getvalue()
    assert published.source in " ".join(paper.getvalue().split())


def test_a_state_that_holds_another_load_is_told_apart(
    screen: Screen, paper: StringIO
) -> None:
    """Who changed the plan reads how to begin anew."""
    body = b'{"code": "commands.key_reused", "message_en": "Used before."}'

    screen.failed([refusal("tips", body), refusal("tips", body)])

    assert 1 == paper.getvalue().count("tips: Used before. (commands.key_reused)")
    assert "make clean-state" in paper.getvalue()


def test_an_outage_is_told_with_its_length(screen: Screen, paper: StringIO) -> None:
    """The load goes on by itself, and the person sees why it paused."""
    screen.door_fell("tips", "HTTP 503")
    screen.door_rose("tips", 2.34)

    assert "tips does not answer (HTTP 503)" in paper.getvalue()
    assert "tips answers again after 2.3 s" in paper.getvalue()
