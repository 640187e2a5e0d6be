"""Who is rated for a year, who served long enough in it? Asked by the results."""

import calendar
import enum
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from services.registry.domain.care_rules import RatingRule
from services.registry.domain.values import Period

_ONE_DAY: Final = timedelta(days=1)
_MONTHS: Final = 12
# Bộ luật Dân sự 2015, Đ.146: a month of days that do not follow each other.
_DAYS_OF_A_BROKEN_MONTH: Final = 30


class SubjectKind(enum.StrEnum):
    """Whether a team or a member is rated; the cap counts them apart."""

    TEAM = "team"
    MEMBER = "member"


class Window(NamedTuple):
    """The days of a rated year, both inside."""

    first: date
    last: date

    @property
    def end(self) -> date:
        """The first day outside."""
        return self.last + _ONE_DAY


def window_of(rule: RatingRule, year: int) -> Window:
    """Return the window of a year."""
    first = date(year - 1, rule.first_month, rule.first_day)
    return Window(first, date(year, rule.first_month, rule.first_day) - _ONE_DAY)


class TeamOnRoster(NamedTuple):
    """A team that exists on the last day; its heads, and whether it dismissed one."""

    life: Period
    heads: frozenset[UUID]
    has_dismissed: bool


class MemberOnRoster(NamedTuple):
    """A member who serves on the last day, with all service of the year."""

    team_id: UUID
    services: tuple[Period, ...]


class Roster(NamedTuple):
    """Everybody who is a subject of a round."""

    window: Window
    rule: RatingRule
    teams: Mapping[UUID, TeamOnRoster]
    members: Mapping[UUID, MemberOnRoster]

    def kind(self, subject_id: UUID) -> SubjectKind | None:
        """Return what a subject is, or None for a stranger."""
        if subject_id in self.teams:
            return SubjectKind.TEAM
        return SubjectKind.MEMBER if subject_id in self.members else None

    def served_long_enough(self, subject_id: UUID) -> bool:
        """Tell whether a subject reaches the months that the rule needs."""
        if subject_id in self.teams:
            spans: Iterable[Period] = (self.teams[subject_id].life,)
        else:
            spans = self.members[subject_id].services
        return long_enough(spans, self.window, self.rule.months_needed)

    def subjects(self) -> Iterable[UUID]:
        """Return every subject, teams first."""
        yield from self.teams
        yield from self.members


def long_enough(spans: Iterable[Period], window: Window, months: int) -> bool:
    """Tell whether spans make up so many months inside a window.

    One unbroken span is counted by the calendar, broken ones by days.
    """
    parts = _joined(spans, window)
    if len(parts) == 1:
        start, end = parts[0]
        return months_after(start, months) <= end
    days = sum((end - start).days for start, end in parts)
    return bool(parts) and days >= months * _DAYS_OF_A_BROKEN_MONTH


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.month - 1 + months, _MONTHS)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _joined(spans: Iterable[Period], window: Window) -> list[tuple[date, date]]:
    cut = sorted(
        (max(span.first or window.first, window.first), min(end, window.end))
        for span in spans
        if (end := span.end or window.end) > window.first
        and (span.first or window.first) < window.end
    )
    parts: list[tuple[date, date]] = []
    for start, end in cut:
        if parts and start <= parts[-1][1]:
            parts[-1] = (parts[-1][0], max(parts[-1][1], end))
        else:
            parts.append((start, end))
    return parts
