"""Forces and members through the HTTP door: what is let in, refused and answered."""

from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

import pytest

from services.contracts.registry.units import UnitRef, unit_id
from tests.registry.conftest import Registry
from tests.registry.doors.parts import BOARD, board, people, refusal

REFORM: Final = date(2025, 7, 1)
IN_2023: Final = date(2023, 6, 1)
BAC_KAN: Final = str(unit_id("province", "06", None))
THAI_NGUYEN_NOW: Final = str(unit_id("province", "19", REFORM))
BAC_KAN_BEFORE: Final = str(unit_id("province", "06", None))
LANG_SON: Final = str(unit_id("province", "20", None))
THAI_NGUYEN_BEFORE: Final = str(unit_id("province", "19", None))
COUNTRY: Final = str(unit_id("country", "VN", None))
POLICE: Final = "part_time_commune_police"


async def test_a_board_is_read_back_at_once(
    registry: Registry, force_unit: str
) -> None:
    """The list is written in the command's own transaction."""
    answer = await registry.officer.get("/force-units/by-id", ids=[force_unit])
    (row,) = answer.json()["rows"]
    assert (force_unit, BOARD, 5, "2020-03-01") == (
        row["id"],
        row["force_type"],
        row["members"],
        row["established_on"],
    )


async def test_the_same_key_answers_the_same(
    registry: Registry, wards: list[str]
) -> None:
    """A repeated command is replayed; another body under the key is refused."""
    key = uuid4()
    first = await registry.officer.post("/force-units", board(wards[1]), key=key)
    again = await registry.officer.post("/force-units", board(wards[1]), key=key)
    other = await registry.officer.post("/force-units", board(wards[2]), key=key)
    assert first.json() == again.json()
    assert "true" == again.headers["Idempotency-Replayed"]
    assert (409, "commands.key_reused", None) == refusal(other)


async def test_a_ward_has_one_board(registry: Registry, force_unit: str,
                                    wards: list[str]) -> None:  # fmt: skip
    """The unit is the board's name; a second one is refused under any key."""
    assert force_unit
    answer = await registry.officer.post("/force-units", board(wards[0]))
    assert (409, "registry.force_unit.already_established", "$.unit") == refusal(answer)


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"unit": {"code": "99999"}}, (422, "units.unknown", "$.unit.code")),
        ({"unit": {"code": "1840"}}, (422, "body.invalid", "$.unit.code")),
        ({"unit": {}}, (422, "units.reference_incomplete", "$.unit")),
        ({"unit": {"code": "01840", "x": 1}}, (422, "body.invalid", "$.unit")),
        (
            {"unit": {"code": "05977"}},
            (403, "units.outside_your_area", "$.unit"),
        ),
        (
            {"established_on": "2999-01-01"},
            (422, "registry.day_in_future", "$.established_on"),
        ),
        (
            {"established_on": "2024-07-01"},
            (422, "registry.force_type.not_in_force", "$.established_on"),
        ),
        ({"established_on": "01/03/2020"}, (422, "body.invalid", "$.established_on")),
        ({"force_type": "militia"}, (422, "body.invalid", "$.force_type")),
        ({"name": "a\u0000b"}, (422, "text.forbidden_character", "$.name")),
        (
            {"force_type": POLICE},
            (422, "registry.force_type.unit_does_not_fit", "$.unit"),
        ),
    ],
)
async def test_bad_input_is_refused_with_code_and_field(
    registry: Registry, changed: dict[str, Any], refused: tuple[int, str, str]
) -> None:
    """Unknown codes, wrong days, wrong types, control characters."""
    answer = await registry.officer.post("/force-units", board("01840", **changed))
    assert refused == refusal(answer)


async def test_a_unit_that_has_ended_is_refused(registry: Registry) -> None:
    """The refusal names the unit's life and its heirs."""
    old = registry.tree.resolve(UnitRef(code="01840"), IN_2023)
    body = board("", unit={"id": str(old.id)}, established_on="2025-07-02",
                 force_type="security_order_team")  # fmt: skip
    answer = await registry.officer.post("/force-units", body)
    assert (422, "units.not_in_force", "$.unit.id") == refusal(answer)
    heirs = [str(heir.unit_id) for heir in old.successors]
    assert heirs == answer.json()["params"]["successors"]


