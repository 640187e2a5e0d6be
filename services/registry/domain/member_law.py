"""What the law asks of those who serve in a force on a day; read from reference data.

Source and certainty of each number stand in `reference/member_law.toml`.
"""

import enum
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from services.registry.domain.values import Period

_TABLE: Final = Path(__file__).parents[1] / "reference" / "member_law.toml"


class BreachRule(enum.StrEnum):
    """What has to be shown before somebody ceases for a breach of duty."""

    REFUSALS_OR_REMINDERS = "refusals_or_reminders"
    REMINDERS_ALWAYS = "reminders_always"


class MemberLaw(NamedTuple):
    """The rules of one law for one force: conditions, evidence, working-day clocks."""

    force_type: str
    in_force: Period
    min_age: int
    max_age: int
    residence_years: int
    school_level: str
    school_level_in_listed_areas: str
    listed_areas: frozenset[str]
    breach_rule: BreachRule
    report_days: int
    decide_days: int
    submit_days: int
    recognise_days: int


def law_on(force_type: str, day: date) -> MemberLaw | None:
    """Return the rules for a force on a day; None where decisions are not required."""
    for law in _LAWS:
        if law.force_type == force_type and law.in_force.holds(day):
            return law
    return None


def go_together(one: str, other: str) -> bool:
    """Tell whether a person may serve in two forces at a time."""
    return frozenset((one, other)) in _ALONGSIDE


def _law(row: dict[str, Any]) -> MemberLaw:
    told = {name: row[name] for name in MemberLaw._fields if name in row}
    return MemberLaw(
        **{
            **told,
            "in_force": Period(row["valid_from"], row.get("valid_to")),
            "listed_areas": frozenset(row["listed_areas"]),
            "breach_rule": BreachRule(row["breach_rule"]),
        }
    )


MEMBER_LAW_ROWS: Final[dict[str, Any]] = tomllib.loads(_TABLE.read_text("utf-8"))
_LAWS: Final = tuple(_law(row) for row in MEMBER_LAW_ROWS["law"])
_ALONGSIDE: Final = frozenset(
    frozenset(row["force_types"]) for row in MEMBER_LAW_ROWS["alongside"]
)
