"""Numbers set by decisions: on each day the latest holds, however late it is told."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.chassis.service import Runtime
from services.contracts.envelope import PublicEvent
from services.reporting.indicators.definition import (
    LevelEnded,
    LevelMeanwhile,
    LevelSet,
)
from services.reporting.read_models.levels import Decided, moves
from tests.reporting import facts, planning, units
from tests.reporting.conftest import Counter

TEAMS, MEMBERS = "security_order_team_quota", "security_order_member_quota"
ALLOWED = "security_order_teams_allowed"
DAYS = [date(2024, 7, 1) + timedelta(days=40 * n) for n in range(8)]
IDS = [UUID(int=n) for n in range(1, 5)]


def on(counter: Counter, unit: UUID, code: str, day: date) -> int:
    rows = counter.table().items()
    return sum(v for (u, c, d), v in rows if (u, c) == (unit, code) and d <= day)


decisions = st.builds(
    Decided,
    st.sampled_from(IDS),
    st.sampled_from(DAYS),
    st.integers(0, 9),
    st.none() | st.sampled_from(DAYS),
    st.none() | st.integers(0, 9),
    st.none() | st.sampled_from(DAYS),
)


@given(st.lists(decisions, max_size=4, unique_by=lambda one: one.decision_id))
def test_the_moves_up_to_a_day_are_the_number_of_that_day(
    known: list[Decided],
) -> None:
    """Whatever was decided: one rule says who holds, the sum says how many."""
    change = moves(known)
    for day in [DAYS[0] - timedelta(days=1), *DAYS, DAYS[-1] + timedelta(days=1)]:
        holding = [
            one
            for one in known
            if one.since <= day and (one.ended_on is None or day < one.ended_on)
        ]
        last = max(holding, key=lambda one: (one.since, one.decision_id), default=None)
        expected = 0 if last is None else last.on(day)
        assert expected == sum(v for d, v in change.items() if d <= day)


def test_a_decision_is_told_step_by_step() -> None:
    """Set, more for a time, ended."""
    quota = IDS[0]
    made = Decided(quota, DAYS[0], 3)
    made = made.told(LevelSet(quota, units.QUANG, DAYS[1], 4))
    made = made.told(LevelMeanwhile(quota, units.QUANG, DAYS[2], 6))
    made = made.told(LevelEnded(quota, DAYS[3]))
    assert {DAYS[1]: 6, DAYS[2]: -2, DAYS[3]: -4} == moves([made])


def test_a_quota_holds_from_its_day_in_the_commune_and_above(counter: Counter) -> None:
    """What is planned stands beside what there is, at every level."""
    counter.count(
        planning.issued(
            planning.line(units.QUANG, 3, 9), planning.line(units.SONG, 2, 6)
        )
    )
    before = planning.FIRST - timedelta(days=1)
    assert (0, 3) == tuple(
        on(counter, units.QUANG, TEAMS, day) for day in (before, planning.FIRST)
    )
    for above in (units.CITY, units.BAC_KAN, units.COUNTRY):
        assert (5, 15) == tuple(
            on(counter, above, code, planning.FIRST) for code in (TEAMS, MEMBERS)
        )


def test_a_force_of_another_kind_is_not_this_quota(counter: Counter) -> None:
    """The figure is that of one force."""
    other = planning.issued(planning.line(units.QUANG, 3, 9), force_type="militia")
    counter.count(other)
    assert {} == counter.table()


def test_a_later_decision_takes_the_place_even_when_told_first(
    counter: Counter,
) -> None:
    """The day of effect decides, not the order of arrival."""
    later, earlier = date(2025, 1, 1), planning.FIRST
    counter.count(planning.issued(planning.line(units.QUANG, 5, 15), day=later))
    counter.count(planning.issued(planning.line(units.QUANG, 3, 9), day=earlier))
    days = (earlier, later - timedelta(days=1), later, date(2026, 1, 1))
    assert [3, 3, 5, 5] == [on(counter, units.QUANG, TEAMS, day) for day in days]


def test_a_superseded_decision_ends_in_all_its_communes(counter: Counter) -> None:
    """A commune that the new one does not name has no quota from that day."""
    quota, day = uuid4(), date(2025, 1, 1)
    lines = planning.line(units.QUANG, 3, 9), planning.line(units.SONG, 2, 6)
    counter.count(planning.issued(*lines, quota=quota))
    counter.count(planning.issued(planning.line(units.QUANG, 4, 12), day=day))
    counter.count(planning.superseded(quota, day))
    assert (4, 0) == tuple(
        on(counter, unit, TEAMS, day) for unit in (units.QUANG, units.SONG)
    )
    assert 5 == on(counter, units.CITY, TEAMS, day - timedelta(days=1))


def test_a_decision_superseded_on_its_own_first_day_never_held(
    counter: Counter,
) -> None:
    """As if it had not been; all in one batch."""
    quota = uuid4()
    counter.count(
        planning.issued(planning.line(units.QUANG, 3, 9), quota=quota),
        planning.issued(planning.line(units.QUANG, 4, 12)),
        planning.superseded(quota, planning.FIRST),
    )
    assert 4 == on(counter, units.QUANG, TEAMS, planning.FIRST)


def test_a_roadmap_allows_more_until_its_day_and_leaves_the_quota(
    counter: Counter,
) -> None:
    """The province's number stays what it is; the commune may have more for a time."""
    quota, until = uuid4(), date(2025, 1, 1)
    counter.count(planning.issued(planning.line(units.QUANG, 3, 9), quota=quota))
    counter.count(planning.roadmap(quota, units.QUANG, 5, 15, until))
    days = (planning.FIRST, until)
    assert [3, 3] == [on(counter, units.QUANG, TEAMS, day) for day in days]
    assert [5, 3] == [on(counter, units.QUANG, ALLOWED, day) for day in days]


