"""Models and points through the served HTTP door, and the rule between the two."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from services.chassis.service import Runtime
from tests.campaigns.conftest import Door, Doors
from tests.campaigns.units import PHUC_LOC_SINCE_2025, THAI_NGUYEN_SINCE_2025


def model(**other: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "unit": {"code": "06"},
        "name": f"Mô hình {uuid4()}",
        "keeper": "police",
        "fields": ["phong_chong_toi_pham", "trat_tu_an_toan_giao_thong"],
        "launched_on": "2020-01-01",
    }
    return told | other


async def launched(door: Door, **other: Any) -> str:
    answer = await door.post("/models", model(**other))
    assert 201 == answer.status, answer.body
    return str(answer.body["model_id"])


def point(model_id: str, **other: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "model_id": model_id,
        "unit": {"code": "01840"},
        "area_name": "Tổ 1",
        "opened_on": "2021-01-01",
    }
    return told | other


async def opened(door: Door, model_id: str, **other: Any) -> str:
    answer = await door.post("/model-points", point(model_id, **other))
    assert 201 == answer.status, answer.body
    return str(answer.body["point_id"])


async def close(door: Door, point_id: str, day: str) -> Any:
    return await door.post(f"/model-points/{point_id}/closure", {"closed_on": day})


async def end(door: Door, model_id: str, day: str) -> Any:
    return await door.post(f"/models/{model_id}/end", {"ended_on": day})


async def row_of(door: Door, model_id: str) -> dict[str, Any]:
    (row,) = (await door.get("/models/by-id", ids=model_id)).body["rows"]
    return dict(row)


async def test_model_is_counted_once_by_name(officer: Door) -> None:
    """The same name in other letters is the model that is there."""
    first = await launched(officer, name="Camera an ninh")
    again = await officer.post("/models", model(name="CAMERA  AN NINH"))
    assert (409, "campaigns.model.name_taken", "$.name") == again.refusal
    assert first == again.body["params"]["model_id"]
    assert await launched(officer, name="Camera an ninh", keeper="mttq") != first
    assert await launched(officer, name="Camera an ninh", unit={"code": "01906"})


async def test_one_name_launched_by_ten_at_once_is_one_model(officer: Door) -> None:
    """Ten officers press the button; one model stands, nine hear why not."""
    answers = await asyncio.gather(
        *(officer.post("/models", model(name="Tiếng loa đêm")) for _ in range(10))
    )
    assert [201] + 9 * [409] == sorted(answer.status for answer in answers)


async def test_row_shows_label_life_and_open_points(officer: Door) -> None:
    """Points are counted beside the model, never as models."""
    one = await launched(officer)
    points = [await opened(officer, one, area_name=f"Tổ {n}") for n in range(3)]
    assert 200 == (await close(officer, points[0], "2022-01-01")).status
    row = await row_of(officer, one)
    assert (2, "2020-01-01", None) == (
        row["points"],
        row["launched_on"],
        row["ended_on"],
    )
    assert ["phong_chong_toi_pham", "trat_tu_an_toan_giao_thong"] == row["fields"]


async def test_a_page_ends_at_the_longest_name(doors: Doors) -> None:
    """A cursor holds a name, and the next page takes the cursor."""
    door = doors.of("officer", unit_roots=[PHUC_LOC_SINCE_2025])
    names = [letter * 200 for letter in "ab"]
    for name in names:
        await launched(door, name=name, unit={"code": "01906"}, keeper="school")
    page = (await door.get("/models", keeper="school", first=1)).body
    after = page["rows"][0]["cursor"]
    rest = await door.get("/models", keeper="school", first=1, after=after)
    assert names == [row["name"] for row in (*page["rows"], *rest.body["rows"])]


async def test_list_is_by_name_within_keeper_and_day(doors: Doors) -> None:
    """Names sort without marks; the day keeps the models that operated."""
    door = doors.of("officer", unit_roots=[PHUC_LOC_SINCE_2025])
    unit = {"code": "01906"}
    for name in ("Ánh sáng an ninh", "Đèn đường", "Zalo kết nối"):
        await launched(door, name=name, unit=unit, keeper="youth_union")
    late = {"name": "Bến bình yên", "launched_on": "2022-05-05"}
    await launched(door, unit=unit, keeper="youth_union", **late)

    async def names(**asked: Any) -> list[str]:
        rows = (await door.get("/models", keeper="youth_union", **asked)).body["rows"]
        return [row["name"] for row in rows]

    everything = ["Ánh sáng an ninh", "Bến bình yên", "Đèn đường", "Zalo kết nối"]
    assert everything == await names()
    assert ["Ánh sáng an ninh", "Đèn đường", "Zalo kết nối"] == await names(
        on="2022-05-04"
    )
    page = (await door.get("/models", keeper="youth_union", first=2)).body
    assert page["has_next"]
    assert everything[2:] == await names(after=page["rows"][-1]["cursor"])


async def test_model_with_open_points_does_not_end(officer: Door) -> None:
    """Its points are closed first, and not after its end."""
    one = await launched(officer)
    area = await opened(officer, one)
    early = await end(officer, one, "2023-01-01")
    assert (409, "campaigns.model.has_open_points", "$.ended_on") == early.refusal
    await close(officer, area, "2022-06-01")
    before = await end(officer, one, "2022-05-31")
    assert (409, "campaigns.model.has_open_points", "$.ended_on") == before.refusal
    assert 200 == (await end(officer, one, "2022-06-01")).status
    assert "2022-06-01" == (await row_of(officer, one))["ended_on"]
    again = await end(officer, one, "2022-06-01")
    assert (409, "campaigns.model.ended", None) == again.refusal


async def test_ended_model_takes_no_point(officer: Door) -> None:
    """Points belong to operating models."""
    one = await launched(officer)
    await end(officer, one, "2022-06-01")
    answer = await officer.post("/model-points", point(one))
    assert (409, "campaigns.model.ended", "$.model_id") == answer.refusal


async def test_end_and_new_points_at_once_never_leave_an_orphan(
    officer: Door,
) -> None:
    """Whoever comes first, no ended model has an open point."""
    for _ in range(10):
        one = await launched(officer)
        answers = await asyncio.gather(
            end(officer, one, "2023-01-01"),
            *(
                officer.post("/model-points", point(one, area_name=f"Tổ {n}"))
                for n in range(3)
            ),
        )
        row = await row_of(officer, one)
        accepted = sum(answer.status == 201 for answer in answers[1:])
        assert accepted == row["points"]
        assert (answers[0].status == 200) == (accepted == 0)
        assert (row["ended_on"] is None) == (accepted > 0)


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"opened_on": "2019-12-31"},
         (422, "campaigns.day.outside_life", "$.opened_on")),
        ({"opened_on": "2999-01-01"}, (422, "campaigns.day.in_future", "$.opened_on")),
        ({"model_id": str(uuid4())}, (404, "campaigns.model.not_found", "$.model_id")),
        ({"unit": {"code": "05977"}}, (403, "units.outside_your_area", "$.unit")),
        ({"area_name": "a\x07"}, (422, "text.forbidden_character", "$.area_name")),
    ],
)  # fmt: skip
async def test_bad_point_is_refused_with_code_and_field(
    officer: Door, other: dict[str, Any], refusal: tuple[int, str, str]
) -> None:
    """A point lives inside its model's life and its caller's area."""
    answer = await officer.post("/model-points", point(await launched(officer)) | other)
    assert refusal == answer.refusal


async def test_point_outside_the_models_unit_is_refused(doors: Doors) -> None:
    """A commune's model has no points in another commune."""
    officer = doors.of("officer")
    one = await launched(officer, unit={"code": "01906"})
    answer = await officer.post("/model-points", point(one))
    assert (422, "campaigns.model_point.outside_model", "$.unit") == answer.refusal


