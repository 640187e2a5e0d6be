"""What a commune's quota allows on a day; pure, asked where enrolments meet."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from services.registry.domain.quota_errors import QuotaExceeded
from services.registry.domain.values import Period

Counted = Literal["teams", "members"]


class Ceiling(NamedTuple):
    """Most teams and members of a commune by one decision, while it runs.

    Until `reduced_by` the roadmap's numbers count instead of the quota's.
    """

    runs: Period
    teams: int
    members: int
    reduced_by: date | None = None
    teams_meanwhile: int = 0
    members_meanwhile: int = 0

    def until(self, day: date) -> "Ceiling | None":
        """Return it with no effect from a day on; None where it began no earlier."""
        if self.runs.first is not None and self.runs.first >= day:
            return None
        end = day if self.runs.end is None else min(self.runs.end, day)
        return self._replace(runs=Period(self.runs.first, end))

    def most(self, what: Counted, day: date) -> int:
        """Return the greatest number that is allowed on a day."""
        if self.reduced_by is not None and day < self.reduced_by:
            return self.teams_meanwhile if what == "teams" else self.members_meanwhile
        return self.teams if what == "teams" else self.members


def ceiling_on(ceilings: Iterable[Ceiling], day: date) -> Ceiling | None:
    """Return the ceiling of a day: that of the latest decision; None without one."""
    running = [one for one in ceilings if one.runs.holds(day)]
    return max(running, key=lambda one: one.runs.first or date.min, default=None)


def refuse_excess(
    what: Counted,
    ceilings: Sequence[Ceiling],
    lives: Sequence[Period],
    *,
    since: date,
) -> None:
    """Let a commune have what was just added from a day on. Raises QuotaExceeded.

    Every later day on which something begins is looked at, and every day on which
    another number comes into force: a fact told late has to fit what came after it.
    """
    days = {since, *_later_starts(lives, since)}
    for ceiling in ceilings:
        days.update(_later_starts([ceiling.runs], since))
        if ceiling.reduced_by is not None and ceiling.reduced_by > since:
            days.add(ceiling.reduced_by)
    for day in sorted(days):
        ceiling_then = ceiling_on(ceilings, day)
        if ceiling_then is None:
            continue
        actual = sum(life.holds(day) for life in lives)
        allowed = ceiling_then.most(what, day)
        if actual > allowed:
            raise QuotaExceeded(day=day, what=what, actual=actual, allowed=allowed)


def _later_starts(lives: Iterable[Period], since: date) -> set[date]:
    return {life.first for life in lives if life.first and life.first > since}
