"""A former force goes over by selection: who is chosen, who ceases, who stays."""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID, uuid4

import pytest

from services.chassis.errors import DomainError
from services.registry.domain import consolidation, errors, force_areas, force_endings
from services.registry.domain.decision import Decision
from services.registry.domain.force_errors import (
    AreasNotCovered,
    ConsolidatedOnAnotherDay,
    NothingComesAfter,
    PostNotTakenOver,
)
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.roster import Enrolment
from services.registry.domain.values import Period, Place, Post
from tests.support.scenario import refused, scenario

DAY: Final = date(2024, 7, 1)
TODAY: Final = date(2024, 8, 1)
BY: Final = Decision("7/QĐ-UBND", DAY, "commune_chairman")
LIFE: Final = Period(None, None)
COMMUNE: Final = Place(uuid4(), "VN.06-0.060-0.01843-0", "xa", LIFE)
LEADER, DEPUTY, FIRST, SECOND = uuid4(), uuid4(), uuid4(), uuid4()
TEAM: Final = uuid4()
ROSTER: Final = (
    (LEADER, Post.LEADER), (DEPUTY, Post.DEPUTY), (FIRST, Post.MEMBER),
    (SECOND, Post.MEMBER),
)  # fmt: skip
Step = Callable[[ForceUnit], object]


def a_force(code: str) -> ForceUnit:
    force = FORCE_TYPES[code]
    first = max(date(2020, 1, 1), force.in_force.first or date.min)
    unit = ForceUnit.establish(
        uuid4(), force, COMMUNE, name=None, on=first, today=TODAY
    )
    if code != "agency_guard":
        people = [Enrolment(who, post, first, None, BY) for who, post in ROSTER]
        unit.enrol(people, force, LIFE, today=TODAY)
    unit.collect_events()
    return unit


def consolidate(
    *chosen: UUID, on: date = DAY
) -> Callable[[ForceUnit], consolidation.Outcome]:
    return lambda unit: consolidation.consolidate(
        unit, FORCE_TYPES[unit.force_type], chosen, [TEAM], on=on, today=TODAY
    )


def test_those_not_chosen_cease_by_law_and_the_force_ends_as_consolidated() -> None:
    """The event tells into which teams, how many were chosen, how many ceased."""
    police = a_force("part_time_commune_police")
    scenario(police).when(consolidate(LEADER, FIRST)).then(
        *[ForceUnit.MemberCeased] * 4, ForceUnit.Consolidated
    ).telling(consolidated_on=DAY, into=[TEAM], selected=2, ceased=2)
    assert DAY == police.disbanded_on
    assert {DAY} == {service.ceased_on for service in police.roster.values()}


def test_all_may_cease_and_nobody_be_chosen() -> None:
    """A selection may choose nobody; the law ended the force all the same."""
    police = a_force("part_time_commune_police")
    assert consolidation.Outcome(0, 4, 0) == consolidate()(police)


def test_civil_defence_goes_on_without_its_leader_and_deputy() -> None:
    """The two posts were taken over, the team and its members stay."""
    defence = a_force("civil_defence_team")
    outcome = consolidate(LEADER, DEPUTY)(defence)
    assert consolidation.Outcome(2, 0, 2) == outcome
    assert defence.disbanded_on is None
    assert {FIRST, SECOND} == {
        who for who, service in defence.roster.items() if service.ceased_on is None
    }


@pytest.mark.parametrize(
    ("code", "on", "refusal", "field"),
    [
        ("part_time_commune_police", date(2024, 6, 30), ConsolidatedOnAnotherDay,
         "$.on"),
        ("civil_defence_team", date(2024, 7, 2), ConsolidatedOnAnotherDay, "$.on"),
        ("security_order_team", DAY, NothingComesAfter, "$.force_unit_ids"),
    ],
)  # fmt: skip
def test_a_force_goes_over_on_the_day_of_the_law_or_not_at_all(
    code: str, on: date, refusal: type[DomainError], field: str
) -> None:
    """Each former force has one day; the new one has nothing after it."""
    scenario(a_force(code)).when(consolidate(on=on)).then_refused(refusal, field)


@pytest.mark.parametrize(
    ("code", "member", "refusal"),
    [
        ("civil_defence_team", FIRST, PostNotTakenOver),
        ("part_time_commune_police", uuid4(), errors.MemberUnknown),
    ],
)
def test_only_whom_the_law_took_over_is_chosen(
    code: str, member: UUID, refusal: type[DomainError]
) -> None:
    """A member of civil defence stays there; a stranger serves nowhere."""
    unit = a_force(code)
    refused(
        refusal,
        "$.x",
        lambda: consolidation.refuse_choice(
            unit, FORCE_TYPES[code], member, DAY, "$.x"
        ),
    )


def test_who_has_ceased_is_not_chosen() -> None:
    """Service that has ended is not taken over."""
    unit = a_force("part_time_commune_police")
    force_endings.disband(unit, on=DAY, today=TODAY)
    refused(
        errors.MemberAlreadyCeased,
        "$.x",
        lambda: consolidation.refuse_choice(
            unit, FORCE_TYPES[unit.force_type], FIRST, DAY, "$.x"
        ),
    )


def test_a_force_ends_once() -> None:
    """Neither a disbanded nor a consolidated force goes over again."""
    scenario(a_force("part_time_commune_police")).given(consolidate()).when(
        consolidate()
    ).then_refused(errors.ForceUnitDisbanded)


def assign(*areas: UUID, on: date = DAY) -> Step:
    return lambda unit: force_areas.assign_areas(
        unit, FORCE_TYPES[unit.force_type], areas, on=on, today=TODAY
    )


def test_a_team_covers_one_or_several_areas() -> None:
    """A later list takes the place of an earlier one; each area stands once."""
    team = a_force("security_order_team")
    scenario(team).given(assign(FIRST)).when(assign(FIRST, SECOND, FIRST)).then(
        ForceUnit.AreasAssigned, area_ids=[FIRST, SECOND], assigned_on=DAY
    )
    assert (FIRST, SECOND) == team.area_ids


@pytest.mark.parametrize(
    ("code", "on", "refusal", "field"),
    [
        ("part_time_commune_police", DAY, AreasNotCovered, "$.force_unit_id"),
        ("security_order_team", date(2024, 8, 2), errors.DayInFuture, "$.assigned_on"),
        ("security_order_team", date(2024, 6, 30), errors.OutsideForceUnitLife,
         "$.assigned_on"),
    ],
)  # fmt: skip
def test_areas_are_given_to_teams_in_their_life(
    code: str, on: date, refusal: type[DomainError], field: str
) -> None:
    """A force of the whole commune has no areas of its own."""
    scenario(a_force(code)).when(assign(FIRST, on=on)).then_refused(refusal, field)