async def test_area_is_a_point_once(officer: Door) -> None:
    """The same area in other letters is the point that is there."""
    one = await launched(officer)
    area = await opened(officer, one, area_name="Tổ dân phố 1")
    again = await officer.post("/model-points", point(one, area_name="TỔ DÂN PHỐ 1"))
    assert (409, "campaigns.model_point.exists", "$.area_name") == again.refusal
    assert area == again.body["params"]["point_id"]


async def test_closed_point_stays_closed(officer: Door) -> None:
    """A point is closed once, a day or more after it was opened."""
    one = await launched(officer)
    area = await opened(officer, one)
    same_day = await close(officer, area, "2021-01-01")
    assert (422, "campaigns.day.outside_life", "$.closed_on") == same_day.refusal
    assert 200 == (await close(officer, area, "2021-01-02")).status
    again = await close(officer, area, "2021-01-03")
    assert (409, "campaigns.model_point.closed", None) == again.refusal
    absent = await close(officer, str(uuid4()), "2021-01-03")
    assert (404, "campaigns.model_point.not_found", "$.point_id") == absent.refusal


async def test_points_are_listed_by_model_and_day(doors: Doors) -> None:
    """Children of several models in one question, seen from today's province too."""
    officer = doors.of("officer")
    first, second = await launched(officer), await launched(officer)
    early = await opened(officer, first, opened_on="2021-01-01")
    late = await opened(officer, second, opened_on="2022-01-01")
    await close(officer, early, "2021-06-01")

    async def listed(**asked: Any) -> list[str]:
        models = [first, second]
        answer = await doors.of("agency").get(
            "/model-points", model_ids=models, **asked
        )
        return [row["id"] for row in answer.body["rows"]]

    assert [early, late] == await listed(unit_id=THAI_NGUYEN_SINCE_2025)
    assert [early] == await listed(on="2021-05-31")
    assert [] == await listed(on="2021-06-01")
    assert [late] == await listed(on="2022-01-01")


