"""What decisions let happen to somebody who serves, and what each of them needs."""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID, uuid4

import pytest

from services.chassis.errors import DomainError
from services.registry.domain import (
    errors,
    force_endings,
    force_service,
    service_errors,
)
from services.registry.domain.cessation_rules import CessationPapers, Evidence
from services.registry.domain.conditions import Condition, Outcome
from services.registry.domain.decision import Decision, Posting
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.roster import Act, Enrolment
from services.registry.domain.values import Ground, Period, Place, Post
from tests.support.scenario import scenario

TODAY: Final = date(2026, 11, 25)
ALWAYS: Final = Period(None, None)
TEAM: Final = FORCE_TYPES["security_order_team"]
BOARD: Final = FORCE_TYPES["neighbourhood_guard_board"]
PLACE: Final = Place(uuid4(), "VN.19-2025.00001-2025", "phuong", ALWAYS)
BEGUN: Final = date(2024, 7, 1)
RECOGNISED: Final = Decision("12/QĐ-UBND", date(2024, 6, 28), "commune_chairman")
LATER: Final = Decision("80/QĐ-UBND", date(2025, 3, 3), "commune_chairman")
FIRST, SECOND = uuid4(), uuid4()
Step = Callable[[ForceUnit], object]


def a_team() -> ForceUnit:
    return ForceUnit.establish(uuid4(), TEAM, PLACE, name=None, on=BEGUN, today=TODAY)


def enrol(
    member_id: UUID,
    post: Post = Post.MEMBER,
    *,
    decision: Decision | None = RECOGNISED,
    outcomes: tuple[Outcome, ...] = (),
) -> Step:
    person = Enrolment(member_id, post, BEGUN, None, decision, outcomes)
    return lambda team: team.enrol([person], TEAM, ALWAYS, today=TODAY)


def act(on: date, *, version: int | None = None, who: UUID = FIRST) -> Act:
    return Act(who, on, LATER, version)


def change_post(post: Post, on: date, **more: int) -> Step:
    return lambda team: force_service.change_post(
        team, act(on, **more), post, TEAM, today=TODAY
    )


def suspend(on: date, **more: int) -> Step:
    return lambda team: force_service.suspend(team, act(on, **more), today=TODAY)


def resume(on: date, **more: int) -> Step:
    return lambda team: force_service.resume(team, act(on, **more), today=TODAY)


def cease(
    ground: Ground,
    on: date = date(2025, 6, 2),
    *,
    decision: Decision | None = LATER,
    evidence: Evidence | None = None,
    version: int | None = None,
) -> Step:
    papers = CessationPapers(decision, evidence, version)
    return lambda team: force_endings.cease(
        team, FIRST, on=on, ground=ground, today=TODAY, papers=papers
    )


def test_recognition_in_a_team_of_the_new_law_needs_a_decision() -> None:
    """Since 1 July 2024 nobody serves in a Tổ without one; boards of old may."""
    scenario(a_team()).when(enrol(FIRST, decision=None)).then_refused(
        service_errors.DecisionRequired, "$.members[0].decision"
    )
    scenario(a_team()).when(enrol(FIRST)).then(ForceUnit.MemberEnrolled).telling(
        decision=RECOGNISED, outcomes=()
    )


def test_a_decision_of_tomorrow_recognises_nobody() -> None:
    """A decision is a fact before it has effect."""
    tomorrow = Decision("1/QĐ-UBND", date(2026, 11, 26), "commune_chairman")
    scenario(a_team()).when(enrol(FIRST, decision=tomorrow)).then_refused(
        errors.DayInFuture, "$.members[0].decision.decided_on"
    )


def test_a_condition_that_is_not_met_stops_recognition() -> None:
    """The refusal names the condition and nothing of what was looked at."""
    unmet = Outcome(Condition.HEALTH.value, met=False, as_of=BEGUN)
    step = enrol(
        FIRST, outcomes=(Outcome(Condition.AGE.value, met=True, as_of=BEGUN), unmet)
    )
    scenario(a_team()).when(step).then_refused(
        service_errors.ConditionsNotMet, "$.members[0].conditions"
    )


def test_a_new_post_counts_from_its_day_and_numbers_the_membership() -> None:
    """The event tells post, day, decision and the version that came of it."""
    scenario(a_team()).given(enrol(FIRST)).when(
        change_post(Post.DEPUTY, date(2025, 4, 1))
    ).then(ForceUnit.MemberPostChanged).telling(
        post="deputy", changed_on=date(2025, 4, 1), decision=LATER, version=2
    )


def test_a_team_has_one_leader_at_a_time_across_changes_of_post() -> None:
    """The place is free again from the day on which the leader took another post."""
    led = (enrol(SECOND, Post.LEADER), enrol(FIRST))
    scenario(a_team()).given(*led).when(
        change_post(Post.LEADER, date(2025, 4, 1))
    ).then_refused(errors.LeaderAlreadyThere, "$.post")

    def step_down(team: ForceUnit) -> None:
        down = act(date(2025, 4, 1), who=SECOND)
        force_service.change_post(team, down, Post.MEMBER, TEAM, today=TODAY)

    scenario(a_team()).given(*led, step_down).when(
        change_post(Post.LEADER, date(2025, 4, 1))
    ).then(ForceUnit.MemberPostChanged)


def test_a_change_names_another_post_of_the_force() -> None:
    """The post that somebody has is not given again."""
    scenario(a_team()).given(enrol(FIRST)).when(
        change_post(Post.MEMBER, date(2025, 4, 1))
    ).then_refused(service_errors.PostAlreadyHeld, "$.post")


