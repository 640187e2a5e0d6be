"""Who sees and touches what: every list, every look, every partner's command."""

from typing import Any

import pytest

from tests.campaigns.conftest import Door, Doors
from tests.campaigns.units import PHUC_LOC

CAMPAIGN = {
    "unit": {"code": "01840"},
    "name": "Đợt cao điểm",
    "starts_on": "2021-03-10",
    "ends_on": "2021-03-20",
    "organiser": "police",
}
SESSION = {
    "unit": {"code": "01840"},
    "held_on": "2021-03-10",
    "kind": "mobilisation",
    "attendance": 9,
    "organiser": "police",
}
MODEL = {
    "unit": {"code": "01840"},
    "name": "Cổng trường an toàn",
    "keeper": "police",
    "fields": ["trat_tu_an_toan_giao_thong"],
    "launched_on": "2020-01-01",
}


@pytest.fixture
async def rows(officer: Door) -> dict[str, str]:
    """One row of each kind in one commune; made once, found again by its key."""
    found = await officer.get("/models", keeper="police", first=100)
    made = {
        "/campaigns": await made_by(officer, "/campaigns", CAMPAIGN, "campaign_id"),
        "/sessions": await made_by(officer, "/sessions", SESSION, "session_id"),
    }
    named = [r["id"] for r in found.body["rows"] if r["name"] == MODEL["name"]]
    made["/models"] = (
        named[0] if named else await made_by(officer, "/models", MODEL, "model_id")
    )
    point = {
        "model_id": made["/models"],
        "unit": {"code": "01840"},
        "area_name": f"Trường {len(named)} {made['/sessions']}",
        "opened_on": "2021-01-01",
    }
    made["/model-points"] = await made_by(officer, "/model-points", point, "point_id")
    return made


async def made_by(door: Door, path: str, told: dict[str, Any], own_id: str) -> str:
    answer = await door.post(path, told)
    assert 201 == answer.status, answer.body
    return str(answer.body[own_id])


@pytest.mark.parametrize(
    "path", ["/campaigns", "/sessions", "/models", "/model-points"]
)
async def test_rows_are_seen_from_inside_the_area_only(
    doors: Doors, rows: dict[str, str], path: str
) -> None:
    """Lists and looks by id answer an outsider as if nothing were there."""
    outsider = doors.of("officer", unit_roots=[PHUC_LOC])
    for door, seen in ((doors.of("agency"), True), (outsider, False)):
        by_id = await door.get(f"{path}/by-id", ids=rows[path])
        assert ([rows[path]] if seen else []) == [r["id"] for r in by_id.body["rows"]]
        page = await door.get(path, first=100)
        assert seen == (rows[path] in {row["id"] for row in page.body["rows"]})


async def test_mttq_opens_no_campaign_of_the_police(mttq: Door) -> None:
    """A partner does not speak for another organisation."""
    answer = await mttq.post("/campaigns", CAMPAIGN)
    assert (403, "campaigns.organisation.not_yours", "$.organiser") == answer.refusal


async def test_mttq_opens_no_point_of_a_model_of_the_police(
    mttq: Door, rows: dict[str, str]
) -> None:
    """A point counts for the keeper of its model."""
    told = {
        "model_id": rows["/models"],
        "unit": {"code": "01840"},
        "opened_on": "2021-01-01",
    }
    answer = await mttq.post("/model-points", told)
    assert (403, "campaigns.organisation.not_yours", "$.model_id") == answer.refusal
