"""Which rules about records of people hold on a day? Dated, with source and mark."""

import tomllib
from datetime import date, time
from pathlib import Path
from typing import Final

import msgspec

_FILE: Final = Path(__file__).with_name("people_rules.toml")


class DisputeRule(msgspec.Struct, frozen=True, kw_only=True):
    """How soon a person's "this is wrong" is answered and done."""

    valid_from: date
    answer_working_days: int
    done_days: int
    done_days_shortest: int
    done_days_longest: int
    source: str
    mark: str


class CitizenIdRule(msgspec.Struct, frozen=True, kw_only=True):
    """Which numbers a personal number may begin with."""

    provinces: frozenset[str]
    first_country: str
    source: str
    mark: str


class ReadingRule(msgspec.Struct, frozen=True, kw_only=True):
    """When reading is unusual: outside these hours, or far above one's own average."""

    day_begins: time
    day_ends: time
    outside_hours_at_least: int
    weeks_of_average: int
    times_own_average: int
    people_at_least: int
    source: str
    mark: str


class PeopleRules(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    dispute: tuple[DisputeRule, ...]
    citizen_id: CitizenIdRule
    reading: ReadingRule

    def dispute_on(self, day: date) -> DisputeRule:
        """Return the rule of a day; the first one also serves the days before it."""
        held = [rule for rule in self.dispute if rule.valid_from <= day]
        return held[-1] if held else self.dispute[0]

    def knows_prefix(self, prefix: str) -> bool:
        """Tell whether a personal number may begin so."""
        rule = self.citizen_id
        return prefix in rule.provinces or prefix >= rule.first_country


PEOPLE_RULES: Final = msgspec.convert(
    tomllib.loads(_FILE.read_text("utf-8")), PeopleRules
)
