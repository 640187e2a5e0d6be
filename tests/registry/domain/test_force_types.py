"""The reference table of forces, and what it lets be recorded of each."""

from collections.abc import Callable
from datetime import date
from typing import Final, get_args
from uuid import uuid4

import pytest

from services.chassis.errors import DomainError
from services.contracts.registry import force_types
from services.registry.domain import force_counts, force_endings
from services.registry.domain.errors import (
    DayInFuture,
    ForceUnitDisbanded,
    OutsideForceUnitLife,
)
from services.registry.domain.force_errors import (
    HeadcountNotKept,
    PostNotInForce,
    RosterNotKept,
)
from services.registry.domain.force_types import FORCE_TYPES, Counting, Share
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.roster import Enrolment
from services.registry.domain.values import Period, Place, Post
from services.registry.read_models.force_type_views import view
from tests.architecture.conftest import ROOT
from tests.support.scenario import scenario

TODAY: Final = date(2024, 1, 15)
LIFE: Final = Period(None, None)
COMMUNE: Final = Place(uuid4(), "VN.06-0.060-0.01843-0", "xa", LIFE)
CONSOLIDATION: Final = date(2024, 7, 1)
Step = Callable[[ForceUnit], object]


def a_force(code: str, *, on: date = date(2020, 1, 1)) -> ForceUnit:
    return ForceUnit.establish(
        uuid4(), FORCE_TYPES[code], COMMUNE, name=None, on=on, today=TODAY
    )


def report(members: int, *, on: date, today: date = TODAY) -> Step:
    return lambda unit: force_counts.report_headcount(
        unit, FORCE_TYPES[unit.force_type], members=members, on=on, today=today
    )


def enrol(post: Post) -> Step:
    return lambda unit: unit.enrol(
        [Enrolment(uuid4(), post, date(2021, 1, 1))],
        FORCE_TYPES[unit.force_type],
        LIFE,
        today=TODAY,
    )


def test_code_contract_and_glossary_name_the_same_forces() -> None:
    """A force that is added in one place only is missed here."""
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    assert set(get_args(force_types.ForceType)) == set(FORCE_TYPES)
    assert set(get_args(force_types.Counting)) == {one.value for one in Counting}
    assert [] == [code for code in FORCE_TYPES if f"| `{code}` |" not in glossary]


@pytest.mark.parametrize("code", FORCE_TYPES)
def test_every_force_has_a_source_a_certainty_and_posts_that_fit(code: str) -> None:
    """What the law gives is marked; only a roster has posts, each with its title."""
    force = FORCE_TYPES[code]
    assert force.name
    assert force.legal_basis
    assert force.mark in {"V", "R", "S", "G", "?"}
    assert bool(force.posts) == (force.counting is Counting.ROSTER)
    assert all(force.posts.values())
    assert [post.value for post in force.posts] == list(view(force).posts)


def test_forces_that_ended_were_selected_from_and_nothing_was_copied() -> None:
    """Each force that the law of 2023 ended has that force as successor, that day."""
    ended = {c: f for c, f in FORCE_TYPES.items() if f.in_force.end is not None}
    assert {
        "neighbourhood_guard_board",
        "neighbourhood_guard_team",
        "part_time_commune_police",
        "village_police",
    } == set(ended)
    for force in ended.values():
        assert force.successor is not None
        assert CONSOLIDATION == force.in_force.end == force.successor.on
        assert Share.SELECTION is force.successor.share
        assert FORCE_TYPES[force.successor.force_type].successor is None


def test_of_civil_defence_two_posts_were_taken_over() -> None:
    """The team goes on; its leader and deputies could become those of the Tổ."""
    force = FORCE_TYPES["civil_defence_team"]
    assert force.successor is not None
    assert force.in_force.end is None
    assert {Post.LEADER, Post.DEPUTY} == {
        post for post in Post if force.successor.may_take(post)
    }


def test_a_number_is_reported_of_a_force_without_roster() -> None:
    """The last word for a day stands; other days keep theirs."""
    guards = a_force("agency_guard")
    scenario(guards).given(
        report(10, on=date(2021, 1, 1)), report(12, on=date(2022, 1, 1))
    ).when(report(11, on=date(2022, 1, 1))).then(
        ForceUnit.HeadcountReported, members=11, counted_on=date(2022, 1, 1)
    )
    assert {date(2021, 1, 1): 10, date(2022, 1, 1): 11} == guards.headcounts


@pytest.mark.parametrize(
    ("code", "step", "refusal", "field"),
    [
        ("agency_guard", enrol(Post.MEMBER), RosterNotKept, "$.force_unit_id"),
        ("regular_commune_police", enrol(Post.MEMBER), RosterNotKept,
         "$.force_unit_id"),
        ("regular_commune_police", report(5, on=TODAY), HeadcountNotKept,
         "$.force_unit_id"),
        ("part_time_commune_police", report(5, on=TODAY), HeadcountNotKept,
         "$.force_unit_id"),
        ("mediation_group", enrol(Post.DEPUTY), PostNotInForce, "$.members[0].post"),
        ("village_police", enrol(Post.LEADER), PostNotInForce, "$.members[0].post"),
        ("agency_guard", report(5, on=date(2024, 1, 16)), DayInFuture, "$.counted_on"),
        ("agency_guard", report(5, on=date(2019, 1, 1)), OutsideForceUnitLife,
         "$.counted_on"),
    ],
)  # fmt: skip
def test_each_force_is_counted_in_its_own_way(
    code: str, step: Step, refusal: type[DomainError], field: str
) -> None:
    """No roster where a number is all that is known; no number beside a roster."""
    scenario(a_force(code)).when(step).then_refused(refusal, field)


def test_a_force_that_ended_reports_no_more() -> None:
    """The end ends the reports too."""
    scenario(a_force("self_management_group")).given(
        lambda unit: force_endings.disband(unit, on=date(2023, 1, 1), today=TODAY)
    ).when(report(5, on=date(2022, 1, 1))).then_refused(ForceUnitDisbanded)
