"""Forces and members through the HTTP door: what is let in, refused and answered."""

import json
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

import httpx2
import pytest
import sqlalchemy as sa

from services.chassis.calls import command_key
from services.contracts.registry.units import UnitRef, unit_id
from services.registry.person_vault import PersonRecord
from tests.registry.conftest import Door, Registry
from tests.registry.doors.parts import decision

REFORM: Final = date(2025, 7, 1)
IN_2023: Final = date(2023, 6, 1)
BAC_KAN: Final = str(unit_id("province", "06", None))
THAI_NGUYEN_NOW: Final = str(unit_id("province", "19", REFORM))
BAC_KAN_BEFORE: Final = str(unit_id("province", "06", None))
LANG_SON: Final = str(unit_id("province", "20", None))
THAI_NGUYEN_BEFORE: Final = str(unit_id("province", "19", None))
COUNTRY: Final = str(unit_id("country", "VN", None))
BOARD: Final = "neighbourhood_guard_board"
POLICE: Final = "part_time_commune_police"
NAME: Final = "Người Thử Nghiệm Thứ Nhất"


def refusal(answer: httpx2.Response) -> tuple[int, str, str | None]:
    problem = answer.json()
    assert problem["correlation_id"]
    assert problem["message_vi"]
    assert problem["message_en"]
    return answer.status_code, problem["code"], problem["errors"][0].get("field")


def board(code: str, **changed: Any) -> dict[str, Any]:
    return {
        "force_type": BOARD,
        "unit": {"code": code},
        "established_on": "2020-03-01",
        **changed,
    }


def people(*posts: str, on: str = "2021-01-05") -> dict[str, Any]:
    members = [{"full_name": NAME, "post": post, "enrolled_on": on} for post in posts]
    return {"members": members, "decision": decision(on)}


async def established(door: Door, body: dict[str, Any]) -> str:
    answer = await door.post("/force-units", body)
    assert 201 == answer.status_code, answer.text
    found: str = answer.json()["force_unit_id"]
    return found


@pytest.fixture(scope="module")
def wards(registry: Registry) -> list[str]:
    """Codes of wards and townships of Bắc Kạn in 2023, one for each test.

    The order of the tree is not told; those left out belong to other tests.
    """
    return sorted(
        unit.code
        for unit in registry.tree
        if unit.path.startswith("VN.06-0.")
        and unit.unit_type in {"phuong", "thi_tran"}
        and unit.code not in {"01840", "01969"}
    )


@pytest.fixture(scope="module")
async def force_unit(registry: Registry, wards: list[str]) -> str:
    """Give a board with a leader, a deputy and three members."""
    force_unit_id = await established(registry.officer, board(wards[0]))
    posts = ("leader", "deputy", "member", "member", "member")
    path = f"/force-units/{force_unit_id}/members"
    answer = await registry.officer.post(path, people(*posts))
    assert 201 == answer.status_code
    assert 5 == len(answer.json()["member_ids"])
    return force_unit_id


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


async def test_members_are_listed_by_pages(registry: Registry, force_unit: str) -> None:
    """Every member once, in the order of enrolment; no name anywhere."""
    seen: list[str] = []
    after: dict[str, str] = {}
    for _ in range(3):
        answer = await registry.officer.get(
            "/members", force_unit_ids=[force_unit], first=2, **after
        )
        (page,) = answer.json()["force_units"]
        assert "Người" not in answer.text
        seen += [row["id"] for row in page["rows"]]
        if not page["has_next"]:
            break
        after = {"after": page["rows"][-1]["cursor"]}
    assert 5 == len(seen) == len(set(seen))


@pytest.mark.parametrize("cursor", ["x", "W10", "eyJhIjoxfQ", "ÿ"])
async def test_a_made_up_cursor_is_refused(
    registry: Registry, force_unit: str, cursor: str
) -> None:
    """A cursor is taken from a list or it is nothing."""
    answer = await registry.officer.get(
        "/members", force_unit_ids=[force_unit], after=cursor
    )
    assert (422, "lists.cursor_invalid", "$.after") == refusal(answer)


async def test_two_leaders_enter_neither(registry: Registry, wards: list[str]) -> None:
    """One bad row refuses the whole list, with its place."""
    force_unit_id = await established(registry.officer, board(wards[3]))
    path = f"/force-units/{force_unit_id}/members"
    answer = await registry.officer.post(path, people("member", "leader", "leader"))
    assert (
        409,
        "registry.member.leader_already_there",
        "$.members[2].post",
    ) == refusal(answer)
    row = (await registry.officer.get("/force-units/by-id", ids=[force_unit_id])).json()
    assert 0 == row["rows"][0]["members"]
    again = await registry.officer.post(path, people("leader"))
    assert 201 == again.status_code


