"""What an indicator is: a definition with its authority, and what each event adds.

Used by every file beside this one; reading, folding and documents go by it alone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
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


class LevelSet(NamedTuple):
    """A decision says how many a unit has from a day on.

    Of several decisions about a unit the one of the latest day holds.
    """

    decision_id: UUID
    unit_id: UUID
    since: date
    value: int


class LevelMeanwhile(NamedTuple):
    """Until before a day another number holds than the decision's own."""

    decision_id: UUID
    unit_id: UUID
    until: date
    value: int


class LevelEnded(NamedTuple):
    """A decision holds no more from a day on; from its own first day: it never did."""

    decision_id: UUID
    ended_on: date


LevelFact = LevelSet | LevelMeanwhile | LevelEnded
Levels = Callable[[Any], Iterable[LevelFact]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One line of a report.

    A flow is summed over the days of the period; a stock is what stands at the
    period's end, the sum of all its changes before. ``counted_on`` names the day of
    the fact that decides the period. ``counts`` says what each event adds, ``levels``
    what it makes of a number that is set by decisions and replaced by later ones; an
    indicator has one of the two.
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
    counts: Mapping[type[PublicEvent], Counts] = field(default_factory=dict)
    levels: Mapping[type[PublicEvent], Levels] = field(default_factory=dict)
    in_movement_report: bool = True

    @property
    def event_types(self) -> tuple[str, ...]:
        """Wire types of the events that move this indicator."""
        return tuple(event.TYPE for event in (*self.counts, *self.levels))

    @property
    def source(self) -> str:
        """The service whose facts are counted."""
        return self.event_types[0].partition(".")[0]
