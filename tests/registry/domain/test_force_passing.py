"""A force of a divided unit has a dated home, and its facts say where they count."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Final
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from services.chassis.errors import DomainError
from services.contracts.envelope import PublicEvent
from services.registry.domain import force_endings, force_passing_errors
from services.registry.domain.errors import ForceUnitDisbanded
from services.registry.domain.force_homes import ALWAYS, Home, LaterHome
from services.registry.domain.force_passing import (
    Passing,
    pass_on,
    passed_by,
    undo_passing,
)
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.force_unit import ForceUnit, LaterCount
from services.registry.domain.force_withdrawal import (
    establish_anew,
    withdraw_enrolment,
    withdraw_establishment,
)
from services.registry.domain.roster import Enrolment
from services.registry.domain.values import Ground, Period, Place, Post
from services.registry.publishing import PUBLIC
from services.reporting.read_models.counting import contributions
from tests.support.scenario import scenario

TODAY: Final = date(2026, 11, 25)
BEGUN: Final = date(2020, 1, 1)
DAY: Final = date(2021, 3, 1)
ALL_DAYS: Final = Period(None, None)
BOARD: Final = FORCE_TYPES["neighbourhood_guard_board"]
OLD, NEXT, LAST = uuid4(), uuid4(), uuid4()
PLACE: Final = Place(OLD, "VN.06.1", "phuong", ALL_DAYS)
PLAN, SECOND_PLAN = uuid4(), uuid4()
ONE, TWO, THREE = uuid4(), uuid4(), uuid4()
Step = Callable[[ForceUnit], object]


def a_force() -> ForceUnit:
    return ForceUnit.establish(uuid4(), BOARD, PLACE, name=None, on=BEGUN, today=TODAY)


def enrol(member_id: UUID, on: date) -> Step:
    return lambda force: force.enrol(
        [Enrolment(member_id, Post.MEMBER, on)], BOARD, ALL_DAYS, today=TODAY
    )


def cease(member_id: UUID, on: date) -> Step:
    return lambda force: force_endings.cease(
        force, member_id, on=on, ground=Ground.HEALTH, today=TODAY
    )


def disband(on: date) -> Step:
    return lambda force: force_endings.disband(force, on=on, today=TODAY)


def passing(unit_id: UUID = NEXT, on: date = DAY, plan: UUID = PLAN) -> Step:
    return lambda force: pass_on(
        force, Passing(unit_id, f"VN.06.{unit_id}", on, "1/NQ", plan)
    )


def undo(plan: UUID = PLAN) -> Step:
    return lambda force: undo_passing(force, plan)


def test_a_force_passes_with_what_stands_and_what_was_told_since() -> None:
    """The fact names both units, who stood on the eve, and each later change."""
    scenario(a_force()).given(
        enrol(ONE, date(2020, 2, 1)),
        enrol(TWO, DAY),
        cease(ONE, date(2021, 5, 1)),
    ).when(passing()).then(
        ForceUnit.PassedOn,
        from_unit_id=OLD,
        unit_id=NEXT,
        passed_on=DAY,
        force_units=1,
        members=1,
        later=(
            LaterCount(DAY, 0, 1),
            LaterCount(date(2021, 5, 1), 0, -1),
        ),
    )


def test_a_force_lies_somewhere_on_every_day() -> None:
    """Before the day in the old unit, from it on in the new one."""
    force = a_force()
    passing()(force)
    assert (Home(ALWAYS, OLD, PLACE.path), Home(DAY, NEXT, f"VN.06.{NEXT}")) == (
        force.homes
    )
    eve = DAY - timedelta(days=1)
    assert [OLD, OLD, NEXT, NEXT] == [
        force.unit_on(day) for day in (date(1999, 1, 1), eve, DAY, TODAY)
    ]


def test_a_fact_names_the_unit_of_its_day_and_the_later_homes() -> None:
    """One of an earlier day tells where it goes on; one of a later day has no more."""
    scenario(a_force()).given(passing()).when(enrol(ONE, date(2020, 6, 1))).then(
        ForceUnit.MemberEnrolled,
        unit_id=OLD,
        later_homes=(LaterHome(DAY, NEXT),),
    )
    scenario(a_force()).given(passing()).when(enrol(ONE, DAY)).then(
        ForceUnit.MemberEnrolled, unit_id=NEXT, later_homes=()
    )


def test_the_day_of_a_decree_may_lie_ahead() -> None:
    """As the end of the old unit may; until then the force lies where it lay."""
    ahead = TODAY + timedelta(days=30)
    force = a_force()
    passing(on=ahead)(force)
    assert (OLD, NEXT) == (force.unit_on(TODAY), force.unit_on(ahead))


def test_an_ended_force_does_not_pass() -> None:
    """What ended by the day stays where it was; one that ends later passes still."""
    scenario(a_force()).given(disband(DAY)).when(passing()).then_refused(
        ForceUnitDisbanded
    )
    scenario(a_force()).given(disband(DAY + timedelta(days=1))).when(passing()).then(
        ForceUnit.PassedOn, later=(LaterCount(DAY + timedelta(days=1), -1, 0),)
    )


def test_a_force_set_up_after_the_day_lies_in_the_new_unit_from_the_first() -> None:
    """A plan carried out late passes it too: nothing stood on the eve."""
    scenario(a_force()).when(passing(on=date(2019, 3, 1))).then(
        ForceUnit.PassedOn, force_units=0, members=0, later=(LaterCount(BEGUN, 1, 0),)
    )


def test_passings_follow_on_one_another_in_the_order_of_days() -> None:
    """No second one on the same or an earlier day, and none to its own unit."""
    passed = scenario(a_force()).given(passing())
    for on in (DAY, DAY - timedelta(days=1)):
        passed.when(passing(LAST, on, SECOND_PLAN)).then_refused(
            force_passing_errors.ForcePassedOnLater
        )
    scenario(a_force()).when(passing(OLD)).then_refused(
        force_passing_errors.ForceLiesThere
    )
    scenario(a_force()).given(passing()).when(passing(LAST, TODAY, SECOND_PLAN)).then(
        ForceUnit.PassedOn, from_unit_id=NEXT, unit_id=LAST
    )


def test_only_the_last_passing_is_taken_back() -> None:
    """Undone, the force lies where it lay; an earlier plan has to wait its turn."""
    twice = scenario(a_force()).given(passing(), passing(LAST, TODAY, SECOND_PLAN))
    twice.when(undo()).then_refused(force_passing_errors.ForcePassedOnLater)
    scenario(twice.aggregate).when(undo(SECOND_PLAN)).then(
        ForceUnit.PassingUndone, from_unit_id=LAST, unit_id=NEXT, passed_on=TODAY
    )
    assert NEXT == twice.aggregate.unit_on(TODAY)
    scenario(twice.aggregate).when(undo()).then(ForceUnit.PassingUndone, unit_id=OLD)
    assert OLD == twice.aggregate.unit_on(TODAY)


def test_a_force_that_began_anew_has_no_passing_of_its_former_life() -> None:
    """Withdrawn and set up again, it lies in the unit of its new beginning."""
    force = a_force()
    for step in (
        passing(),
        withdraw_establishment,
        lambda one: establish_anew(one, PLACE, name=None, on=BEGUN),
    ):
        step(force)
    assert OLD == force.unit_on(TODAY)
    assert not passed_by(force, PLAN)


DAYS: Final = st.integers(0, 40).map(lambda n: BEGUN + timedelta(days=n))
LIVES: Final = st.lists(
    st.tuples(
        st.sampled_from(("enrol", "cease", "strike", "pass", "back", "disband")),
        st.sampled_from((ONE, TWO, THREE)),
        DAYS,
    ),
    max_size=25,
)


@settings(max_examples=300, deadline=None)
@given(steps=LIVES, shuffled=st.randoms(use_true_random=False))
def test_public_facts_count_every_force_and_member_where_it_lies(
    steps: list[tuple[str, UUID, date]], shuffled: Random
) -> None:
    """In any order, the facts alone give each unit's numbers of every day.

    Over all units they are those of a force that was never passed on.
    """
    force = _lived(steps)
    facts: list[PublicEvent] = [
        PUBLIC[type(event)](event) for event in force.collect_events()
    ]
    shuffled.shuffle(facts)
    cells = contributions(facts)
    for n in range(45):
        day = BEGUN + timedelta(days=n)
        alive = force.disbanded_on is None or day < force.disbanded_on
        serving = sum(
            service.enrolled_on <= day and service.runs_after(day)
            for service in force.roster.values()
        )
        here = force.unit_on(day)
        for unit in (OLD, NEXT, LAST):
            expected = (int(alive), serving) if unit == here else (0, 0)
            assert expected == tuple(
                sum(
                    delta
                    for cell, delta in cells.items()
                    if (cell.unit_id, cell.indicator) == (unit, indicator)
                    and cell.day <= day
                )
                for indicator in (
                    "neighbourhood_guard_boards",
                    "neighbourhood_guard_members",
                )
            )


def _lived(steps: list[tuple[str, UUID, date]]) -> ForceUnit:
    """Take every step that is possible."""
    force = a_force()
    for what, who, day in steps:
        step: Step = {
            "enrol": enrol(who, day),
            "cease": cease(who, day),
            "strike": lambda one, who=who: withdraw_enrolment(one, who),
            "pass": passing(LAST if force.passings else NEXT, day, uuid4()),
            "back": lambda one: undo_passing(one, one.passings[-1]),
            "disband": disband(day),
        }[what]
        # What is refused is no fact.
        with suppress(DomainError):
            if _makes_sense(what, who, force):
                step(force)
    return force


def _makes_sense(what: str, who: UUID, force: ForceUnit) -> bool:
    """Tell whether a command would come to this: ids are new, plans are executed."""
    never_twice = what != "enrol" or who not in force.roster
    return never_twice and (what != "back" or bool(force.passings))
