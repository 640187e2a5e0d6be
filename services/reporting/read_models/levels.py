"""From decisions about a unit to how a number of it moves from day to day; pure.

A decision sets a number from a day on; the one of the latest day holds. What is told
late changes days that are past, and only by the difference.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.reporting.indicators.definition import (
    LevelEnded,
    LevelFact,
    LevelMeanwhile,
    LevelSet,
)


class Decided(NamedTuple):
    """What one decision says of one unit."""

    decision_id: UUID
    since: date
    value: int
    meanwhile_until: date | None = None
    meanwhile_value: int | None = None
    ended_on: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the decision is in force on a day."""
        return self.since <= day and (self.ended_on is None or day < self.ended_on)

    def on(self, day: date) -> int:
        """Return the number of a day on which it is in force."""
        if (
            self.meanwhile_value is not None
            and self.meanwhile_until is not None
            and day < self.meanwhile_until
        ):
            return self.meanwhile_value
        return self.value

    def told(self, fact: LevelFact) -> "Decided":
        """Return the same with one fact more."""
        match fact:
            case LevelSet(since=since, value=value):
                return self._replace(since=since, value=value)
            case LevelMeanwhile(until=until, value=value):
                return self._replace(meanwhile_until=until, meanwhile_value=value)
            case LevelEnded(ended_on=day):
                return self._replace(ended_on=day)


def moves(decisions: Iterable[Decided]) -> dict[date, int]:
    """Return by how much the number changes on each day; days without are left out."""
    known = sorted(decisions, key=lambda one: (one.since, one.decision_id))
    days = {one.since for one in known}
    days |= {one.ended_on for one in known if one.ended_on is not None}
    days |= {one.meanwhile_until for one in known if one.meanwhile_until is not None}
    found: dict[date, int] = {}
    before = 0
    for day in sorted(days):
        now = _level(known, day)
        if now != before:
            found[day] = now - before
        before = now
    return found


def _level(known: list[Decided], day: date) -> int:
    for one in reversed(known):
        if one.holds(day):
            return one.on(day)
    return 0
