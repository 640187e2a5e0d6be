"""Which rule on care holds on a day? Dated, with source and mark; never a constant.

Asked by claims, visits, credentials, training and ratings; the rows stand in
`reference/care.toml`.
"""

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.domain.working_days import add_working_days

_TABLE: Final = Path(__file__).parents[1] / "reference" / "care.toml"

R = TypeVar("R", "DeadlineRule", "DossierRule")


class DeadlineRule(NamedTuple):
    """So many days, working or of the calendar, to do something."""

    kind: str
    since: date
    days: int
    working: bool
    source: str
    mark: str

    def due_on(self, begun_on: date) -> date:
        """Return the last day in time, counted from the day after the first fact."""
        if self.working:
            return add_working_days(begun_on, self.days)
        return begun_on + timedelta(days=self.days)


class DossierRule(NamedTuple):
    """What a claim of one kind has to hold."""

    kind: str
    since: date
    items: tuple[str, ...]
    source: str
    mark: str


class Topic(NamedTuple):
    """One part of the syllabus."""

    code: str
    name: str
    since: date
    source: str
    mark: str


class RatingRule(NamedTuple):
    """The window of a year and what holds in it."""

    since_year: int
    first_month: int
    first_day: int
    months_needed: int
    excellent_percent_of_good: int
    source: str
    mark: str


class CareRules(NamedTuple):
    """The whole table."""

    deadline: tuple[DeadlineRule, ...]
    dossier: tuple[DossierRule, ...]
    topic: tuple[Topic, ...]
    rating: tuple[RatingRule, ...]


@cache
def care_rules() -> CareRules:
    """Return the table, read once."""
    table: dict[str, list[dict[str, Any]]] = tomllib.loads(_TABLE.read_text("utf-8"))
    dossiers = [{**row, "items": tuple(row["items"])} for row in table["dossier"]]
    return CareRules(
        tuple(DeadlineRule(**row) for row in table["deadline"]),
        tuple(DossierRule(**row) for row in dossiers),
        tuple(Topic(**row) for row in table["topic"]),
        tuple(RatingRule(**row) for row in table["rating"]),
    )


def due_on(kind: DeadlineKind, begun_on: date) -> date:
    """Return the last day in time by the rule of the day on which it began.

    Before its first rule a kind is counted by that: what is owed stays owed.
    """
    rules = [rule for rule in care_rules().deadline if rule.kind == kind]
    return (_on(rules, begun_on) or min(rules, key=_since)).due_on(begun_on)


def dossier_of(kind: str, on: date) -> tuple[str, ...] | None:
    """Return what a claim has to hold, or None where the law knew no such claim."""
    found = _on((one for one in care_rules().dossier if one.kind == kind), on)
    return found.items if found else None


def topics_on(day: date) -> frozenset[str]:
    """Return the codes of the syllabus on a day."""
    return frozenset(one.code for one in care_rules().topic if one.since <= day)


def rating_rule(year: int) -> RatingRule | None:
    """Return the rule of a year's rating, or None before the first."""
    found = [one for one in care_rules().rating if one.since_year <= year]
    return max(found, key=lambda one: one.since_year) if found else None


def _since(rule: DeadlineRule | DossierRule) -> date:
    return rule.since


def _on(rules: Iterable[R], day: date) -> R | None:
    return max((one for one in rules if one.since <= day), key=_since, default=None)
