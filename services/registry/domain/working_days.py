"""Is this a working day in Vietnam, and when is something due? Asked by every clock.

Public holidays and their substitute days come from the library `holidays`; what it does
not know stands dated in `reference/working_days.toml`. A clock tells that something is
overdue; it never decides in anybody's place.
"""

import enum
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import holidays

_ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_TABLE: Final = Path(__file__).parents[1] / "reference" / "working_days.toml"


class Clock(enum.StrEnum):
    """How a deadline stands on a day."""

    RUNNING = "running"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"


class Deadline(NamedTuple):
    """So many working days to act from the day after `begun_on`."""

    begun_on: date
    working_days: int

    @property
    def due_on(self) -> date:
        """The last day in time."""
        return add_working_days(self.begun_on, self.working_days)

    def clock(self, *, done_on: date | None, today: date) -> Clock:
        """Tell how the deadline stands, given the day on which the act was done."""
        if done_on is None:
            return Clock.OVERDUE if today > self.due_on else Clock.RUNNING
        return Clock.MET_LATE if done_on > self.due_on else Clock.MET

    def days_late(self, *, done_on: date | None, today: date) -> int:
        """Count the working days after the last day in time; 0 when in time."""
        return working_days_between(self.due_on, done_on or today)


def is_working_day(day: date) -> bool:
    """Tell whether public offices work on a day."""
    announced = _announced().get(day)
    if announced is not None:
        return announced
    off, worked = _of_year(day.year)
    if day in worked:
        return True
    return day.weekday() < _SATURDAY and day not in off


def add_working_days(start: date, n: int) -> date:
    """Return the n-th working day after `start`, which itself does not count.

    With n = 0 that is `start`. Raises ValueError for a negative n.
    """
    if n < 0:
        raise ValueError(n)
    day = start
    while n:
        day += _ONE_DAY
        n -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and with `end`; 0 when end is first.

    `working_days_between(d, add_working_days(d, n)) == n`.
    """
    return sum(
        is_working_day(start + timedelta(days=n + 1)) for n in range((end - start).days)
    )


@cache
def _announced() -> Mapping[date, bool]:
    rows = tomllib.loads(_TABLE.read_text("utf-8"))["day"]
    return {row["day"]: {"off": False, "worked": True}[row["kind"]] for row in rows}


@cache
def _of_year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    # A swap can make up in December for a day off in the year after.
    known = holidays.country_holidays("VN", years=(year, year + 1))
    return frozenset(known), frozenset(known.weekend_workdays)
