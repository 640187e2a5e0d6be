"""What one measurement is: a figure of ours beside the raw limit, from the same run."""

import statistics
from collections.abc import Callable
from typing import NamedTuple


class Row(NamedTuple):
    """One line of the table.

    ``goal`` is compared with ``ratio`` (at least) when there is a raw limit, else with
    ``ours`` (``at_most`` says in which direction).
    """

    what: str
    raw: str
    ours: str
    ratio: float | None
    goal: str
    met: bool | None


def ratio_row(  # noqa: PLR0913 - a line has these parts
    what: str, unit: str, ours: float, raw: float, goal: float, note: str = ""
) -> Row:
    """Line for a rate: higher is better, the goal is a share of the raw limit."""
    ratio = ours / raw
    return Row(
        what + (f" ({note})" if note else ""),
        f"{raw:,.0f} {unit}",
        f"{ours:,.0f} {unit}",
        ratio,
        f"≥ {goal}",
        ratio >= goal,
    )


def limit_row(what: str, unit: str, ours: float, limit: float) -> Row:
    """Line for a time or size: lower is better, the goal is a number."""
    return Row(what, "–", f"{ours:,.1f} {unit}", None, f"≤ {limit:g} {unit}",
               ours <= limit)  # fmt: skip


def interleaved(
    first: Callable[[], float], second: Callable[[], float], rounds: int = 5
) -> tuple[float, float]:
    """Medians of two measurements taken in turn, so that both meet the same machine."""
    pairs = [(first(), second()) for _ in range(rounds)]
    return (
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
    )
