"""From a batch of facts to what changes in which figure; pure, so that it is proved.

Used by the follower, by the release of waiting facts and by the rebuild.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from services.contracts.envelope import PublicEvent
from services.reporting.indicators import INDICATORS
from services.reporting.indicators.definition import Counts


class Cell(NamedTuple):
    """One figure: an indicator of a unit on a local day."""

    unit_id: UUID
    indicator: str
    day: date


Deltas = Mapping[Cell, int]
Lineage = Callable[[UUID], tuple[UUID, ...] | None]


def _by_event() -> dict[type[PublicEvent], list[tuple[str, Counts]]]:
    found: dict[type[PublicEvent], list[tuple[str, Counts]]] = defaultdict(list)
    for indicator in INDICATORS:
        for event, counts in indicator.counts.items():
            found[event].append((indicator.code, counts))
    return dict(found)


_BY_EVENT = _by_event()


class RolledUp(NamedTuple):
    """What a batch changes: in the figures, and in what waits for its unit."""

    figures: Deltas
    waiting: Deltas


def contributions(events: Iterable[PublicEvent]) -> Deltas:
    """Fold events into one change for each figure of the very units that they name."""
    folded: defaultdict[Cell, int] = defaultdict(int)
    for event in events:
        for code, counts in _BY_EVENT.get(type(event), ()):
            for unit_id, day, delta in counts(event):
                folded[Cell(unit_id, code, day)] += delta
    return {cell: delta for cell, delta in folded.items() if delta}


def together(*parts: Deltas) -> Deltas:
    """Add several sets of changes up."""
    folded: defaultdict[Cell, int] = defaultdict(int)
    for part in parts:
        for cell, delta in part.items():
            folded[cell] += delta
    return {cell: delta for cell, delta in folded.items() if delta}


def roll_up(deltas: Deltas, lineage: Lineage) -> RolledUp:
    """Add each change to all units above; a unit that is not known yet waits."""
    figures: defaultdict[Cell, int] = defaultdict(int)
    waiting: dict[Cell, int] = {}
    for cell, delta in deltas.items():
        above = lineage(cell.unit_id)
        if above is None:
            waiting[cell] = delta
            continue
        for unit_id in above:
            # Not ``_replace``, which takes four times as long.
            figures[Cell(unit_id, cell.indicator, cell.day)] += delta
    return RolledUp({c: d for c, d in figures.items() if d}, waiting)


def as_arrays(deltas: Deltas) -> tuple[str, str, str, str]:
    """Return units, indicators, days and values as PostgreSQL's array texts.

    In a fixed order, so that two writers of the same rows never wait crosswise. Texts,
    because adapting lists of UUIDs and dates costs five times as much; none of them
    holds a sign that would need quoting.
    """
    cells = sorted(deltas, key=lambda cell: (cell.unit_id.int, cell[1], cell[2]))
    return (
        _array([cell.unit_id.hex for cell in cells]),
        _array([cell.indicator for cell in cells]),
        _array([cell.day.isoformat() for cell in cells]),
        _array([str(deltas[cell]) for cell in cells]),
    )


def _array(items: list[str]) -> str:
    return f"{{{','.join(items)}}}"


def half_months(deltas: Deltas) -> Deltas:
    """Fold days into half months (1st–14th, 15th on): every official cut lies there."""
    folded: defaultdict[Cell, int] = defaultdict(int)
    for (unit_id, indicator, day), delta in deltas.items():
        folded[Cell(unit_id, indicator, half_month_start(day))] += delta
    return {cell: delta for cell, delta in folded.items() if delta}


@lru_cache(maxsize=50_000)
def half_month_start(day: date) -> date:
    """Return the first day of the half month that holds a day."""
    return day.replace(day=1 if day.day < 15 else 15)  # noqa: PLR2004 - the cut-off


# The same of a column ``day``, for what is summed up inside the database.
HALF_MONTH_START_SQL: Final = (
    "(date_trunc('month', day)::date"
    " + CASE WHEN extract(day FROM day) < 15 THEN 0 ELSE 14 END)"
)


class Cut(NamedTuple):
    """A span of days in whole half months and the days before and after them.

    Each is half-open and may be empty.
    """

    days_before: tuple[date, date]
    half_months: tuple[date, date]
    days_after: tuple[date, date]


def cut_of(start: date, end: date) -> Cut:
    """Cut a span where whole half months begin and end in it."""
    first, last = _next_half_month(start), half_month_start(end)
    if first >= last:
        return Cut((start, end), (end, end), (end, end))
    return Cut((start, first), (first, last), (last, end))


def _next_half_month(day: date) -> date:
    """Return the first day of the first half month that begins on a day or later."""
    start = half_month_start(day)
    return day if start == day else half_month_start(start + timedelta(days=17))