async def test_a_lone_surrogate_is_no_text(registry: Registry) -> None:
    """It could not be stored; it is refused before anything happens."""
    raw = b'{"force_type":"civil_defence_team","unit":{"code":"01840"},'
    raw += b'"established_on":"2020-03-01","name":"\\ud800"}'
    answer = await registry.officer.post("/force-units", raw)
    assert 422 == answer.status_code


async def test_another_area_looks_absent(registry: Registry, force_unit: str) -> None:
    """An officer of Lạng Sơn neither changes nor sees Bắc Kạn's board."""
    other = registry.caller("officer", unit_roots=(UUID(LANG_SON),))
    path = f"/force-units/{force_unit}/members"
    refused = await other.post(path, people("member"))
    assert (404, "registry.force_unit.unknown", "$.force_unit_id") == refusal(refused)
    seen = await other.get("/force-units/by-id", ids=[force_unit])
    assert [None] == seen.json()["rows"]
    roster = await other.get("/members", force_unit_ids=[force_unit])
    assert [] == roster.json()["force_units"][0]["rows"]


async def test_a_unit_that_has_ended_lets_nobody_in(
    registry: Registry, force_unit: str
) -> None:
    """Who is rooted in the old province alone has lost its area since the reform."""
    former = registry.caller("officer", unit_roots=(UUID(BAC_KAN_BEFORE),))
    seen = await former.get("/force-units/by-id", ids=[force_unit])
    assert [None] == seen.json()["rows"]
    listed = await former.get("/force-units", unit_id=BAC_KAN_BEFORE)
    assert [] == listed.json()["rows"]
    refused = await former.post("/force-units", board("01840"))
    assert (403, "units.outside_your_area", "$.unit") == refusal(refused)


async def test_the_heir_province_reads_what_it_took_over(
    registry: Registry, force_unit: str
) -> None:
    """An officer of today's Thái Nguyên sees the old ward's board."""
    heir = registry.caller("officer", unit_roots=(UUID(THAI_NGUYEN_NOW),))
    seen = await heir.get("/force-units/by-id", ids=[force_unit])
    assert force_unit == seen.json()["rows"][0]["id"]


@pytest.mark.parametrize("path", ["/force-types", "/unit?code=VN"])
async def test_every_door_asks_who_calls(registry: Registry, path: str) -> None:
    """No token, no answer; no scope, no answer."""
    assert 401 == (await registry.stranger.get(path)).status_code
    without = registry.caller("officer", scopes="tips:read")
    assert 403 == (await without.get(path)).status_code


async def test_writing_needs_the_scope(registry: Registry) -> None:
    """A reader may not establish."""
    answer = await registry.caller("agency").post("/force-units", board("01840"))
    assert (403, "auth.scope_missing", None) == refusal(answer)


async def test_strength_is_the_same_in_both_geographies(
    registry: Registry, force_unit: str
) -> None:
    """Bắc Kạn of 2023 and today's Thái Nguyên count the same people of 2023."""
    assert force_unit
    agency = registry.caller("agency")
    answer = await agency.get(
        "/strength", ids=[BAC_KAN, THAI_NGUYEN_NOW, THAI_NGUYEN_BEFORE], on="2023-12-14"
    )
    by_unit: dict[str, dict[str, tuple[int, int]]] = {}
    for row in answer.json()["rows"]:
        by_unit.setdefault(row["unit_id"], {})[row["force_type"]] = (
            row["force_units"],
            row["members"],
        )
    assert by_unit[BAC_KAN][BOARD][1] >= 5
    assert by_unit[BAC_KAN] == by_unit[THAI_NGUYEN_NOW]
    assert THAI_NGUYEN_BEFORE not in by_unit


async def test_types_of_force_are_dated(registry: Registry) -> None:
    """In 2023 there were boards and part-time police, since July 2024 teams."""

    async def on(day: str) -> set[str]:
        answer = await registry.officer.get("/force-types", on=day)
        return {row["force_type"] for row in answer.json()["rows"]}

    old = {BOARD, POLICE, "neighbourhood_guard_team", "village_police"}
    before, after = await on("2023-12-14"), await on("2024-07-01")
    assert old == before - after
    assert {"security_order_team"} == after - before
    assert "civil_defence_team" in before & after
