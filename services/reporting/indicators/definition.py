"""What an indicator is: a definition with its authority, and what each event adds.

Used by every file beside this one; reading, folding and documents go by it alone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple
from uuid import UUID

from services.contracts.envelope import PublicEvent

CountKind = Literal["flow", "stock"]


class Contribution(NamedTuple):
    """What one event changes: so much, in this unit, from (or on) this local day."""

    unit_id: UUID
    day: date
    delta: int


Counts = Callable[[Any], Iterable[Contribution]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One line of a report.

    A flow is summed over the days of the period; a stock is what stands at the
    period's end, the sum of all its changes before. ``counted_on`` names the day of
    the fact that decides the period.
    """

    code: str
    name_vi: str
    name_en: str
    unit_of_count: str
    unit_of_count_en: str
    kind: CountKind
    numerator: str
    counted_on: str
    legal_source: str
    counts: Mapping[type[PublicEvent], Counts]

    @property
    def event_types(self) -> tuple[str, ...]:
        """Wire types of the events that move this indicator."""
        return tuple(event.TYPE for event in self.counts)

    @property
    def source(self) -> str:
        """The service whose facts are counted."""
        return self.event_types[0].partition(".")[0]
