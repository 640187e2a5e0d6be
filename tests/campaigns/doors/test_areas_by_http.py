"""Who sees and touches what: every list, every look, every partner's command."""

from typing import Any
from uuid import uuid4

import pytest

from tests.campaigns.conftest import Door, Doors
from tests.campaigns.units import PHUC_LOC_SINCE_2025

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
    outsider = doors.of("officer", unit_roots=[PHUC_LOC_SINCE_2025])
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


# Each command that names a record: the record's list, the path, the rest of the body.
COMMANDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "correct": (
        "/sessions",
        "/sessions/{id}/correction",
        {"attendance": 1, "reason_code": "miscounted"},
    ),
    "withdraw": (
        "/sessions",
        "/sessions/{id}/withdrawal",
        {"reason_code": "not_held"},
    ),
    "end": ("/models", "/models/{id}/end", {"ended_on": "2022-01-01"}),
    "close": (
        "/model-points",
        "/model-points/{id}/closure",
        {"closed_on": "2022-01-01"},
    ),
    "hold": (
        "/campaigns",
        "/sessions",
        {**SESSION, "unit": {"code": "01906"}, "campaign_id": "{id}"},
    ),
    "open": (
        "/models",
        "/model-points",
        {"model_id": "{id}", "unit": {"code": "01906"}, "opened_on": "2021-01-01"},
    ),
}


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_foreign_record_and_none_are_answered_alike(
    doors: Doors, rows: dict[str, str], command: str
) -> None:
    """An outsider's command tells nothing about what lies elsewhere."""
    kind, path, body = COMMANDS[command]
    outsider = doors.of("officer", unit_roots=[PHUC_LOC_SINCE_2025])

    async def answer(record: str) -> tuple[Any, str]:
        told = {k: record if v == "{id}" else v for k, v in body.items()}
        answered = await outsider.post(path.format(id=record), told)
        return answered.refusal, answered.body["message_en"].replace(record, "")

    foreign = await answer(rows[kind])
    assert 404 == foreign[0][0]
    assert await answer(str(uuid4())) == foreign


async def test_a_commune_takes_part_in_what_its_province_opened(
    doors: Doors, officer: Door
) -> None:
    """A drive and a model above the caller's area are there for it."""
    above = {"unit": {"code": "06"}}
    drive = await made_by(officer, "/campaigns", {**CAMPAIGN, **above}, "campaign_id")
    named = {"name": f"Mô hình {drive}"}
    model = await made_by(officer, "/models", {**MODEL, **above, **named}, "model_id")
    commune = doors.of("officer", unit_roots=[PHUC_LOC_SINCE_2025])
    here = {"unit": {"code": "01906"}}
    await made_by(
        commune, "/sessions", {**SESSION, **here, "campaign_id": drive}, "session_id"
    )
    point = {"model_id": model, **here, "opened_on": "2021-01-01"}
    await made_by(commune, "/model-points", point, "point_id")
