"""The yearly rating at its exact boundaries: cap, nine months, head and team."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain import rating_errors as errors
from services.registry.domain.care_rules import rating_rule
from services.registry.domain.errors import DayInFuture
from services.registry.domain.rating_results import (
    NotRated,
    RatingLevel,
    Wish,
    completed,
    judged,
    refuse_unfair,
)
from services.registry.domain.rating_roster import (
    MemberOnRoster,
    Roster,
    TeamOnRoster,
    long_enough,
    months_after,
    window_of,
)
from services.registry.domain.rating_round import RatingRound
from services.registry.domain.values import Period
from tests.support.scenario import scenario

RULE = rating_rule(2026)
assert RULE is not None
WINDOW: Final = window_of(RULE, 2026)
TODAY: Final = date(2026, 11, 30)
ALWAYS: Final = Period(date(2024, 7, 1), None)
TEAM, OTHER, HEAD = uuid4(), uuid4(), uuid4()
EXCELLENT, GOOD = RatingLevel.EXCELLENT, RatingLevel.GOOD
DONE, NOT_DONE = RatingLevel.DONE, RatingLevel.NOT_DONE
Step = Callable[[RatingRound], object]


def roster(
    members: Sequence[UUID] = (HEAD,),
    *,
    teams: Sequence[UUID] = (TEAM,),
    life: Period = ALWAYS,
    services: tuple[Period, ...] = (ALWAYS,),
    dismissed: bool = False,
) -> Roster:
    assert RULE is not None
    return Roster(
        WINDOW,
        RULE,
        {team: TeamOnRoster(life, frozenset({HEAD}), dismissed) for team in teams},
        {one: MemberOnRoster(teams[0], services) for one in members},
    )


def fair(levels: dict[UUID, RatingLevel], on: Roster) -> None:
    wishes = [Wish(who, level) for who, level in levels.items()]
    refuse_unfair(completed(judged(wishes, on), on), on)


def crowd(excellent: int, good: int) -> dict[UUID, RatingLevel]:
    levels = [EXCELLENT] * excellent + [GOOD] * good
    return {uuid4(): level for level in levels}


def test_the_year_runs_from_mid_november_to_mid_november() -> None:
    """15/11 of the year before until 14/11; before 2026 no guidance rates."""
    assert (date(2025, 11, 15), date(2026, 11, 14)) == WINDOW
    assert rating_rule(2025) is None


@pytest.mark.parametrize(
    ("excellent", "good", "passes"),
    [
        (0, 0, True),
        (1, 4, False),
        (1, 5, True),
        (2, 9, False),
        (2, 10, True),
        (3, 14, False),
        (3, 15, True),
    ],
)
def test_the_excellent_are_a_fifth_of_the_good(
    excellent: int, good: int, *, passes: bool
) -> None:
    """At most floor(0.2 x good); the excellent do not count as good themselves."""
    people = crowd(excellent, good)
    on = roster(list(people), teams=[TEAM])
    levels = {TEAM: GOOD, **people}
    if passes:
        fair(levels, on)
        return
    with pytest.raises(errors.RatingCapExceeded) as caught:
        fair(levels, on)
    assert ("member", excellent, good) == tuple(
        caught.value.params[name] for name in ("kind", "excellent", "good")
    )


@given(excellent=st.integers(0, 60), good=st.integers(0, 300))
def test_the_cap_is_whole_numbers_for_any_crowd(excellent: int, good: int) -> None:
    """Five times the excellent never pass the good; no fraction is rounded up."""
    people = crowd(excellent, good)
    on = roster(list(people))
    try:
        fair({TEAM: DONE, **people}, on)
    except errors.RatingCapExceeded:
        assert excellent * 5 > good
    else:
        assert excellent * 5 <= good


def test_teams_and_members_are_capped_apart() -> None:
    """Good members make no room for an excellent team."""
    people = crowd(0, 50)
    on = roster(list(people))
    with pytest.raises(errors.RatingCapExceeded) as caught:
        fair({TEAM: EXCELLENT, **people}, on)
    assert ("team", 0) == (caught.value.params["kind"], caught.value.params["most"])
    teams = [TEAM, *(uuid4() for _ in range(5))]
    many = roster(list(people), teams=teams)
    fair({**dict.fromkeys(teams, GOOD), TEAM: EXCELLENT, **people}, many)


@pytest.mark.parametrize(
    ("spans", "enough"),
    [
        ([Period(date(2026, 2, 15), None)], True),
        ([Period(date(2026, 2, 16), None)], False),
        ([Period(date(2020, 1, 1), date(2026, 8, 15))], True),
        ([Period(date(2020, 1, 1), date(2026, 8, 14))], False),
        # Broken: 200 + 70 days, and one day less.
        (
            [
                Period(date(2025, 11, 15), date(2026, 6, 3)),
                Period(date(2026, 9, 6), None),
            ],
            True,
        ),
        (
            [
                Period(date(2025, 11, 15), date(2026, 6, 3)),
                Period(date(2026, 9, 7), None),
            ],
            False,
        ),
        # One unit to the next without a day between is unbroken.
        (
            [
                Period(date(2026, 2, 15), date(2026, 5, 1)),
                Period(date(2026, 5, 1), None),
            ],
            True,
        ),
        ([Period(date(2026, 11, 15), None)], False),
        ([Period(date(2020, 1, 1), date(2025, 11, 15))], False),
    ],
)
def test_nine_months_are_counted_inside_the_window(
    spans: list[Period], *, enough: bool
) -> None:
    """The ninth month has to be full on 14/11; broken service counts by days."""
    assert enough == long_enough(spans, WINDOW, 9)


def test_months_end_where_a_month_is_shorter() -> None:
    """Nine months after the last of May is the last of February."""
    assert date(2026, 2, 28) == months_after(date(2025, 5, 31), 9)
    assert date(2028, 2, 29) == months_after(date(2027, 5, 31), 9)
    assert date(2026, 9, 1) == months_after(date(2025, 12, 1), 9)


def test_who_served_too_short_is_left_out_by_the_rule() -> None:
    """A level is refused; without a word the result says why there is none."""
    late = roster(services=(Period(date(2026, 6, 1), None),))
    with pytest.raises(errors.RatingTimeTooShort) as caught:
        judged([Wish(HEAD, GOOD)], late)
    assert "$.subjects[0].level" == caught.value.field
    results = completed(judged([Wish(TEAM, GOOD)], late), late)
    assert (None, NotRated.TIME_TOO_SHORT) == results[HEAD][2:4]
    young = roster(life=Period(date(2026, 6, 1), None))
    with pytest.raises(errors.RatingTimeTooShort):
        judged([Wish(TEAM, DONE)], young)


def test_an_open_complaint_leaves_no_level() -> None:
    """With a level it contradicts itself; without one it is the ground."""
    with pytest.raises(errors.RatingWhileComplaint):
        judged([Wish(HEAD, GOOD, complaint=True)], roster())
    result = judged([Wish(HEAD, None, complaint=True)], roster())[HEAD]
    assert (None, NotRated.COMPLAINT) == result[2:4]


def test_everybody_is_rated_once_and_nobody_else() -> None:
    """Missing, double and strange subjects are refused; so is a missing level."""
    with pytest.raises(errors.RatingIncomplete):
        fair({TEAM: GOOD}, roster())
    with pytest.raises(errors.RatingSubjectTwice):
        judged([Wish(TEAM, GOOD), Wish(TEAM, DONE)], roster())
    with pytest.raises(errors.RatingSubjectUnknown):
        judged([Wish(OTHER, GOOD)], roster())
    with pytest.raises(errors.RatingLevelMissing):
        judged([Wish(TEAM, None)], roster())


@pytest.mark.parametrize(
    ("team", "head", "passes"),
    [
        (GOOD, GOOD, True),
        (GOOD, DONE, True),
        (DONE, GOOD, False),
        (NOT_DONE, DONE, False),
        (NOT_DONE, NOT_DONE, True),
    ],
)
def test_the_head_is_not_above_the_team(
    team: RatingLevel, head: RatingLevel, *, passes: bool
) -> None:
    """Except who was newly transferred."""
    levels = {TEAM: team, HEAD: head}
    if passes:
        fair(levels, roster())
        return
    with pytest.raises(errors.RatingHeadAboveTeam):
        fair(levels, roster())
    moved = judged(
        [Wish(TEAM, team), Wish(HEAD, head, newly_transferred=True)], roster()
    )
    refuse_unfair(moved, roster())


def test_an_excellent_team_has_no_failure_in_it() -> None:
    """Neither a member who failed nor one who was dismissed in the year."""
    teams = [TEAM, *(uuid4() for _ in range(5))]
    levels = {**dict.fromkeys(teams, GOOD), TEAM: EXCELLENT}
    fair({**levels, HEAD: DONE}, roster(teams=teams))
    with pytest.raises(errors.RatingTeamNotExcellent):
        fair({**levels, HEAD: NOT_DONE}, roster(teams=teams))
    with pytest.raises(errors.RatingTeamNotExcellent):
        fair({**levels, HEAD: DONE}, roster(teams=teams, dismissed=True))


def a_round() -> RatingRound:
    return RatingRound.open(uuid4(), 2026, (uuid4(), "VN.1.2"), WINDOW)


def assess(on: date = date(2026, 11, 10), today: date = TODAY) -> Step:
    wishes = [Wish(TEAM, EXCELLENT), Wish(HEAD, GOOD)]
    return lambda turn: turn.self_assess(TEAM, wishes, roster(), on=on, today=today)


def propose(
    team: RatingLevel = GOOD,
    head: RatingLevel = GOOD,
    *,
    on: date = date(2026, 11, 20),
    today: date = TODAY,
) -> Step:
    wishes = [Wish(TEAM, team), Wish(HEAD, head)]
    return lambda turn: turn.propose(wishes, roster(), on=on, today=today)


def decide(*changes: Wish, on: date = date(2026, 11, 25)) -> Step:
    return lambda turn: turn.decide(changes, roster(), "7/QĐ-UBND", on=on, today=TODAY)


def correct(*changes: Wish, on: date = date(2026, 11, 28)) -> Step:
    return lambda turn: turn.correct(changes, roster(), "9/QĐ-UBND", on=on, today=TODAY)


def test_a_round_goes_from_self_assessment_to_correction() -> None:
    """A decision changes a proposal, a correction a decision; both events stay."""
    turn = a_round()
    scenario(turn).given(assess(), propose()).when(decide(Wish(HEAD, DONE))).then(
        RatingRound.Decided
    ).telling(decision_number="7/QĐ-UBND", decided_on=date(2026, 11, 25))
    assert {TEAM: GOOD, HEAD: DONE} == {w: r.level for w, r in turn.results.items()}
    scenario(turn).when(correct(Wish(HEAD, GOOD))).then(RatingRound.Corrected)
    assert GOOD is turn.results[HEAD].level


def test_steps_come_in_their_order() -> None:
    """No proposal without self-assessment, no decision without proposal."""
    scenario(a_round()).when(propose()).then_refused(errors.RatingNotSelfAssessed)
    scenario(a_round()).given(assess()).when(decide()).then_refused(
        errors.RatingStepNotPossible
    )
    scenario(a_round()).given(assess(), propose(), decide()).when(
        propose(DONE)
    ).then_refused(errors.RatingStepNotPossible)
    scenario(a_round()).given(assess(), propose()).when(correct()).then_refused(
        errors.RatingStepNotPossible
    )


def test_a_year_is_rated_when_it_is_over() -> None:
    """On 14/11 not yet, on 15/11 it is; a team may assess itself before."""
    early = date(2026, 11, 14)
    scenario(a_round()).given(assess(today=early)).when(
        propose(on=early, today=early)
    ).then_refused(errors.RatingWindowOpen)
    next_day = date(2026, 11, 15)
    scenario(a_round()).given(assess()).when(propose(on=next_day, today=next_day)).then(
        RatingRound.Proposed
    )
    scenario(a_round()).when(assess(on=date(2025, 11, 14))).then_refused(
        errors.RatingDayOutOfOrder, "$.assessed_on"
    )


def test_no_step_lies_before_the_one_that_it_follows() -> None:
    """Nor in the future."""
    scenario(a_round()).given(assess(), propose()).when(
        decide(on=date(2026, 11, 19))
    ).then_refused(errors.RatingDayOutOfOrder, "$.decided_on")
    scenario(a_round()).given(assess()).when(
        propose(on=date(2026, 12, 1))
    ).then_refused(DayInFuture, "$.proposed_on")


def test_a_correction_is_held_against_what_stays() -> None:
    """It may not lift the head above the team that nobody corrects."""
    decided = scenario(a_round()).given(assess(), propose(DONE, DONE), decide())
    decided.when(correct(Wish(HEAD, GOOD))).then_refused(
        errors.RatingHeadAboveTeam, "$.subjects"
    )


def test_a_team_speaks_of_its_own_members_only() -> None:
    """Somebody of another team is no subject of its self-assessment."""
    strange = roster((HEAD,), teams=(OTHER, TEAM))
    turn = a_round()
    scenario(turn).when(
        lambda one: one.self_assess(
            TEAM,
            [Wish(HEAD, GOOD)],
            strange,
            on=date(2026, 11, 10),
            today=TODAY,
        )
    ).then_refused(errors.RatingSubjectUnknown, "$.subjects[0]")
