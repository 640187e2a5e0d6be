"""What has to hold before a force is set up, or somebody enters one."""

from datetime import date
from typing import NamedTuple

from services.registry.domain import errors
from services.registry.domain.days import refuse_future, refuse_outside_lives
from services.registry.domain.force_types import (
    ForceType,
    refuse_outside_law,
    refuse_post,
)
from services.registry.domain.roster import Enrolment, Roster, refuse_unrecognised
from services.registry.domain.values import Period, Place, Post


class Lives(NamedTuple):
    """When a force began, and on which days its unit exists."""

    force_since: date
    unit: Period


def refuse_setting_up(force: ForceType, place: Place, on: date, today: date) -> None:
    """Let a force stand where and when the law has it.

    Raises DayInFuture, ForceTypeNotInForce, UnitDoesNotFitForceType.
    """
    refuse_future(on, today, "$.established_on")
    refuse_outside_law(force, on, "$.established_on")
    if place.unit_type not in force.unit_types:
        raise errors.UnitDoesNotFitForceType(
            field="$.unit", force_type=force.code, unit_type=place.unit_type
        )


def refuse_entry(
    person: Enrolment,
    roster: Roster,
    force: ForceType,
    lives: Lives,
    *,
    today: date,
    field: str,
) -> None:
    """Let somebody enter a post of the force, within its life and that of its unit.

    Raises DayInFuture, OutsideForceUnitLife, OutsideUnitLife, ForceTypeNotInForce,
    PostNotInForce, LeaderAlreadyThere, DecisionRequired, ConditionsNotMet.
    """
    day, where = person.enrolled_on, f"{field}.enrolled_on"
    refuse_future(day, today, where)
    refuse_outside_lives(day, Period(lives.force_since, None), lives.unit, where)
    refuse_outside_law(force, day, where)
    refuse_post(force, person.post, f"{field}.post")
    if person.post is Post.LEADER:
        roster.refuse_second_leader(day, f"{field}.post")
    refuse_unrecognised(force.code, person, today, field)
