"""Quotas through the door: drafted by a province, kept by its communes."""

import asyncio
from typing import Any, Final
from uuid import uuid4

import httpx2
import pytest

from services.contracts.registry.units import UnitRef
from services.registry.domain.force_types import BY_QUOTA
from services.registry.read_models.quotas import DECISIONS, LINES, QuotasReadModel
from tests.registry.conftest import Door, Registry
from tests.registry.doors.parts import (
    decision,
    enrol,
    establish,
    live_and_rebuilt,
    people,
    refusal,
    unit_of,
)

DAY: Final = "2024-07-01"
TEAM: Final = BY_QUOTA.code
# Communes of Bắc Kạn; each test takes one of its own.
(KEPT, SAME_DAY, ROADMAP, RACED, FREE, LISTED, REPLACED, GIVEN_BACK) = (
    "01849", "01852", "01858", "01861", "01864", "01867", "01870", "01888",
)  # fmt: skip


def province(registry: Registry) -> str:
    return str(unit_of(registry, "06").id)


def draft(
    registry: Registry, code: str, teams: int, members: int, **changed: Any
) -> dict[str, Any]:
    line = {"unit": {"id": str(unit_of(registry, code).id)}}
    return {
        "province": {"id": province(registry)},
        "effective_on": DAY,
        "lines": [line | {"teams": teams, "members": members}],
        **changed,
    }


async def drafted(door: Door, body: dict[str, Any]) -> str:
    answer = await door.post("/quota-decisions", body)
    assert 201 == answer.status_code, answer.text
    return str(answer.json()["quota_id"])


async def issued(door: Door, quota_id: str, **more: Any) -> httpx2.Response:
    body = {"number": "1234/QĐ-UBND", "decided_on": "2024-06-20", **more}
    return await door.post(f"/quota-decisions/{quota_id}/issue", body)


async def quota(registry: Registry, code: str, teams: int, members: int) -> str:
    found = await drafted(registry.officer, draft(registry, code, teams, members))
    answer = await issued(registry.officer, found)
    assert 200 == answer.status_code, answer.text
    return found


@pytest.fixture(scope="module")
async def five(registry: Registry) -> str:
    """Give a decision with a line for each of five communes."""
    codes = ("01933", "01876", "01879", "01882", "01885")
    lines = [draft(registry, code, 2, 6)["lines"][0] for code in codes]
    body = draft(registry, "01933", 2, 6, lines=lines)
    found = await drafted(registry.officer, body)
    assert 200 == (await issued(registry.officer, found)).status_code
    return found


def team_in(code: str, on: str = DAY) -> dict[str, Any]:
    return {"force_type": TEAM, "unit": {"code": code}, "established_on": on}


async def test_a_commune_keeps_to_its_quota(registry: Registry) -> None:
    """The second team and the third member are refused, and nothing of them stays."""
    await quota(registry, KEPT, 1, 2)
    team = await establish(registry, TEAM, KEPT, on=DAY)
    second = await registry.officer.post("/force-units", team_in(KEPT))
    assert (409, "registry.quota.exceeded", None) == refusal(second)
    assert {"day": DAY, "what": "teams", "actual": 2, "allowed": 1} == (
        second.json()["params"]
    )
    ids = await enrol(registry, team, "leader", "member", on=DAY)
    path = f"/force-units/{team}/members"
    third = await registry.officer.post(path, people("member", on="2024-08-01"))
    assert (409, "registry.quota.exceeded", None) == refusal(third)
    gone = {
        "ceased_on": "2024-08-01",
        "ground": "own_request",
        "decision": decision("2024-08-01"),
        "evidence": {"application_on": "2024-07-20"},
    }
    await registry.officer.post(f"{path}/{ids[1]}/cessation", gone)
    await enrol(registry, team, "member", on="2024-08-01")
    row = (await registry.officer.get("/force-units/by-id", ids=[team])).json()
    assert 2 == row["rows"][0]["members"]


async def test_who_was_entered_by_mistake_gives_the_place_back(
    registry: Registry,
) -> None:
    """An enrolment that is taken back takes nothing of the quota."""
    await quota(registry, GIVEN_BACK, 1, 1)
    team = await establish(registry, TEAM, GIVEN_BACK, on=DAY)
    path = f"/force-units/{team}/members"
    (wrong,) = await enrol(registry, team, "leader", on=DAY)
    over = await registry.officer.post(path, people("member", on=DAY))
    assert (409, "registry.quota.exceeded", None) == refusal(over)
    answer = await registry.officer.post(
        f"{path}/{wrong}/enrolment-withdrawal", {"reason": "entered_twice"}
    )
    assert 200 == answer.status_code, answer.text
    assert 1 == len(await enrol(registry, team, "leader", on=DAY))


