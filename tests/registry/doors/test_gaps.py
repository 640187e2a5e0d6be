"""Norms by place and day; what is missing against them, in quotas and in posts."""

from typing import Any, Final
from uuid import uuid4

import pytest

from services.contracts.registry.units import UnitRef
from services.registry.domain.force_types import BY_QUOTA
from services.registry.read_models.terms import TERMS, TermsReadModel
from tests.registry.conftest import Door, Registry
from tests.registry.doors.parts import live_and_rebuilt, people, refusal, unit_of
from tests.registry.doors.test_quotas import draft, drafted, issued, quota

TEAM: Final = BY_QUOTA.code
DAY: Final = "2024-07-01"
# A ward of Ho Chi Minh City before the reform, two communes of Bắc Kạn.
CITY_WARD: Final = "26740"
(QUOTED, LEDLESS) = ("01915", "01918")


@pytest.fixture(scope="module")
def everywhere(registry: Registry) -> Door:
    """Give an officer of the whole country."""
    country = registry.tree.resolve(UnitRef(code="VN"), None).id
    return registry.caller("officer", unit_roots=(country,))


async def posted(door: Door, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await door.post(path, body)
    assert answer.status_code in {200, 201}, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def team(door: Door, code: str, force_type: str = TEAM, on: str = DAY) -> str:
    body = {"force_type": force_type, "unit": {"code": code}, "established_on": on}
    return str((await posted(door, "/force-units", body))["force_unit_id"])


async def enrolled(door: Door, which: str, *posts: str, on: str = DAY) -> None:
    await posted(door, f"/force-units/{which}/members", people(*posts, on=on))


async def gaps(
    door: Door, registry: Registry, code: str, on: str, **more: Any
) -> list[dict[str, Any]]:
    unit = str(unit_of(registry, code).id)
    answer = await door.get("/gaps", unit_id=unit, on=on, **more)
    assert 200 == answer.status_code, answer.text
    return [gap for row in answer.json()["rows"] for gap in row["gaps"]]


def told(found: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    return {(gap["kind"], gap["required"], gap["actual"]) for gap in found}


async def test_a_force_without_its_leader_is_a_gap(
    registry: Registry, everywhere: Door
) -> None:
    """Until somebody leads it, and for a force without roster never."""
    which = await team(everywhere, LEDLESS, "civil_defence_team")
    await team(everywhere, LEDLESS, "agency_guard")
    await enrolled(everywhere, which, "member")
    before = await gaps(everywhere, registry, LEDLESS, "2024-08-01")
    assert [("no_leader", which)] == [(g["kind"], g["force_unit_id"]) for g in before]
    await enrolled(everywhere, which, "leader", on="2024-09-01")
    assert [] == await gaps(everywhere, registry, LEDLESS, "2024-09-01")
    assert before == await gaps(everywhere, registry, LEDLESS, "2024-08-31")


async def test_a_quota_is_required_beside_actual(
    registry: Registry, everywhere: Door
) -> None:
    """Fewer teams and members than planned are told with both numbers."""
    first = await quota(registry, QUOTED, 2, 6)
    which = await team(everywhere, QUOTED)
    await enrolled(everywhere, which, "leader", "member")
    found = await gaps(everywhere, registry, QUOTED, DAY)
    assert {("teams_below_quota", 2, 1), ("members_below_quota", 6, 2)} == told(found)
    smaller = draft(registry, QUOTED, 1, 1)
    second = await drafted(everywhere, smaller)
    answer = await issued(everywhere, second, supersedes=[first])
    assert 200 == answer.status_code, answer.text
    found = await gaps(everywhere, registry, QUOTED, DAY)
    assert {("members_over_quota", 1, 2)} == told(found)


async def city_area(door: Door, number: int, people_there: int) -> str:
    area = await posted(
        door,
        "/residential-areas",
        {
            "unit": {"code": CITY_WARD},
            "kind": "khu_pho",
            "name": f"Khu phố {number}",
            "registered_on": "2024-01-01",
        },
    )
    await count(door, str(area["area_id"]), people_there, "2024-06-01")
    return str(area["area_id"])


async def count(door: Door, area: str, people_there: int, on: str) -> None:
    body = {"counted_on": on, "people": people_there, "households": 700}
    await posted(door, f"/residential-areas/{area}/figures", body)


async def test_a_team_is_measured_by_the_norm_of_its_place_and_day(
    registry: Registry, everywhere: Door
) -> None:
    """4,499 people ask for four, 4,500 for five; each day by its own figures."""
    area = await city_area(everywhere, 1, 4499)
    which = await team(everywhere, CITY_WARD)
    await enrolled(everywhere, which, "leader", "member", "member", "member")
    assert set() == told(await gaps(everywhere, registry, CITY_WARD, DAY))
    path = f"/force-units/{which}/areas"
    await posted(everywhere, path, {"area_ids": [area], "assigned_on": "2024-08-01"})
    await count(everywhere, area, 4500, "2024-10-01")
    assert set() == told(await gaps(everywhere, registry, CITY_WARD, "2024-09-30"))
    (gap,) = await gaps(everywhere, registry, CITY_WARD, "2024-10-01")
    assert ("members_below_norm", 5, 4, "tp_ho_chi_minh_2024") == (
        gap["kind"],
        gap["required"],
        gap["actual"],
        gap["norm"],
    )
    # The ward has ended since; its area and team keep the norm of each day.
    (later,) = await gaps(everywhere, registry, CITY_WARD, "2025-12-01")
    assert "tp_ho_chi_minh_2025" == later["norm"]
    second = await city_area(everywhere, 2, 900)
    body = {"area_ids": [area, second], "assigned_on": "2024-11-01"}
    await posted(everywhere, path, body)
    found = await gaps(everywhere, registry, CITY_WARD, "2024-11-01")
    assert {("members_below_norm", 6, 4)} == told(found)


async def test_a_term_that_ends_is_told_in_time(
    registry: Registry, everywhere: Door
) -> None:
    """So many days before, and after its end until another term begins."""
    which = await team(everywhere, "01921", "civil_defence_team", on="2020-01-01")
    await enrolled(everywhere, which, "leader", on="2020-01-01")
    path = f"/force-units/{which}/term"
    body = {"begins_on": "2020-01-01", "ends_on": "2022-07-01"}
    key = uuid4()
    first = await everywhere.post(path, body, key=key)
    assert first.json() == (await everywhere.post(path, body, key=key)).json()
    backwards = await everywhere.post(path, body | {"ends_on": "2020-01-01"})
    code = "registry.force_unit.term_ends_before_it_begins"
    assert (422, code, "$.ends_on") == refusal(backwards)
    body = {"begins_on": "2022-09-01", "ends_on": "2027-09-01"}
    await posted(everywhere, path, body)
    found = {
        day: [
            gap["due_on"]
            for gap in await gaps(everywhere, registry, "01921", day, within_days=30)
        ]
        for day in ("2022-05-31", "2022-06-01", "2022-08-31", "2022-09-01")
    }
    assert {
        "2022-05-31": [],
        "2022-06-01": ["2022-07-01"],
        "2022-08-31": ["2022-07-01"],
        "2022-09-01": [],
    } == found
    live, anew = live_and_rebuilt(registry, TERMS, [TermsReadModel()])
    assert live == anew
    assert live


async def test_gaps_are_listed_by_pages_and_by_area(
    registry: Registry, everywhere: Door
) -> None:
    """Each commune once, in the order of place; another's communes are not there."""
    for code in ("01924", "01927", "01930"):
        await team(everywhere, code, "civil_defence_team")
    seen: list[str] = []
    after: dict[str, str] = {}
    province = str(unit_of(registry, "06").id)
    for _ in range(60):
        answer = await everywhere.get(
            "/gaps", unit_id=province, on=DAY, first=2, **after
        )
        page = answer.json()
        seen += [row["id"] for row in page["rows"]]
        if not page["has_next"]:
            break
        after = {"after": page["rows"][-1]["cursor"]}
    assert len(seen) == len(set(seen)) >= 3
    ha_noi = registry.tree.resolve(UnitRef(code="01"), None).id
    stranger = registry.caller("officer", unit_roots=(ha_noi,))
    answer = await stranger.get("/gaps", unit_id=province, on=DAY)
    assert [] == answer.json()["rows"]


async def test_norms_are_listed_for_a_place_and_day(registry: Registry) -> None:
    """The city had one set, then another; Bắc Kạn has none, and none is invented."""

    async def codes(**asked: Any) -> list[str]:
        answer = await registry.officer.get("/norms", **asked)
        return [row["norm"] for row in answer.json()["rows"]]

    ward = str(unit_of(registry, CITY_WARD).id)
    assert ["tp_ho_chi_minh_2024"] == await codes(unit_id=ward, on="2024-07-01")
    assert ["tp_ho_chi_minh_2025"] == await codes(unit_id=ward, on="2025-11-01")
    assert [] == await codes(unit_id=ward, on="2024-06-30")
    assert [] == await codes(unit_id=str(unit_of(registry, "06").id), on=DAY)
    assert 4 == len(await codes())
    answer = await registry.officer.get("/norms", unit_id=ward, on="2024-07-01")
    (row,) = answer.json()["rows"]
    assert ("R", "?") == (row["mark"], row["day_mark"])
    assert [(0, 3), (2701, 4)] == [
        (step["start"], step["members"]) for step in row["rules"][0]["steps"]
    ]