def test_a_merged_communes_quota_ends_those_that_it_absorbed(
    counter: Counter,
) -> None:
    """Nothing counts twice in today's borders."""
    counter.count(
        planning.issued(
            planning.line(units.QUANG, 3, 9), planning.line(units.SONG, 2, 6)
        )
    )
    new = planning.line(units.NEW_BAC_KAN_WARD, 4, 12, units.QUANG, units.SONG)
    counter.count(planning.issued(new, day=units.MERGER))
    eve = units.MERGER - timedelta(days=1)
    assert (5, 0) == tuple(
        on(counter, units.BAC_KAN, TEAMS, day) for day in (eve, units.MERGER)
    )
    assert 4 == on(counter, units.THAI_NGUYEN, TEAMS, units.MERGER)
    assert 4 == on(counter, units.COUNTRY, TEAMS, units.MERGER)


def test_a_quota_of_an_unknown_commune_waits(counter: Counter) -> None:
    """It counts nowhere until its unit is known."""
    counter.count(planning.issued(planning.line(uuid4(), 3, 9)))
    assert {} == counter.table()


@st.composite
def histories(draw: st.DrawFn) -> list[PublicEvent]:
    """Draw decisions about two communes, each told in its own order."""
    told: list[PublicEvent] = []
    for number in range(draw(st.integers(1, 3))):
        quota, day = UUID(int=100 + number), draw(st.sampled_from(DAYS))
        lines = [
            planning.line(unit, draw(st.integers(0, 5)), 9)
            for unit in (units.QUANG, units.PHUC)
            if draw(st.booleans())
        ]
        told.append(planning.issued(*lines, quota=quota, day=day))
        if lines and draw(st.booleans()):
            until = draw(st.sampled_from(DAYS))
            told.append(planning.roadmap(quota, lines[0].unit_id, 7, 21, until))
        if draw(st.booleans()):
            told.append(planning.superseded(quota, draw(st.sampled_from(DAYS))))
    return told


@settings(max_examples=15, deadline=None)
@given(histories(), st.lists(st.integers(1, 4), min_size=12, max_size=12))
def test_batches_make_no_difference(
    runtime: Runtime, told: Sequence[PublicEvent], sizes: list[int]
) -> None:
    """One batch or many: the figures are the same."""
    counter = Counter(runtime)
    with counter.engine.begin() as conn:
        counter.follower.forget(conn)
    counter.count(*told)
    at_once = counter.table()
    with counter.engine.begin() as conn:
        counter.follower.forget(conn)
    left = list(told)
    for size in sizes:
        counter.count(*left[:size])
        left = left[size:]
    assert at_once == counter.table()


def test_decisions_that_meet_leave_one_number(counter: Counter) -> None:
    """Two processes hear of two decisions about a commune at the same time."""
    lines = [planning.line(units.QUANG, n, 3 * n) for n in range(1, 9)]
    told = [planning.issued(one, day=DAYS[n]) for n, one in enumerate(lines)]
    with ThreadPoolExecutor(max_workers=4) as threads:
        list(threads.map(counter.count, told))
    assert [*range(1, 9)] == [on(counter, units.QUANG, TEAMS, day) for day in DAYS]


@pytest.mark.parametrize("unit", [units.QUANG, units.COUNTRY])
def test_other_facts_count_beside_decisions(counter: Counter, unit: UUID) -> None:
    """A batch may hold both."""
    counter.count(
        facts.held(units.QUANG, 5), planning.issued(planning.line(units.QUANG, 3, 9))
    )
    assert 3 == on(counter, unit, TEAMS, planning.FIRST)
    assert 5 == on(counter, unit, "session_attendances", facts.DAY)