async def test_a_draft_binds_nobody_and_a_commune_without_quota_is_free(
    registry: Registry,
) -> None:
    """Before the decision is issued a commune may have what it has."""
    found = await drafted(registry.officer, draft(registry, FREE, 0, 0))
    await establish(registry, TEAM, FREE, on=DAY)
    assert 200 == (await issued(registry.officer, found)).status_code
    refused = await registry.officer.post("/force-units", team_in(FREE))
    assert (409, "registry.quota.exceeded", None) == refusal(refused)


async def test_a_roadmap_lets_a_commune_be_over_until_its_day(
    registry: Registry,
) -> None:
    """Who is over without a roadmap takes nobody more; with one, as many as it says."""
    await establish(registry, TEAM, ROADMAP, on=DAY)
    team = await establish(registry, TEAM, ROADMAP, on=DAY)
    found = await quota(registry, ROADMAP, 1, 1)
    body = {
        "unit": {"id": str(unit_of(registry, ROADMAP).id)},
        "teams": 3,
        "members": 3,
        "until": "2025-01-01",
    }
    await enrol(registry, team, "leader", on=DAY)
    path = f"/force-units/{team}/members"
    over = await registry.officer.post(path, people("member", on=DAY))
    assert (409, "registry.quota.exceeded", None) == refusal(over)
    planned = await registry.officer.post(f"/quota-decisions/{found}/reduction", body)
    assert 200 == planned.status_code, planned.text
    for_good = await registry.officer.post(path, people("member", on=DAY))
    assert (409, "registry.quota.exceeded", None) == refusal(for_good)
    assert "2025-01-01" == for_good.json()["params"]["day"]


async def test_those_who_come_together_share_the_places(registry: Registry) -> None:
    """Many enrolments into many teams at once: as many pass as there is room."""
    teams = [await establish(registry, TEAM, RACED, on=DAY) for _ in range(6)]
    await quota(registry, RACED, 4, 4)
    answers = await asyncio.gather(
        *(
            registry.officer.post(
                f"/force-units/{team}/members", people("member", on=DAY)
            )
            for team in teams
        )
    )
    assert [201] * 4 + [409] * 2 == sorted(answer.status_code for answer in answers)


async def test_a_later_decision_takes_the_place_of_an_earlier_one(
    registry: Registry,
) -> None:
    """The earlier one keeps its days; the list tells which number counts when."""
    first = await quota(registry, REPLACED, 1, 3)
    body = draft(registry, REPLACED, 2, 6, effective_on="2025-01-01")
    second = await drafted(registry.officer, body)
    answer = await issued(
        registry.officer, second, number="7/QĐ-UBND", supersedes=[first]
    )
    assert 200 == answer.status_code, answer.text
    again = await issued(registry.officer, second)
    assert (409, "registry.quota.already_issued", None) == refusal(again)
    unit = str(unit_of(registry, REPLACED).id)
    found = {}
    for day in ("2024-06-30", "2024-12-31", "2025-01-01"):
        answer = await registry.officer.get("/quotas", unit_id=unit, on=day)
        found[day] = [(row["number"], row["teams"]) for row in answer.json()["rows"]]
    assert {
        "2024-06-30": [],
        "2024-12-31": [("1234/QĐ-UBND", 1)],
        "2025-01-01": [("7/QĐ-UBND", 2)],
    } == found
    listed = await registry.officer.get("/quota-decisions", unit_id=province(registry))
    states = {row["id"]: row["state"] for row in listed.json()["rows"]}
    assert ("superseded", "issued") == (states[first], states[second])


async def test_two_quotas_of_one_day_do_not_stand_together(
    registry: Registry,
) -> None:
    """The second is refused unless it takes the place of the first."""
    first = await quota(registry, SAME_DAY, 1, 3)
    second = await drafted(registry.officer, draft(registry, SAME_DAY, 2, 6))
    refused = await issued(registry.officer, second)
    assert (409, "registry.quota.day_taken", "$.supersedes") == refusal(refused)
    taken = await issued(registry.officer, second, supersedes=[first])
    assert 200 == taken.status_code, taken.text
    unit = str(unit_of(registry, SAME_DAY).id)
    answer = await registry.officer.get("/quotas", unit_id=unit, on=DAY)
    assert [2] == [row["teams"] for row in answer.json()["rows"]]


