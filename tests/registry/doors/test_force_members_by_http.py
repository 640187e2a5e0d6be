"""Members of forces through the HTTP door: pages, days, names that nobody finds."""

import json
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.chassis.calls import command_key
from services.registry.person_vault import PersonRecord
from tests.registry.conftest import Registry
from tests.registry.doors.parts import (
    BOARD,
    NAME,
    board,
    established,
    people,
    refusal,
)


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
