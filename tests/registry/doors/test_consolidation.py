"""1 July 2024 through the door: one act, a selection, numbers before and after."""

import asyncio
from typing import Any, Final
from uuid import uuid4

import pytest

from services.contracts.registry.units import UnitRef
from services.registry.domain.force_types import BY_QUOTA
from services.registry.read_models.force_unit_list import ForceUnitListReadModel
from services.registry.read_models.member_list import MemberListReadModel
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS
from services.registry.read_models.team_areas import TEAM_AREAS, TeamAreasReadModel
from tests.registry.conftest import Registry
from tests.registry.doors.parts import (
    decision,
    enrol,
    establish,
    live_and_rebuilt,
    refusal,
    unit_of,
)
from tests.registry.doors.test_quotas import quota

DAY: Final = "2024-07-01"
POLICE: Final = "part_time_commune_police"
DEFENCE: Final = "civil_defence_team"
TEAM: Final = BY_QUOTA.code
# Communes of Bắc Kạn; each test takes one of its own.
(WHOLE, REFUSED, QUOTED, AREAS, RACED) = (
    "01891", "01894", "01897", "01906", "01909",
)  # fmt: skip


class Former:
    """The forces of a commune on the eve: police of four, civil defence of five."""

    police: str
    defence: str
    officers: list[str]
    defenders: list[str]


async def former(registry: Registry, code: str) -> Former:
    made = Former()
    made.police = await establish(registry, POLICE, code)
    made.defence = await establish(registry, DEFENCE, code)
    made.officers = await enrol(
        registry, made.police, "leader", "member", "member", "member"
    )
    made.defenders = await enrol(
        registry, made.defence, "leader", "deputy", "member", "member", "member"
    )
    return made


def chosen(force: str, member: str, post: str = "member") -> dict[str, str]:
    return {"force_unit_id": force, "member_id": member, "post": post}


def act(
    code: str, one: Former, *teams: list[dict[str, str]], **changed: Any
) -> dict[str, Any]:
    return {
        "unit": {"code": code},
        "on": DAY,
        "force_unit_ids": [one.police, one.defence],
        "decision": decision(DAY),
        "teams": [
            {"name": f"Tổ {n}", "members": members}
            for n, members in enumerate(teams, 1)
        ],
        **changed,
    }


async def strength(registry: Registry, code: str, on: str) -> dict[str, Any]:
    ids = [str(unit_of(registry, code).id)]
    rows = (await registry.officer.get("/strength", ids=ids, on=on)).json()["rows"]
    return {row["force_type"]: (row["force_units"], row["members"]) for row in rows}


async def test_an_act_selects_and_tells_before_and_after(registry: Registry) -> None:
    """Two of four officers and the leader of civil defence serve on, in two teams."""
    one = await former(registry, WHOLE)
    body = act(
        WHOLE,
        one,
        [
            chosen(one.defence, one.defenders[0], "leader"),
            chosen(one.police, one.officers[1]),
        ],
        [chosen(one.police, one.officers[0], "leader")],
    )
    key = uuid4()
    answer = await registry.officer.post("/consolidations", body, key=key)
    assert 201 == answer.status_code, answer.text
    told = answer.json()
    assert (3, 2, 4) == (told["selected"], told["ceased_by_law"], told["remained"])

    def numbers(when: str) -> dict[str, tuple[int, int]]:
        return {
            row["force_type"]: (row["force_units"], row["members"])
            for row in told[when]
        }

    assert {POLICE: (1, 4), DEFENCE: (1, 5)} == numbers("before")
    assert {TEAM: (2, 3), DEFENCE: (1, 4)} == numbers("after")
    assert numbers("before") == await strength(registry, WHOLE, "2024-06-30")
    assert numbers("after") == await strength(registry, WHOLE, DAY)
    again = await registry.officer.post("/consolidations", body, key=key)
    assert told == again.json()
    await lineage_is_kept(registry, one, told)


