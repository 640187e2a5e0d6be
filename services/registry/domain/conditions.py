"""Does a candidate meet the conditions of Luật 30/2023, Đ.13, on the day? Met or not.

Of what is looked at only outcomes with their days go on; ages, papers and findings stay
where they are.
"""

import enum
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from services.registry.domain.member_law import MemberLaw, law_on
from services.registry.domain.service_errors import ConditionsNotMet, TooYoung


class Condition(enum.StrEnum):
    """The five conditions of Đ.13, in its order."""

    AGE = "age"
    BACKGROUND = "background"
    SCHOOL = "school"
    RESIDENCE = "residence"
    HEALTH = "health"


class AreaCategory(enum.StrEnum):
    """Kind of area on the day, which decides the schooling that suffices."""

    ORDINARY = "ordinary"
    BORDER = "border"
    ISLAND = "island"
    MOUNTAIN = "mountain"
    ESPECIALLY_DIFFICULT = "especially_difficult"
    LISTED_REGION = "listed_region"


class SchoolLevel(enum.StrEnum):
    """Schooling completed, lowest first."""

    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    HIGHER = "higher"


class Exemption(enum.StrEnum):
    """What lets a condition count as met although the rule is not."""

    CHAIRMAN_OVER_AGE = "chairman_over_age"
    LISTED_AREA = "listed_area"


class BackgroundCheck(NamedTuple):
    """That a unit checked, when, and whether it found the condition met; no reason."""

    met: bool
    unit_id: UUID
    checked_on: date


class Candidate(NamedTuple):
    """What is looked at; it is never stored."""

    birth_date: date | None
    resident_since: date | None
    school_level: str | None
    health_certified_on: date | None
    background: BackgroundCheck | None
    area: AreaCategory = AreaCategory.ORDINARY
    over_age_allowed: bool = False


class Outcome(NamedTuple):
    """One condition, met or not: by which day's paper, checked by whom, how exempt."""

    condition: str
    met: bool
    as_of: date | None
    unit_id: UUID | None = None
    exemption: str | None = None


_LEVELS: Final = tuple(SchoolLevel)


def judged(candidate: Candidate, law: MemberLaw, on: date) -> tuple[Outcome, ...]:
    """Return the outcome of every condition on the day of recognition."""
    return (
        _age(candidate, law, on),
        _background(candidate, on),
        _school(candidate, law, on),
        Outcome(Condition.RESIDENCE.value, _resides(candidate, law, on), on),
        _health(candidate, on),
    )


def refuse_unmet(outcomes: Iterable[Outcome], field: str) -> None:
    """Let somebody pass who meets every condition. Raises ConditionsNotMet."""
    unmet = [one.condition for one in outcomes if not one.met]
    if unmet:
        raise ConditionsNotMet(field=field, conditions=", ".join(unmet))


def refuse_too_young(born: date | None, force_type: str, on: date, field: str) -> None:
    """Refuse what the record itself rules out, shown papers or not. Raises TooYoung."""
    law = law_on(force_type, on)
    if law is None or born is None or years_between(born, on) >= law.min_age:
        return
    raise TooYoung(field=field, min_age=law.min_age, day=on, force_type=force_type)


def years_between(first: date, day: date) -> int:
    """Count whole years, so that 29 February is reached on 1 March."""
    return day.year - first.year - ((day.month, day.day) < (first.month, first.day))


def _age(candidate: Candidate, law: MemberLaw, on: date) -> Outcome:
    born = candidate.birth_date
    age = -1 if born is None else years_between(born, on)
    over = age > law.max_age and candidate.over_age_allowed
    return Outcome(
        Condition.AGE.value,
        law.min_age <= age <= law.max_age or over,
        on,
        exemption=Exemption.CHAIRMAN_OVER_AGE.value if over else None,
    )


def _background(candidate: Candidate, on: date) -> Outcome:
    check = candidate.background
    if check is None:
        return Outcome(Condition.BACKGROUND.value, met=False, as_of=None)
    met = check.met and check.checked_on <= on
    return Outcome(Condition.BACKGROUND.value, met, check.checked_on, check.unit_id)


def _school(candidate: Candidate, law: MemberLaw, on: date) -> Outcome:
    level = candidate.school_level
    listed = candidate.area.value in law.listed_areas
    suffices = _reaches(level, law.school_level)
    by_area = (
        not suffices and listed and _reaches(level, law.school_level_in_listed_areas)
    )
    return Outcome(
        Condition.SCHOOL.value,
        suffices or by_area,
        on,
        exemption=Exemption.LISTED_AREA.value if by_area else None,
    )


def _reaches(level: str | None, wanted: str) -> bool:
    if level is None:
        return False
    return _LEVELS.index(SchoolLevel(level)) >= _LEVELS.index(SchoolLevel(wanted))


def _resides(candidate: Candidate, law: MemberLaw, on: date) -> bool:
    since = candidate.resident_since
    return since is not None and years_between(since, on) >= law.residence_years


def _health(candidate: Candidate, on: date) -> Outcome:
    certified = candidate.health_certified_on
    met = certified is not None and certified <= on
    return Outcome(Condition.HEALTH.value, met, certified)