async def test_quota_and_actual_stand_side_by_side(registry: Registry) -> None:
    """Planned is not actual; both are told for a day."""
    await quota(registry, LISTED, 4, 12)
    team = await establish(registry, TEAM, LISTED, on="2024-08-01")
    await enrol(registry, team, "leader", "member", on="2024-09-01")
    unit = str(unit_of(registry, LISTED).id)
    found = {}
    for day in ("2024-07-31", "2024-08-31", "2024-09-01"):
        answer = await registry.officer.get("/quotas", unit_id=unit, on=day)
        (row,) = answer.json()["rows"]
        assert (4, 12, 4, 12) == (
            row["teams"], row["members"], row["allowed_teams"], row["allowed_members"],
        )  # fmt: skip
        found[day] = row["actual_teams"], row["actual_members"]
    assert {"2024-07-31": (0, 0), "2024-08-31": (1, 0), "2024-09-01": (1, 2)} == found


async def test_quotas_are_listed_by_pages(registry: Registry, five: str) -> None:
    """Each commune once, in the order of place."""
    seen: list[str] = []
    after: dict[str, str] = {}
    for _ in range(20):
        answer = await registry.officer.get(
            "/quotas", unit_id=province(registry), on="2025-02-01", first=2, **after
        )
        page = answer.json()
        seen += [row["id"] for row in page["rows"]]
        if not page["has_next"]:
            break
        after = {"after": page["rows"][-1]["cursor"]}
    assert len(seen) == len(set(seen)) >= 5


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"province": {"code": "01"}}, (403, "units.outside_your_area", "$.province")),
        ({"effective_on": "2024-06-30"},
         (422, "registry.force_type.not_in_force", "$.effective_on")),
        ({"lines": []}, (422, "body.invalid", "$.lines")),
        ({"lines": [{"unit": {"code": "01849"}, "teams": 3, "members": 2}]},
         (422, "registry.quota.fewer_members_than_teams", "$.lines[0].members")),
        ({"lines": [{"unit": {"code": "01"}, "teams": 1, "members": 3}]},
         (422, "registry.quota.unit_outside_province", "$.lines[0].unit")),
        ({"province": {"code": "01849"}},
         (422, "registry.quota.not_of_province", "$.province")),
    ],
)  # fmt: skip
async def test_a_bad_draft_is_refused_with_code_and_field(
    registry: Registry, changed: dict[str, Any], refused: tuple[int, str, str]
) -> None:
    """Another's province, before the law, no line, another's commune."""
    body = draft(registry, KEPT, 1, 3, **changed)
    if changed.get("province") == {"code": "01"}:
        body["lines"] = [{"unit": {"code": "01"}, "teams": 1, "members": 1}]
    answer = await registry.officer.post("/quota-decisions", body)
    assert refused == refusal(answer)


async def test_anothers_decision_looks_absent(registry: Registry) -> None:
    """It is neither issued nor seen from another province."""
    found = await drafted(registry.officer, draft(registry, KEPT, 1, 3))
    ha_noi = registry.tree.resolve(UnitRef(code="01"), None).id
    other = registry.caller("officer", unit_roots=(ha_noi,))
    answer = await issued(other, found)
    assert (404, "registry.quota.unknown", "$.quota_id") == refusal(answer)
    seen = await other.get("/quota-decisions", unit_id=province(registry))
    assert [] == seen.json()["rows"]
    quotas = await other.get("/quotas", unit_id=province(registry), on="2025-01-01")
    assert [] == quotas.json()["rows"]


async def test_the_same_key_drafts_once(registry: Registry) -> None:
    """A repeated draft gives the first answer."""
    key = uuid4()
    body = draft(registry, KEPT, 1, 3)
    first = await registry.officer.post("/quota-decisions", body, key=key)
    again = await registry.officer.post("/quota-decisions", body, key=key)
    assert first.json() == again.json()
    assert "true" == again.headers["Idempotency-Replayed"]


@pytest.mark.parametrize("table", [DECISIONS, LINES], ids=lambda table: table.name)
async def test_quotas_rebuilt_are_those_that_stand(
    registry: Registry, five: str, table: Any
) -> None:
    """Folding the log anew gives the same rows."""
    live, anew = live_and_rebuilt(registry, table, [QuotasReadModel()])
    assert live
    assert live == anew
