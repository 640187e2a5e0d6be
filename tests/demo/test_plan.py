"""The plan: single plausible records that add up to exactly the published year."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demo.plan.making import make_plan
from demo.plan.records import GUARDS, POLICE, Plan
from demo.plan.sessions import LEAST_ATTENDANCE, MOST_ATTENDANCE
from demo.plan.totals import Totals
from demo.province import Province
from demo.published import Published
from services.registry.domain.force_types import FORCE_TYPES

PLANS = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SHARES = st.floats(0.05, 1.0)
SEEDS = st.text("abcdef", min_size=1, max_size=5)


@pytest.fixture(scope="module")
def plan(province: Province, published: Published) -> Plan:
    return make_plan(province, Totals.of(published))


def _facts(plan: Plan) -> list[tuple[str, date]]:
    """Return every planned fact as the unit's code and its day."""
    facts = [(s.place.code, s.held_on) for s in plan.sessions]
    facts += [(c.place.code, c.starts_on) for c in plan.campaigns]
    facts += [(f.place.code, f.established_on) for f in plan.forces]
    facts += [(f.place.code, m.enrolled_on) for f in plan.forces for m in f.members]
    facts += [(m.place.code, m.launched_on) for m in plan.models]
    facts += [(p.place.code, p.opened_on) for m in plan.models for p in m.points]
    facts += [(t.place.code, t.received_on) for t in plan.tips]
    return facts


def test_the_records_add_up_to_what_was_published(
    plan: Plan, published: Published
) -> None:
    """Added up record by record, every published figure is met exactly."""
    assert published.values == plan.figures()


@given(share=SHARES, seed=SEEDS)
@PLANS
def test_any_share_and_any_seed_adds_up(
    province: Province, published: Published, share: float, seed: str
) -> None:
    """Whatever is rolled, the sums stay exact and the records plausible."""
    totals = Totals.of(published, share)

    plan = make_plan(province, totals, seed)

    assert totals.figures() == plan.figures()
    counted = [s for s in plan.sessions if plan.within(s.held_on) and not s.withdrawn]
    assert all(LEAST_ATTENDANCE <= s.attendance <= MOST_ATTENDANCE for s in counted)
    _assert_lives(plan, province)


def test_the_same_sums_give_the_same_plan(
    plan: Plan, province: Province, published: Published
) -> None:
    """A second run of the demo sends the very same records."""
    assert plan == make_plan(province, Totals.of(published))


def test_labels_name_one_record_each(plan: Plan) -> None:
    """Keys are derived from labels, so no label may come twice among its kind."""
    points = [point for model in plan.models for point in model.points]
    for records in (
        plan.forces,
        plan.campaigns,
        plan.sessions,
        plan.models,
        points,
        plan.tips,
    ):
        labels = Counter(record.label for record in records)
        assert [] == [label for label, times in labels.items() if times > 1]


def _assert_lives(plan: Plan, province: Province) -> None:
    places = {
        place.code: place
        for place in (province.itself, *province.districts, *province.communes)
    }
    assert all(places[code].exists_on(day) for code, day in _facts(plan))


def test_every_fact_lies_in_its_units_life(plan: Plan, province: Province) -> None:
    """Nothing happens in a unit on a day on which it did not exist."""
    _assert_lives(plan, province)


def test_forces_stand_where_the_law_knows_them(plan: Plan) -> None:
    """Boards in wards and townships, part-time police in communes and townships."""
    for force in plan.forces:
        law = FORCE_TYPES[force.force_type]
        assert force.place.unit_type in law.unit_types
        assert law.in_force.holds(force.established_on)
        assert all(law.in_force.holds(member.enrolled_on) for member in force.members)
        assert all(force.established_on <= m.enrolled_on for m in force.members)
    assert {"phuong", "thi_tran"} == {
        f.place.unit_type for f in plan.forces if f.force_type == GUARDS
    }


