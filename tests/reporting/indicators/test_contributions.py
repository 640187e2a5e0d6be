"""What each public fact adds to which indicator."""

from datetime import date
from uuid import UUID

import msgspec
import pytest

from services.contracts.envelope import PublicEvent
from services.contracts.registry.force_events import LaterCount, LaterHome
from services.reporting.indicators import BY_CODE, EVENT_TYPES, INDICATORS
from services.reporting.read_models.counting import contributions
from services.reporting.read_models.level_book import LEVEL_EVENTS
from tests.reporting import facts, planning

UNIT, NEXT = UUID(int=7), UUID(int=8)
DAY = facts.DAY
OTHER = date(2023, 5, 2)
TEAM = "security_order_team"

CASES = [
    (facts.campaign(UNIT), {"campaigns_opened": 1}),
    (facts.held(UNIT, 60), {"sessions_held": 1, "session_attendances": 60}),
    (facts.held(UNIT, 0), {"sessions_held": 1}),
    (facts.corrected(UNIT, 60, 52), {"session_attendances": -8}),
    (facts.corrected(UNIT, 52, 60), {"session_attendances": 8}),
    (facts.withdrawn(UNIT, 52), {"sessions_held": -1, "session_attendances": -52}),
    (facts.received(UNIT), {"tips_received": 1}),
    (facts.triaged(UNIT, "spam"), {"tips_received": -1}),
    (facts.triaged(UNIT, "accepted"), {}),
    (facts.triaged(UNIT, "insufficient"), {}),
    (facts.triaged(UNIT, "routed_out"), {}),
    (facts.valued(UNIT), {"valuable_tips": 1}),
    (facts.valued(UNIT, valuable=False), {}),
    (facts.launched(UNIT), {"police_model_types": 1}),
    (facts.launched(UNIT, "mttq"), {}),
    (facts.ended(UNIT), {"police_model_types": -1}),
    (facts.ended(UNIT, "women_union"), {}),
    (facts.point(UNIT), {"mttq_model_points": 1}),
    (facts.point(UNIT, "police"), {}),
    (facts.point_closed(UNIT), {"mttq_model_points": -1}),
    (facts.board(UNIT), {"neighbourhood_guard_boards": 1}),
    (facts.board(UNIT, "civil_defence_team"), {}),
    (facts.board_gone(UNIT), {"neighbourhood_guard_boards": -1}),
    (facts.consolidated(UNIT), {"neighbourhood_guard_boards": -1}),
    (facts.consolidated(UNIT, facts.POLICE), {}),
    (facts.enrolled(UNIT), {"neighbourhood_guard_members": 1}),
    (facts.enrolled(UNIT, facts.POLICE), {"part_time_commune_police": 1}),
    (facts.enrolled(UNIT, "mediation_group"), {}),
    (facts.board(UNIT, TEAM), {"security_order_teams": 1}),
    (facts.board_gone(UNIT, TEAM), {"security_order_teams": -1}),
    (facts.enrolled(UNIT, TEAM), {"security_order_members": 1}),
    (facts.ceased(UNIT, TEAM), {"security_order_members": -1}),
    (facts.board_withdrawn(UNIT), {"neighbourhood_guard_boards": -1}),
    (facts.board_withdrawn(UNIT, "civil_defence_team"), {}),
    (facts.enrolment_withdrawn(UNIT), {"neighbourhood_guard_members": -1}),
    (facts.enrolment_withdrawn(UNIT, facts.POLICE), {"part_time_commune_police": -1}),
    (facts.board_withdrawn(UNIT, TEAM), {"security_order_teams": -1}),
    (facts.enrolment_withdrawn(UNIT, TEAM), {"security_order_members": -1}),
    (facts.passed_on(UNIT, NEXT, "civil_defence_team"), {}),
    (facts.passing_undone(NEXT, UNIT, "civil_defence_team"), {}),
    (facts.ceased(UNIT), {"neighbourhood_guard_members": -1}),
    (facts.ceased(UNIT, facts.POLICE), {"part_time_commune_police": -1}),
    (planning.course(UNIT, DAY), {"training_courses": 1}),
    (planning.certified(UNIT, 18, DAY), {"training_certified": 18}),
    (
        planning.rated(UNIT, planning.counts(1, 5), planning.counts(3, 15, 2, 1), DAY),
        {
            "teams_rated_excellent": 1,
            "teams_rated_good": 5,
            "members_rated_excellent": 3,
            "members_rated_good": 15,
            "members_rated_done": 2,
            "members_rated_not_done": 1,
        },
    ),
    (
        planning.rated_anew(
            UNIT,
            (planning.counts(1, 5), planning.counts(0, 4, 1, 1)),
            (planning.counts(3, 15), planning.counts(3, 14, 1)),
            DAY,
        ),
        {
            "teams_rated_excellent": -1,
            "teams_rated_good": -1,
            "teams_rated_done": 1,
            "teams_rated_not_done": 1,
            "members_rated_good": -1,
            "members_rated_done": 1,
        },
    ),
]