async def test_headcount_follows_the_day(registry: Registry, wards: list[str]) -> None:
    """Enrolment counts from its day, cessation takes out from its day."""
    force_unit_id = await established(registry.officer, board(wards[4]))
    path = f"/force-units/{force_unit_id}/members"
    ids = (await registry.officer.post(path, people("leader", "member"))).json()
    ceased = await registry.officer.post(
        f"{path}/{ids['member_ids'][1]}/cessation",
        {"ceased_on": "2022-06-01", "ground": "own_request"},
    )
    assert 200 == ceased.status_code
    ended = await registry.officer.post(
        f"/force-units/{force_unit_id}/disbandment", {"disbanded_on": "2024-07-01"}
    )
    assert 1 == ended.json()["members_ceased"]
    counts = {}
    for day in ("2021-01-04", "2021-01-05", "2022-06-01", "2024-06-30", "2024-07-01"):
        answer = await registry.officer.get(
            "/force-units", unit_code=wards[4], on=day, force_type=BOARD
        )
        counts[day] = [row["members"] for row in answer.json()["rows"]]
    assert {
        "2021-01-04": [0],
        "2021-01-05": [2],
        "2022-06-01": [1],
        "2024-06-30": [1],
        "2024-07-01": [],
    } == counts


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


async def test_names_are_sealed_and_open_only_by_the_vault(
    registry: Registry, force_unit: str
) -> None:
    """No row of any table holds the name; the vault gives it, erasing ends that."""
    roster = await registry.officer.get("/members", force_unit_ids=[force_unit])
    member = UUID(roster.json()["force_units"][0]["rows"][0]["id"])
    vault = registry.runtime.extras["person_vault"]
    with registry.runtime.engine.begin() as conn:
        assert {member: PersonRecord(full_name=NAME)} == vault.records(conn, [member])
        for table in tables(conn):
            rows = conn.execute(sa.text(f"SELECT t::text FROM {table} t")).scalars()
            stored = "".join(rows)
            assert NAME not in stored
            assert NAME.encode().hex() not in stored
        assert vault.forget(conn, member)
        assert {} == vault.records(conn, [member])
    counted = await registry.officer.get("/force-units/by-id", ids=[force_unit])
    assert 5 == counted.json()["rows"][0]["members"]


async def test_no_mark_of_a_command_confirms_a_guessed_name(
    registry: Registry, wards: list[str]
) -> None:
    """Who holds the store and guesses the very body finds no hash of it."""
    force_unit_id = await established(registry.officer, board(wards[-1]))
    path, key = f"/force-units/{force_unit_id}/members", uuid4()
    raw = json.dumps(people("member")).encode()
    first = await registry.officer.post(path, raw, key=key)
    in_path = json.dumps({"force_unit_id": force_unit_id}, separators=(",", ":"))
    guess = command_key(key, "member_enrol", "officer", in_path.encode() + raw)
    with registry.runtime.engine.connect() as conn:
        stored = conn.execute(
            sa.text(
                "SELECT fingerprint FROM registry_write.commands WHERE command_id = :k"
            ),
            {"k": key},
        ).scalar_one()
    assert bytes(stored) != guess.fingerprint
    again = await registry.officer.post(path, raw, key=key)
    assert first.json() == again.json()
    renamed = raw.replace(b"2021-01-05", b"2021-01-06")
    other = await registry.officer.post(path, renamed, key=key)
    assert (409, "commands.key_reused", None) == refusal(other)


@pytest.mark.parametrize("name", ["  ", " a ", "Nguyễn\nThử", "a" * 101, ""])
async def test_a_member_has_a_name_of_one_line(
    registry: Registry, force_unit: str, name: str
) -> None:
    """Spaces are no name, and two lines are no name either."""
    body = people("member")
    body["members"][0]["full_name"] = name
    answer = await registry.officer.post(f"/force-units/{force_unit}/members", body)
    assert (422, "body.invalid", "$.members[0].full_name") == refusal(answer)


def tables(conn: sa.Connection) -> list[str]:
    found = conn.execute(
        sa.text(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables"
            " WHERE table_schema IN ('registry_read', 'registry_write')"
            " AND table_name NOT LIKE 'unit_directory%'"
        )
    )
    names = list(found.scalars())
    assert "registry_write.events" in names
    return names


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
