"""The headcount on any day is the fold of decisions, whatever they were."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from services.chassis.errors import DomainError
from services.chassis.event_store import RecordedEvent
from services.registry.domain import force_endings, force_service
from services.registry.domain.cessation_rules import CessationPapers
from services.registry.domain.decision import Decision
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.roster import Act, Enrolment
from services.registry.domain.values import Ground, Period, Place, Post
from services.registry.read_models.force_homes import ForceHomesReadModel
from services.registry.read_models.force_unit_list import (
    ForceUnitListReadModel,
    get_force_units,
)
from services.registry.read_models.member_facts import MemberFactsReadModel
from services.registry.read_models.member_list import MemberListReadModel, list_members
from services.registry.read_models.strength import strength
from tests.registry.conftest import Registry

BEGIN: Final = date(2025, 1, 1)
SPAN: Final = 16
TODAY: Final = BEGIN + timedelta(days=SPAN)
DAYS: Final = st.integers(0, SPAN).map(lambda n: BEGIN + timedelta(days=n))
PEOPLE: Final = tuple(uuid4() for _ in range(4))
TEAM: Final = FORCE_TYPES["security_order_team"]
PATH: Final = "VN.99-2025.99999-2025"
PLACE: Final = Place(uuid4(), PATH, "phuong", Period(None, None))
DECIDED: Final = Decision("1/QĐ-UBND", BEGIN, "commune_chairman")


def enrol(team: ForceUnit, act: Act, post: Post) -> None:
    if act.member_id not in team.roster:
        person = Enrolment(act.member_id, post, act.on, None, DECIDED)
        team.enrol([person], TEAM, Period(None, None), today=TODAY)


def cease(team: ForceUnit, act: Act, _: Post) -> None:
    papers, ground = CessationPapers(DECIDED), Ground.DEATH
    force_endings.cease(
        team, act.member_id, on=act.on, ground=ground, today=TODAY, papers=papers
    )


def disband(team: ForceUnit, act: Act, _: Post) -> None:
    if act.on > TODAY - timedelta(days=2):
        force_endings.disband(team, on=act.on, today=TODAY)


COMMANDS: Final[dict[str, Callable[[ForceUnit, Act, Post], None]]] = {
    "enrol": enrol,
    "post": lambda team, act, post: force_service.change_post(
        team, act, post, TEAM, today=TODAY
    ),
    "rest": lambda team, act, _: force_service.suspend(team, act, today=TODAY),
    "back": lambda team, act, _: force_service.resume(team, act, today=TODAY),
    "cease": cease,
    "disband": disband,
}
STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(tuple(COMMANDS)),
        st.sampled_from(PEOPLE),
        st.sampled_from(Post),
        DAYS,
    ),
    min_size=3,
    max_size=25,
)


def lived(steps: Iterable[tuple[str, UUID, Post, date]]) -> list[Any]:
    """Take every decision that is possible; return what was recorded."""
    team = ForceUnit.establish(uuid4(), TEAM, PLACE, name=None, on=BEGIN, today=TODAY)
    for what, who, post, day in steps:
        # What is refused is no fact.
        with suppress(DomainError):
            COMMANDS[what](team, Act(who, day, DECIDED), post)
    return list(team.collect_events())


def folded(events: Iterable[Any], day: date) -> dict[UUID, tuple[str, bool]]:
    """Say who serves on a day, in which post, active or not, from the facts alone."""
    serving: dict[UUID, tuple[str, bool]] = {}
    for fact in events:
        match fact:
            case ForceUnit.MemberEnrolled() if fact.enrolled_on <= day:
                serving[fact.member_id] = fact.post, True
            case ForceUnit.MemberPostChanged() if fact.changed_on <= day:
                serving[fact.member_id] = fact.post, serving[fact.member_id][1]
            case ForceUnit.MemberSuspended() if fact.suspended_on <= day:
                serving[fact.member_id] = serving[fact.member_id][0], False
            case ForceUnit.MemberResumed() if fact.resumed_on <= day:
                serving[fact.member_id] = serving[fact.member_id][0], True
            case ForceUnit.MemberCeased() if fact.ceased_on <= day:
                del serving[fact.member_id]
    return serving


def counted(conn: sa.Connection, team: UUID, day: date) -> dict[UUID, tuple[str, bool]]:
    """Say the same from the tables, and hold the three counts against it."""
    page = list_members(conn, [team], ["VN"], on=day, first=100, after=None)[team]
    rows = {row.id: (row.post, row.suspended_on is None) for row in page.rows}
    view = get_force_units(conn, [team], ["VN"], today=day)[team]
    active = sum(is_active for _, is_active in rows.values())
    assert (len(rows), active) == (view.members, view.active)
    for total in strength(conn, {PLACE.unit_id: (PATH,)}, ["VN"], on=day):
        assert (len(rows), active) == (total.members, total.members - total.resting)
        for post in Post:
            of_post = sum(held == post.value for held, _ in rows.values())
            assert of_post == total.by_post[post]
    return rows


@settings(max_examples=20, deadline=None)
@given(steps=STEPS, cut=st.integers(1, 10))
def test_headcount_on_any_day_is_the_fold_of_decisions(
    registry: Registry, steps: list[tuple[str, UUID, Post, date]], cut: int
) -> None:
    """Tables written in transactions of any size agree with the facts on every day."""
    events = lived(steps)
    recorded = [
        RecordedEvent(n, event, event.TOPIC, event.originator_id, n)
        for n, event in enumerate(events, 1)
    ]
    models = (
        ForceUnitListReadModel(),
        ForceHomesReadModel(),
        MemberListReadModel(),
        MemberFactsReadModel(),
    )
    with registry.runtime.engine.connect() as conn:
        for start in range(0, len(recorded), cut):
            for model in models:
                model.apply(conn, recorded[start : start + cut])
        for n in range(SPAN + 1):
            day = BEGIN + timedelta(days=n)
            assert folded(events, day) == counted(conn, events[0].originator_id, day)
        conn.rollback()
