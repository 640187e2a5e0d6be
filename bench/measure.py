"""What one measurement is: a figure of ours beside the raw limit, from the same run.

Every bench module yields Rows; bench/document.py prints them.
"""

import statistics
from collections.abc import Callable
from typing import NamedTuple


class Row(NamedTuple):
    """One line of the table; ``met`` is None for a figure without a goal."""

    what: str
    raw: str
    ours: str
    ratio: float | None
    goal: str
    met: bool | None


def ratio_row(what: str, unit: str, ours: float, raw: float, goal: float) -> Row:
    """Line for a rate: higher is better, the goal is a share of the raw limit."""
    ratio = ours / raw
    return Row(
        what,
        f"{raw:,.0f} {unit}",
        f"{ours:,.0f} {unit}",
        ratio,
        f"≥ {goal:g}",
        ratio >= goal,
    )


def cost_row(what: str, unit: str, ours: float, raw: float, goal: float) -> Row:
    """Line for a cost: lower is better, the goal is the raw cost's share in ours."""
    ratio = raw / ours
    return Row(
        what,
        f"{raw:,.0f} {unit}",
        f"{ours:,.0f} {unit}",
        ratio,
        f"≥ {goal:g}",
        ratio >= goal,
    )


def most_row(what: str, unit: str, ours: float, most: float) -> Row:
    """Line for a time: lower is better, the goal is a number."""
    goal = f"≤ {most:g} {unit}"
    return Row(what, "–", f"{ours:,.1f} {unit}", None, goal, ours <= most)


def least_row(what: str, unit: str, ours: float, least: float) -> Row:
    """Line for a rate whose goal is a number."""
    goal = f"≥ {least:,.0f} {unit}"
    return Row(what, "–", f"{ours:,.0f} {unit}", None, goal, ours >= least)


def interleaved(
    ours: Callable[[], float], raw: Callable[[], float], rounds: int = 5
) -> tuple[float, float]:
    """Medians of two measurements taken in turn, so that both meet the same machine."""
    pairs = [(ours(), raw()) for _ in range(rounds)]
    return (
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
    )