def test_suspension_and_resumption_alternate() -> None:
    """Nobody is suspended twice, nobody comes back who was not away."""
    rests = suspend(date(2025, 4, 1))
    scenario(a_team()).given(enrol(FIRST)).when(rests).then(
        ForceUnit.MemberSuspended
    ).telling(suspended_on=date(2025, 4, 1), version=2)
    scenario(a_team()).given(enrol(FIRST), rests).when(
        suspend(date(2025, 5, 1))
    ).then_refused(service_errors.MemberSuspended, "$.member_id")
    scenario(a_team()).given(enrol(FIRST)).when(resume(date(2025, 5, 1))).then_refused(
        service_errors.MemberNotSuspended, "$.member_id"
    )
    scenario(a_team()).given(enrol(FIRST), rests).when(resume(date(2025, 5, 1))).then(
        ForceUnit.MemberResumed
    ).telling(resumed_on=date(2025, 5, 1), version=3)


def test_somebody_suspended_still_serves() -> None:
    """A suspension does not end the membership; ceasing ends both."""
    team = a_team()
    scenario(team).given(enrol(FIRST), suspend(date(2025, 4, 1)))
    assert team.roster[FIRST].ceased_on is None
    own = Evidence(application_on=date(2025, 5, 20))
    scenario(team).given(cease(Ground.OWN_REQUEST, evidence=own))
    assert team.roster[FIRST].suspended_on is None


@pytest.mark.parametrize(
    "step",
    [
        change_post(Post.DEPUTY, date(2025, 3, 31)),
        suspend(date(2025, 3, 31)),
        cease(
            Ground.OWN_REQUEST,
            date(2025, 3, 31),
            evidence=Evidence(application_on=date(2025, 3, 1)),
        ),
    ],
)
def test_changes_take_effect_one_after_another(step: Step) -> None:
    """A change before the last one would rewrite what decisions made."""
    changed = change_post(Post.DEPUTY, date(2025, 4, 1))
    moved = scenario(a_team()).given(enrol(FIRST), changed).when(step)
    with pytest.raises(AssertionError):
        moved.then()
    assert isinstance(moved._refusal, service_errors.ChangeOutOfOrder)


@pytest.mark.parametrize(
    "step",
    [
        change_post(Post.DEPUTY, date(2025, 5, 1), version=1),
        suspend(date(2025, 5, 1), version=1),
        resume(date(2025, 5, 1), version=1),
        cease(Ground.DEATH, version=1),
    ],
)
def test_who_saw_another_state_is_told_what_changed(step: Step) -> None:
    """The refusal gives both versions, the last change and its day."""
    rests = suspend(date(2025, 4, 1))
    refused = scenario(a_team()).given(enrol(FIRST), rests).when(step)
    refused.then_refused(service_errors.MemberChangedMeanwhile, "$.expected_version")
    refusal = refused._refusal
    assert isinstance(refusal, DomainError)
    assert {
        "expected_version": 1,
        "version": 2,
        "last_change": "suspended",
        "last_on": date(2025, 4, 1),
    } == refusal.params


def test_the_expected_version_lets_pass() -> None:
    """The state that the caller saw is the one that is there."""
    scenario(a_team()).given(enrol(FIRST)).when(
        suspend(date(2025, 4, 1), version=1)
    ).then(ForceUnit.MemberSuspended)


def test_ceasing_by_the_new_law_needs_a_decision() -> None:
    """Each of the four grounds is decided by the chairman; death is not."""
    own = Evidence(application_on=date(2025, 5, 20))
    scenario(a_team()).given(enrol(FIRST)).when(
        cease(Ground.OWN_REQUEST, decision=None, evidence=own)
    ).then_refused(service_errors.DecisionRequired, "$.decision")
    scenario(a_team()).given(enrol(FIRST)).when(
        cease(Ground.DEATH, decision=None)
    ).then(ForceUnit.MemberCeased)


def test_a_decision_is_complete_when_posted() -> None:
    """It is posted once, where the force knows it, and not before it was made."""
    posting = Posting("culture_house", date(2024, 7, 3))

    def post(number: str = "12/QĐ-UBND", at: Posting = posting) -> Step:
        return lambda team: force_service.post_decision(
            team, number, RECOGNISED.decided_on, at, today=TODAY
        )

    begun = enrol(FIRST)
    scenario(a_team()).given(begun).when(post()).then(ForceUnit.DecisionPosted)
    scenario(a_team()).given(begun, post()).when(post()).then_refused(
        service_errors.DecisionAlreadyPosted
    )
    scenario(a_team()).given(begun).when(post("13/QĐ-UBND")).then_refused(
        service_errors.DecisionUnknown, "$.number"
    )
    early = posting._replace(posted_on=date(2024, 6, 27))
    scenario(a_team()).given(begun).when(post(at=early)).then_refused(
        service_errors.PostedBeforeDecided, "$.posted_on"
    )


def test_a_force_does_not_end_before_a_change_in_it() -> None:
    """A suspension is a fact like an enrolment."""
    scenario(a_team()).given(enrol(FIRST), suspend(date(2025, 4, 1))).when(
        lambda team: force_endings.disband(team, on=date(2025, 4, 1), today=TODAY)
    ).then_refused(errors.DisbandedBeforeItsFacts, "$.disbanded_on")


def test_a_board_of_old_keeps_its_history_without_papers() -> None:
    """What is brought in from before the law needs neither decision nor evidence."""
    board = ForceUnit.establish(
        uuid4(), BOARD, PLACE, name=None, on=date(2020, 1, 1), today=TODAY
    )
    board.enrol(
        [Enrolment(FIRST, Post.LEADER, date(2021, 1, 1))], BOARD, ALWAYS, today=TODAY
    )
    scenario(board).when(cease(Ground.BREACH, date(2023, 1, 1), decision=None)).then(
        ForceUnit.MemberCeased
    ).telling(decision=None, evidence=None, version=2)