async def lineage_is_kept(registry: Registry, one: Former, told: Any) -> None:
    """Each new membership names the old one; the old force ended as consolidated."""
    teams = {row["from_member_id"]: row["force_unit_id"] for row in told["members"]}
    assert {one.officers[0], one.officers[1], one.defenders[0]} == set(teams)
    rows = await registry.officer.get("/members", force_unit_ids=told["team_ids"])
    found = [row for page in rows.json()["force_units"] for row in page["rows"]]
    assert {row["from_member_id"]: row["force_unit_id"] for row in found} == teams
    assert {"leader", "member"} == {row["post"] for row in found}
    units = await registry.officer.get("/force-units/by-id", ids=[one.police])
    (police,) = units.json()["rows"]
    assert (DAY, "consolidated") == (police["disbanded_on"], police["ended_as"])
    with registry.runtime.engine.connect() as conn:
        people = dict(
            conn.execute(MEMBERS.select().with_only_columns(
                MEMBERS.c.id, MEMBERS.c.person_id
            )).all()  # type: ignore[arg-type]
        )  # fmt: skip
    for row in told["members"]:
        ids = {str(key): str(value) for key, value in people.items()}
        assert ids[row["from_member_id"]] == ids[row["member_id"]]
    path = f"/force-units/{row['force_unit_id']}/members/{row['member_id']}"
    answer = await registry.officer.post(
        f"{path}/enrolment-withdrawal", {"reason": "entered_wrongly"}
    )
    assert (409, "registry.member.not_enrolled_alone", "$.member_id") == refusal(answer)


@pytest.fixture(scope="module")
async def eve(registry: Registry) -> Former:
    """Give the former forces of a commune whose acts are all refused."""
    return await former(registry, REFUSED)


async def test_an_act_is_refused_as_a_whole_with_its_place(
    registry: Registry, eve: Former
) -> None:
    """Each refusal names what of the act it speaks of, and nothing has happened."""
    leader = chosen(eve.police, eve.officers[0], "leader")
    other = chosen(eve.police, eve.officers[1], "leader")
    plain = chosen(eve.defence, eve.defenders[2])
    foreign = await establish(registry, POLICE, "01912")
    bad: list[tuple[dict[str, Any], tuple[int, str, str | None]]] = [
        (act(REFUSED, eve, [leader], on="2024-07-02"),
         (422, "registry.consolidation.another_day", "$.on")),
        (act(REFUSED, eve, [leader, other]),
         (409, "registry.member.leader_already_there", "$.teams[0].members[1].post")),
        (act(REFUSED, eve, [leader], [leader]),
         (422, "registry.consolidation.chosen_twice",
          "$.teams[1].members[0].member_id")),
        (act(REFUSED, eve, [plain]),
         (422, "registry.consolidation.post_not_taken_over",
          "$.teams[0].members[0].member_id")),
        (act(REFUSED, eve, [leader], force_unit_ids=[eve.defence]),
         (422, "registry.consolidation.not_part_of_the_act",
          "$.teams[0].members[0].force_unit_id")),
        (act(REFUSED, eve, [leader], force_unit_ids=[eve.police, foreign]),
         (422, "registry.consolidation.of_another_unit", "$.force_unit_ids[1]")),
        (act(REFUSED, eve, [leader], force_unit_ids=[eve.police, str(uuid4())]),
         (404, "registry.force_unit.unknown", "$.force_unit_ids[1]")),
        (act(REFUSED, eve, [leader])
         | {"teams": [{"force_unit_id": eve.defence, "members": [leader]}]},
         (422, "registry.force_type.not_of_this_force", "$.teams[0].force_unit_id")),
        (act(REFUSED, eve, [leader], teams=[]), (422, "body.invalid", "$.teams")),
    ]  # fmt: skip
    for body, expected in bad:
        answer = await registry.officer.post("/consolidations", body)
        assert expected == refusal(answer)
    assert {POLICE: (1, 4), DEFENCE: (1, 5)} == (
        await strength(registry, REFUSED, "2024-06-30")
    )
    assert {DEFENCE, POLICE} == set(await strength(registry, REFUSED, DAY))


async def test_another_area_sees_nothing_to_consolidate(
    registry: Registry, eve: Former
) -> None:
    """An officer of another province is outside."""
    ha_noi = registry.tree.resolve(UnitRef(code="01"), None).id
    other = registry.caller("officer", unit_roots=(ha_noi,))
    leader = chosen(eve.police, eve.officers[0], "leader")
    answer = await other.post("/consolidations", act(REFUSED, eve, [leader]))
    assert (403, "units.outside_your_area", "$.unit") == refusal(answer)