def test_a_unit_has_one_force_of_a_kind_with_one_head(plan: Plan) -> None:
    """No unit has two boards at once, and no force has two leaders."""
    for kind in (GUARDS, POLICE):
        units = [f.place.code for f in plan.forces if f.force_type == kind]
        assert len(units) == len(set(units))
    for force in plan.forces:
        assert sum(member.post == "leader" for member in force.members) <= 1
        assert 3 <= len(force.members) <= 100


def test_what_does_not_count_is_planned_on_purpose(plan: Plan) -> None:
    """A day too early, a day too late, corrected, withdrawn, ended, closed, gone."""
    outside = {s.held_on for s in plan.sessions if not plan.within(s.held_on)}
    members = [member for force in plan.forces for member in force.members]
    points = [point for model in plan.models for point in model.points]

    assert {date(2022, 12, 14), date(2023, 12, 15)} == outside
    assert {"graphql", "mttq"} == {
        s.door for s in plan.sessions if not plan.within(s.held_on)
    }
    assert 1 == sum(s.withdrawn for s in plan.sessions)
    assert 1 == sum(s.first_recorded is not None for s in plan.sessions)
    assert any(member.ceased_on for member in members)
    assert any(not member.serves_on(plan.last_day) for member in members)
    assert any(force.disbanded_on for force in plan.forces)
    assert any(model.ended_on for model in plan.models)
    assert any(point.closed_on for point in points)
    assert 2 == sum(t.valuable and not plan.within(t.valued_on) for t in plan.tips)


def test_half_of_the_sessions_come_from_the_front(plan: Plan) -> None:
    """The gateway and the partner's events carry the same share, one at most apart."""
    doors = Counter(s.door for s in plan.sessions if plan.within(s.held_on))

    assert abs(doors["graphql"] - doors["mttq"]) <= 1


def test_the_year_has_its_real_occasions(plan: Plan) -> None:
    """June, 30/7, 19/8 and 4/10 have far more sessions than an ordinary stretch."""
    months = Counter(s.held_on.month for s in plan.sessions)
    days = Counter((s.held_on.month, s.held_on.day) for s in plan.sessions)

    assert months[6] > 4 * months[4]
    for day in ((6, 26), (7, 30), (8, 19), (10, 4)):
        assert days[day] >= 10
    festivals = [s for s in plan.sessions if s.kind == "festival"]
    assert all(date(2023, 7, 1) <= s.held_on <= date(2023, 8, 19) for s in festivals)


def test_sessions_of_a_drive_lie_in_its_days(plan: Plan) -> None:
    """A session names a drive only on the drive's own days."""
    drives = {campaign.label: campaign for campaign in plan.campaigns}
    named = [s for s in plan.sessions if s.campaign is not None]

    assert named
    assert all(
        drives[s.campaign or ""].starts_on
        <= s.held_on
        <= drives[s.campaign or ""].ends_on
        for s in named
    )


def test_tips_move_forward_in_time(plan: Plan) -> None:
    """A tip is sorted after it came and rated after it was sorted, or never."""
    for tip in plan.tips:
        assert tip.received_on <= tip.triaged_on <= (tip.valued_on or tip.triaged_on)
        assert (tip.outcome == "accepted") == (tip.valued_on is not None)
        assert (tip.outcome == "routed_out") == (tip.routed_to is not None)
        assert (tip.reason is None) == (tip.valued_on is None)


def test_people_and_tips_say_that_they_are_invented(plan: Plan) -> None:
    """No name and no text can be taken for a real one, and no name comes twice."""
    names = [member.name for force in plan.forces for member in force.members]

    assert len(names) == len(set(names))
    assert all(name.startswith("Người Thử ") for name in names)
    assert all("(Tin thử nghiệm số " in tip.text for tip in plan.tips)
    assert all((t.contact or "Người Thử ").startswith("Người Thử ") for t in plan.tips)
