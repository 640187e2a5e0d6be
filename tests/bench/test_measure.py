"""Figures become rows, rows a table and a document that says what was missed."""

from pathlib import Path

import pytest

from bench import document
from bench.__main__ import BENCHES
from bench.measure import Row, cost_row, interleaved, least_row, most_row, ratio_row


def test_a_rate_is_held_against_the_share_of_its_raw_limit() -> None:
    """At the goal it is met, below it is not."""
    assert ratio_row("x", "/s", 80, 100, 0.8).met is True
    assert ratio_row("x", "/s", 79, 100, 0.8).met is False


def test_a_cost_is_good_when_it_is_low() -> None:
    """The ratio of a cost is the raw limit's part of ours."""
    row = cost_row("x", "µs", 200, 100, 0.8)
    assert (0.5, False) == (row.ratio, row.met)


@pytest.mark.parametrize(("value", "met"), [(49.0, True), (50.0, True), (51.0, False)])
def test_a_time_may_reach_its_goal(value: float, met: bool) -> None:  # noqa: FBT001 - a parameter
    """The goal itself still counts."""
    assert most_row("x", "ms", value, 50).met is met


def test_a_rate_without_a_raw_limit_has_a_number_to_reach() -> None:
    """Its goal is the least that it must give."""
    assert least_row("x", "/s", 20_000, 20_000).met is True
    assert least_row("x", "/s", 19_999, 20_000).met is False


def test_both_sides_are_measured_in_turn() -> None:
    """Each round asks ours, then the raw limit; medians of both come back."""
    asked: list[str] = []
    ours, raw = iter([1.0, 9.0, 2.0]), iter([30.0, 10.0, 20.0])

    def first() -> float:
        asked.append("ours")
        return next(ours)

    def second() -> float:
        asked.append("raw")
        return next(raw)

    assert (2.0, 20.0) == interleaved(first, second, rounds=3)
    assert ["ours", "raw"] * 3 == asked


def test_the_document_tells_every_row_and_what_was_missed() -> None:
    """A reader finds rows, raw limits, the machine and the goals missed."""
    rows = [
        ratio_row("fast enough", "/s", 90, 100, 0.8),
        ratio_row("too slow", "/s", 10, 100, 0.8),
        Row("for information", "–", "1", None, "–", None),
    ]
    part = document.Part("commands", "a bare INSERT", rows)
    measured = document.Measured({"Python": "3.11"}, "make bench", 60.0, [part])
    text = document.document(measured)
    assert "| too slow | 100 /s | 10 /s | 0.10 | ≥ 0.8 | **no** |" in text
    assert "Goals missed: too slow." in text
    assert "- **commands**: a bare INSERT." in text
    assert "- Python: 3.11" in text
    assert 3 == document.table(measured).row_count


def test_the_committed_document_has_the_rows_of_each_bench() -> None:
    """docs/benchmarks.md names what each bench is held against."""
    text = Path(document.DOCUMENT).read_text("utf-8")
    assert [] == [
        b.name for b in BENCHES if f"- **{b.name}**: {b.raw_limit}." not in text
    ]