async def test_an_act_stays_within_the_quota(registry: Registry) -> None:
    """Two people for one place are refused; one passes, into a team that exists."""
    one = await former(registry, QUOTED)
    await quota(registry, QUOTED, 1, 1)
    team = await establish(registry, TEAM, QUOTED, on=DAY)
    leader = chosen(one.police, one.officers[0], "leader")
    more = chosen(one.police, one.officers[1])

    def into(*people: dict[str, str]) -> dict[str, Any]:
        teams = [{"force_unit_id": team, "members": list(people)}]
        return act(QUOTED, one, teams=teams)

    over = await registry.officer.post("/consolidations", into(leader, more))
    assert (409, "registry.quota.exceeded", None) == refusal(over)
    passed = await registry.officer.post("/consolidations", into(leader))
    assert 201 == passed.status_code, passed.text
    assert [team] == passed.json()["team_ids"]
    assert {TEAM: (1, 1), DEFENCE: (1, 5)} == await strength(registry, QUOTED, DAY)


async def test_acts_that_come_together_choose_a_person_once(
    registry: Registry,
) -> None:
    """Of many acts over the same force one passes; the others find it gone."""
    one = await former(registry, RACED)
    leader = chosen(one.police, one.officers[0], "leader")
    body = act(RACED, one, [leader], force_unit_ids=[one.police])
    answers = await asyncio.gather(
        *(registry.officer.post("/consolidations", body) for _ in range(5))
    )
    assert [201] + [409] * 4 == sorted(answer.status_code for answer in answers)
    assert (1, 1) == (await strength(registry, RACED, DAY))[TEAM]


async def area(registry: Registry, code: str, number: int) -> str:
    answer = await registry.officer.post(
        "/residential-areas",
        {
            "unit": {"code": code},
            "kind": "thon",
            "name": f"Thôn {number}",
            "registered_on": "2020-01-01",
        },
    )
    assert 201 == answer.status_code, answer.text
    return str(answer.json()["area_id"])


async def test_a_team_covers_areas_of_its_commune(registry: Registry) -> None:
    """One or several, shown with the team of the day; another's area is refused."""
    team = await establish(registry, TEAM, AREAS, on=DAY)
    first, second = [await area(registry, AREAS, n) for n in (1, 2)]
    foreign = await area(registry, "01912", 3)
    path = f"/force-units/{team}/areas"
    for day, areas in ((DAY, [first]), ("2024-09-01", [first, second])):
        body = {"area_ids": areas, "assigned_on": day}
        answer = await registry.officer.post(path, body)
        assert 200 == answer.status_code, answer.text
    found = {}
    for day in (DAY, "2024-09-01"):
        listed = await registry.officer.get(
            "/force-units", unit_code=AREAS, on=day, force_type=TEAM
        )
        found[day] = listed.json()["rows"][0]["area_ids"]
    assert {DAY: [first], "2024-09-01": [first, second]} == found
    body = {"area_ids": [first, foreign], "assigned_on": "2024-10-01"}
    refused = await registry.officer.post(path, body)
    code = "registry.force_unit.area_of_another_unit"
    assert (422, code, "$.area_ids[1]") == refusal(refused)
    unknown = {"area_ids": [team], "assigned_on": "2024-10-01"}
    answer = await registry.officer.post(path, unknown)
    code = "registry.residential_area.unknown"
    assert (404, code, "$.area_ids[0]") == refusal(answer)


@pytest.mark.parametrize(
    ("table", "models"),
    [
        (FORCE_UNITS, [ForceUnitListReadModel()]),
        (MEMBERS, [MemberListReadModel()]),
        (TEAM_AREAS, [TeamAreasReadModel()]),
    ],
    ids=lambda one: getattr(one, "name", ""),
)
async def test_lists_rebuilt_are_those_that_stand(
    registry: Registry, table: Any, models: Any
) -> None:
    """Consolidated forces, lineage and areas fold from the log as they stand."""
    live, anew = live_and_rebuilt(registry, table, models)
    assert live == anew
