"""Courses of training: who is registered, who came, who was certified."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.chassis.clock import local_today
from services.registry.read_models.training_list import (
    COURSES,
    TRAINED,
    TrainingListReadModel,
)
from services.unit_directory.tree import Unit
from tests.registry.care.conftest import Communes, refusal


def plan(unit: Unit, **changed: Any) -> dict[str, Any]:
    return {
        "unit": {"id": str(unit.id)},
        "topics": ["law", "fire_rescue"],
        "first_day": "2025-10-06",
        "last_day": "2025-10-08",
        "places": 2,
        **changed,
    }


async def planned(communes: Communes, unit: Unit, **changed: Any) -> str:
    made = await communes.done("/courses", plan(unit, **changed))
    return f"/courses/{made['course_id']}"


async def test_a_course_goes_from_plan_to_certificates(communes: Communes) -> None:
    """Counts follow the steps; a member's training says what it was in."""
    team = await communes.team()
    path = await planned(communes, team.unit)
    first, second, third = team.members
    told = await communes.done(f"{path}/members", {"member_ids": [first, second]})
    assert 2 == told["changed"]
    again = await communes.done(f"{path}/members", {"member_ids": [first]})
    assert 0 == again["changed"]
    full = await communes.officer.post(f"{path}/members", {"member_ids": [third]})
    assert (409, "registry.course.full", "$.member_ids") == refusal(full)
    await communes.done(
        f"{path}/holding", {"attended": [first], "held_on": "2025-10-08"}
    )
    absent = {"member_ids": [first, second], "certified_on": "2025-10-09"}
    answer = await communes.officer.post(f"{path}/certificates", absent)
    assert (422, "registry.course.member_not_listed", "$.member_ids[1]") == refusal(
        answer
    )
    await communes.done(f"{path}/certificates", {**absent, "member_ids": [first]})
    await communes.done(f"{path}/closure", {"closed_on": "2025-10-10"})
    (row,) = await communes.rows("/courses", team.unit)
    assert ("closed", "2025-10-08", 2, 1, 1) == tuple(
        row[name]
        for name in ("state", "held_on", "registered", "attended", "certified")
    )
    answer = await communes.officer.get("/training", ids=list(team.members))
    rows = {one["member_id"]: one for one in answer.json()["rows"]}
    assert {first: "certified", second: "registered"} == {
        member: one["attendance"] for member, one in rows.items()
    }
    assert (["law", "fire_rescue"], "2025-10-09") == (
        rows[first]["topics"],
        rows[first]["certified_on"],
    )


async def test_a_course_takes_members_of_its_own_unit(communes: Communes) -> None:
    """Somebody of the next commune, or nobody at all, is unknown to it."""
    team, other = await communes.team(), await communes.team()
    path = await planned(communes, team.unit)
    for stranger in (other.members[0], str(uuid4())):
        body = {"member_ids": [team.members[0], stranger]}
        answer = await communes.officer.post(f"{path}/members", body)
        assert (404, "registry.member.unknown", "$.member_ids[1]") == refusal(answer)
    (row,) = await communes.rows("/courses", team.unit)
    assert 0 == row["registered"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"topics": ["law", "poetry"]},
            (422, "registry.course.topic_unknown", "$.topics[1]"),
        ),
        (
            {"last_day": "2025-10-05"},
            (422, "registry.course.days_reversed", "$.last_day"),
        ),
        ({"topics": []}, (422, "body.invalid", "$.topics")),
        ({"places": 0}, (422, "body.invalid", "$.places")),
    ],
)
async def test_a_plan_that_cannot_be_is_refused(
    communes: Communes, changed: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    """Topics outside the syllabus, days in reverse, no topics, no places."""
    body = plan(communes.free[0], **changed)
    assert expected == refusal(await communes.officer.post("/courses", body))


async def test_a_course_may_lie_ahead_but_is_held_when_it_is_over(
    communes: Communes,
) -> None:
    """Planning looks forward, holding does not; what is given up stays given up."""
    unit = communes.take()
    today = local_today()
    ahead = (today + timedelta(days=30)).isoformat()
    path = await planned(communes, unit, first_day=ahead, last_day=ahead)
    body = {"attended": [], "held_on": today.isoformat()}
    answer = await communes.officer.post(f"{path}/holding", body)
    assert (422, "registry.course.day_out_of_order", "$.held_on") == refusal(answer)
    answer = await communes.officer.post(f"{path}/holding", {**body, "held_on": ahead})
    assert (422, "registry.day_in_future", "$.held_on") == refusal(answer)
    assert "cancelled" == (await communes.done(f"{path}/cancellation", {}))["state"]
    answer = await communes.officer.post(f"{path}/holding", body)
    assert (409, "registry.course.step_not_possible", None) == refusal(answer)


async def test_another_area_sees_no_course(communes: Communes) -> None:
    """Neither to change, nor in the list, nor by its members."""
    team = await communes.team()
    path = await planned(communes, team.unit)
    await communes.done(f"{path}/members", {"member_ids": [team.members[0]]})
    answer = await communes.stranger.post(f"{path}/cancellation", {})
    assert (404, "registry.course.unknown", "$.course_id") == refusal(answer)
    answer = await communes.stranger.post("/courses", plan(team.unit))
    assert (403, "units.outside_your_area", "$.unit") == refusal(answer)
    seen = await communes.stranger.get("/courses", unit_id=team.unit.id)
    assert [] == seen.json()["rows"]
    seen = await communes.stranger.get("/training", ids=[team.members[0]])
    assert [] == seen.json()["rows"]


async def test_training_built_again_from_the_log_is_the_same(
    communes: Communes,
) -> None:
    """Row for row, one by one and all at once."""
    await test_a_course_goes_from_plan_to_certificates(communes)
    runtime = communes.registry.runtime

    def shown(conn: Any) -> list[Any]:
        return [
            conn.execute(one.select().order_by(*one.primary_key.columns)).all()
            for one in (COURSES, TRAINED)
        ]

    before = await runtime.read(shown)
    recorded = [
        item
        for item in runtime.log.read_after(0, 100_000)
        if type(item.event).__qualname__.startswith("TrainingCourse")
    ]
    for size in (1, len(recorded)):

        def rebuild(conn: Any, size: int = size) -> None:
            for table in (COURSES, TRAINED):
                conn.execute(table.delete())
            for start in range(0, len(recorded), size):
                TrainingListReadModel().apply(conn, recorded[start : start + size])

        await runtime.write(rebuild)
        assert before == await runtime.read(shown)