@pytest.mark.parametrize(
    ("event", "expected"),
    CASES,
    ids=[f"{e.TYPE}-{n}" for n, (e, _) in enumerate(CASES)],
)
def test_fact_changes_exactly_these_indicators_on_its_own_day(
    event: PublicEvent, expected: dict[str, int]
) -> None:
    """A fact moves what it is about, in its unit, on its own day, and nothing else."""
    found = contributions([event])

    assert expected == {cell.indicator: delta for cell, delta in found.items()}
    assert all((UNIT, DAY) == (cell.unit_id, cell.day) for cell in found)


def test_spam_is_taken_back_from_the_day_of_receipt() -> None:
    """Spam triaged in the next year leaves no trace in the year of its receipt."""
    assert {} == contributions([facts.received(UNIT), facts.triaged(UNIT, "spam")])


def test_a_passing_takes_along_what_stood_and_what_changed_since() -> None:
    """The old unit loses it on the very days on which the new one gains it."""
    later = (LaterCount(day=OTHER, force_units=0, members=-1),)
    found = contributions([facts.passed_on(UNIT, NEXT, TEAM, members=3, later=later)])
    assert {
        (UNIT, "security_order_teams", DAY): -1,
        (NEXT, "security_order_teams", DAY): 1,
        (UNIT, "security_order_members", DAY): -3,
        (NEXT, "security_order_members", DAY): 3,
        (UNIT, "security_order_members", OTHER): 1,
        (NEXT, "security_order_members", OTHER): -1,
    } == found


def test_a_passing_taken_back_leaves_no_trace() -> None:
    """With the same numbers it cancels to nothing, in both units, on every day."""
    assert {} == contributions(
        [
            facts.passed_on(UNIT, NEXT, members=3),
            facts.passing_undone(NEXT, UNIT, members=3),
        ]
    )


def test_a_fact_of_an_earlier_day_goes_on_in_the_later_homes() -> None:
    """Whoever is enrolled late counts first in the old unit, then in each next."""
    late = msgspec.structs.replace(
        facts.enrolled(UNIT, TEAM),
        later_homes=(
            LaterHome(since=OTHER, unit_id=NEXT),
            LaterHome(since=date(2024, 1, 1), unit_id=UNIT),
        ),
    )
    assert {
        (UNIT, DAY): 1,
        (UNIT, OTHER): -1,
        (NEXT, OTHER): 1,
        (NEXT, date(2024, 1, 1)): -1,
        (UNIT, date(2024, 1, 1)): 1,
    } == {(cell.unit_id, cell.day): n for cell, n in contributions([late]).items()}


def test_valuable_tip_counts_on_the_day_of_its_valuation() -> None:
    """The year of the rating decides, not that of the receipt."""
    (cell,) = contributions([facts.valued(UNIT, OTHER)])

    assert OTHER == cell.day


def test_every_indicator_is_moved_by_some_case() -> None:
    """No indicator stands in the catalogue without a proof that it counts."""
    moved = {code for _, expected in CASES for code in expected}

    set_by_decisions = {one.code for one in INDICATORS if one.levels}
    assert {indicator.code for indicator in INDICATORS} - set_by_decisions == moved
    counted = {event.TYPE for event, _ in CASES} | {e.TYPE for e in LEVEL_EVENTS}
    assert counted == set(EVENT_TYPES)


@pytest.mark.parametrize("indicator", INDICATORS, ids=BY_CODE)
def test_definition_says_what_is_counted_on_whose_authority(indicator: object) -> None:
    """A figure without numerator, day, unit of count and source is no figure."""
    for name in (
        "name_vi",
        "name_en",
        "unit_of_count",
        "unit_of_count_en",
        "numerator",
        "counted_on",
        "legal_source",
    ):
        assert getattr(indicator, name).strip(), name


def test_indicator_counts_the_facts_of_one_source() -> None:
    """So that its freshness is that of one service."""
    for indicator in INDICATORS:
        sources = {name.partition(".")[0] for name in indicator.event_types}
        assert {indicator.source} == sources
