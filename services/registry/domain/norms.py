"""How large a team has to be, by the rule set of its province on a day.

Read from `reference/norms.toml`, which gives source and certainty of each.
"""

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple

from services.registry.domain.values import Period

Measure = Literal["people", "households"]


class Requirement(NamedTuple):
    """So many members: exactly, or at most where the rule is a ceiling."""

    members: int
    at_most: bool


class Step(NamedTuple):
    """From so many people or households on, so many members."""

    start: int
    members: int
    at_most: bool = False


class Beyond(NamedTuple):
    """After so many, some members more for each full number."""

    start: int
    each: int
    adds: int


class Rule(NamedTuple):
    """One formula for some groups of residential areas."""

    areas: frozenset[str]
    measure: Measure
    steps: tuple[Step, ...]
    beyond: Beyond | None

    def required(self, number: int) -> Requirement:
        """Return what is required for so many people or households."""
        step = [step for step in self.steps if step.start <= number][-1]
        more = 0
        if self.beyond is not None and number > self.beyond.start:
            full = (number - self.beyond.start) // self.beyond.each
            more = full * self.beyond.adds
        return Requirement(step.members + more, step.at_most)


class Place(NamedTuple):
    """A province by the code that it bore on a day."""

    code: str
    on: date


class Norm(NamedTuple):
    """The rule set of one province while it is in force."""

    code: str
    source: str
    mark: str
    day_mark: str
    place: Place
    in_force: Period
    rules: tuple[Rule, ...]

    def rule_for(self, group: str) -> Rule | None:
        """Return the formula for a group of residential areas."""
        return next((rule for rule in self.rules if group in rule.areas), None)


def _rule(row: dict[str, Any]) -> Rule:
    beyond = row.get("beyond")
    return Rule(
        frozenset(row["areas"]),
        row["measure"],
        tuple(
            Step(step["from"], step["members"], step.get("at_most", False))
            for step in row["steps"]
        ),
        beyond and Beyond(beyond["from"], beyond["each"], beyond["adds"]),
    )


def _norm(row: dict[str, Any]) -> Norm:
    return Norm(
        row["code"],
        row["source"],
        row["mark"],
        row["day_mark"],
        Place(**row["place"]),
        Period(row["valid_from"], row.get("valid_to")),
        tuple(_rule(rule) for rule in row["rules"]),
    )


def _read() -> tuple[Norm, ...]:
    source = files("services.registry.reference") / "norms.toml"
    return tuple(_norm(row) for row in tomllib.loads(source.read_text("utf-8"))["norm"])


NORMS: Final = _read()