async def test_mttq_keeps_its_own_models_only(mttq: Door) -> None:
    """The Front launches for itself and its members."""
    assert await launched(mttq, keeper="mttq")
    answer = await mttq.post("/models", model(keeper="police"))
    assert (403, "campaigns.organisation.not_yours", "$.keeper") == answer.refusal


async def test_replayed_launch_answers_as_the_first_time(
    officer: Door, runtime: Runtime
) -> None:
    """The key is asked before the name."""
    key, told = uuid4(), model()
    first = await officer.post("/models", told, key)
    head = runtime.log.head()
    again = await officer.post("/models", told, key)
    assert (first.body, True) == (again.body, again.replayed)
    assert head == runtime.log.head()


async def test_organisations_of_a_day_are_listed(officer: Door) -> None:
    """The list is data with dates."""
    rows = (await officer.get("/organisations", on="2022-12-26")).body["rows"]
    codes = {row["code"]: row["member_of"] for row in rows}
    assert "mttq" == codes["women_union"]
    assert "police_veterans_association" not in codes


async def test_campaigns_are_found_by_the_days_they_touch(doors: Doors) -> None:
    """A drive is listed when a day of it falls into the asked days."""
    door = doors.of("officer", unit_roots=[PHUC_LOC_SINCE_2025])
    told = {
        "unit": {"code": "01906"},
        "name": "Đợt cao điểm",
        "starts_on": "2022-03-10",
        "ends_on": "2022-03-20",
        "organiser": "police",
    }
    one = (await door.post("/campaigns", told)).body["campaign_id"]

    async def listed(from_day: str, to_day: str) -> list[str]:
        page = await door.get("/campaigns", from_day=from_day, to_day=to_day)
        return [row["id"] for row in page.body["rows"]]

    assert [one] == await listed("2022-03-20", "2022-04-01")
    assert [one] == await listed("2022-03-01", "2022-03-10")
    assert [] == await listed("2022-03-21", "2022-04-01")
    assert [] == await listed("2022-03-01", "2022-03-09")
    shown = await door.get("/campaigns/by-id", ids=one)
    assert ["Đợt cao điểm"] == [row["name"] for row in shown.body["rows"]]


async def test_openapi_describes_every_door(doors: Doors, officer: Door) -> None:
    """The owners' REST clients are generated from the served document."""
    async with officer.http.get(f"{doors.base}/openapi.json") as got:
        document = await got.json()
    hold = document["paths"]["/v1/sessions"]["post"]
    shape = hold["requestBody"]["content"]["application/json"]["schema"]
    assert {"$ref": "#/components/schemas/HoldSession"} == shape
    assert {"HoldSession", "SessionRecorded", "UnitRef"} <= set(
        document["components"]["schemas"]
    )
