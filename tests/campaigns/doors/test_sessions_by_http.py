"""Sessions through the served HTTP door: rules, refusals, lists, one effect a key."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from services.campaigns.read_models.session_list import SESSIONS
from services.chassis.clock import local_today
from services.chassis.service import Runtime
from services.unit_directory.predicate import lies_within_sql
from tests.campaigns.conftest import Door, Doors
from tests.campaigns.units import (
    BAC_KAN,
    NEW_COMMUNE,
    PHUC_LOC,
    PHUC_LOC_SINCE_2025,
    QUANG_THUAN,
    THAI_NGUYEN_SINCE_2025,
    VINH_TRAI,
)


def session(**other: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "unit": {"code": "01840"},
        "held_on": "2023-05-31",
        "kind": "outreach",
        "attendance": 60,
        "organiser": "police",
        "venue": "Nhà văn hóa tổ 3",
    }
    return told | other


async def held(door: Door, **other: Any) -> str:
    answer = await door.post("/sessions", session(**other))
    assert 201 == answer.status, answer.body
    return str(answer.body["session_id"])


async def row_of(door: Door, session_id: str) -> dict[str, Any]:
    answer = await door.get("/sessions/by-id", ids=session_id)
    assert 200 == answer.status, answer.body
    (row,) = answer.body["rows"]
    return dict(row)


async def test_held_session_is_read_back_at_once(officer: Door) -> None:
    """The list has changed when the answer arrives, with the unit of that day."""
    row = await row_of(officer, await held(officer))
    assert (str(QUANG_THUAN), "2023-05-31", 60, "own", "Nhà văn hóa tổ 3") == (
        row["unit_id"],
        row["held_on"],
        row["attendance"],
        row["origin"],
        row["venue"],
    )


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"unit": {"code": "99999"}}, (422, "units.unknown", "$.unit.code")),
        ({"unit": {}}, (422, "units.reference_incomplete", "$.unit")),
        ({"unit": {"id": str(VINH_TRAI)}},
         (403, "units.outside_your_area", "$.unit")),
        ({"held_on": "2999-01-01"}, (422, "campaigns.day.in_future", "$.held_on")),
        ({"held_on": "1930-01-01"}, (422, "campaigns.day.before_records", "$.held_on")),
        ({"held_on": "2023-02-30"}, (422, "body.invalid", "$.held_on")),
        ({"held_on": "2025-07-01", "unit": {"id": str(QUANG_THUAN)}},
         (422, "units.not_in_force", "$.unit.id")),
        ({"attendance": -1}, (422, "body.invalid", "$.attendance")),
        ({"attendance": 100_001}, (422, "body.invalid", "$.attendance")),
        ({"attendance": "60"}, (422, "body.invalid", "$.attendance")),
        ({"kind": "meeting"}, (422, "body.invalid", "$.kind")),
        ({"organiser": "bank"}, (422, "campaigns.organisation.unknown", "$.organiser")),
        ({"venue": "a\x00b"}, (422, "text.forbidden_character", "$.venue")),
        ({"venue": "a\u202eb"}, (422, "text.forbidden_character", "$.venue")),
        ({"opinion": "x"}, (422, "body.invalid", "$")),
        ({"campaign_id": str(uuid4())},
         (404, "campaigns.campaign.not_found", "$.campaign_id")),
    ],
)  # fmt: skip
async def test_bad_session_is_refused_with_code_and_field(
    officer: Door, other: dict[str, Any], refusal: tuple[int, str, str]
) -> None:
    """Each refusal has a stable code, the path of the field and both languages."""
    answer = await officer.post("/sessions", session(**other))
    assert refusal == answer.refusal
    assert answer.body["message_vi"]
    assert answer.body["message_en"]
    assert answer.body["correlation_id"]


async def test_refused_session_leaves_no_row(officer: Door, runtime: Runtime) -> None:
    """The log does not move and the list does not grow."""
    before = runtime.log.head()
    await officer.post("/sessions", session(held_on="2999-01-01"))
    await officer.post("/sessions", session(organiser="bank"))
    assert before == runtime.log.head()


async def test_lone_surrogate_is_refused(officer: Door) -> None:
    """Half a character cannot be stored."""
    raw = (
        b'{"unit":{"code":"01840"},"held_on":"2023-05-31","kind":"outreach",'
        b'"attendance":1,"organiser":"police","venue":"\\ud800"}'
    )
    answer = await officer.post("/sessions", None, raw=raw)
    assert 422 == answer.status


async def test_decomposed_text_is_stored_composed(officer: Door) -> None:
    """The same word from another keyboard is the same text."""
    row = await row_of(officer, await held(officer, venue=" Nha\u0300 va\u0306n "))
    assert "Nhà văn" == row["venue"]


async def test_today_counts_in_vietnam(officer: Door) -> None:
    """A session of today is taken, whatever the server's own zone.

    Since July 2025 the code means another unit.
    """
    today = local_today().isoformat()
    row = await row_of(
        officer, await held(officer, held_on=today, unit={"code": "01840"})
    )
    assert (today, str(NEW_COMMUNE)) == (row["held_on"], row["unit_id"])


async def test_same_key_has_one_effect_and_one_answer(
    officer: Door, runtime: Runtime
) -> None:
    """A command that is sent again changes nothing and hears the same."""
    key = uuid4()
    first = await officer.post("/sessions", session(venue="once"), key)
    head = runtime.log.head()
    again = await officer.post("/sessions", session(venue="once"), key)
    assert (first.body, False, True) == (again.body, first.replayed, again.replayed)
    assert head == runtime.log.head()


async def test_same_key_sent_twenty_times_at_once_has_one_effect(
    officer: Door, runtime: Runtime
) -> None:
    """Impatient clients do not make sessions."""
    key = uuid4()
    head = runtime.log.head()
    answers = await asyncio.gather(
        *(officer.post("/sessions", session(venue="storm"), key) for _ in range(20))
    )
    assert 1 == len({answer.body["session_id"] for answer in answers})
    assert 1 == len(runtime.log.read_after(head, 50))


async def test_same_key_with_other_content_is_refused(officer: Door) -> None:
    """A key is bound to what it came with first."""
    key = uuid4()
    await officer.post("/sessions", session(attendance=1), key)
    answer = await officer.post("/sessions", session(attendance=2), key)
    assert (409, "commands.key_reused", None) == answer.refusal


async def test_correction_changes_the_figure_and_counts_itself(officer: Door) -> None:
    """The list shows what counts today."""
    one = await held(officer)
    told = {"attendance": 58, "reason_code": "miscounted"}
    answer = await officer.post(f"/sessions/{one}/correction", told)
    assert (200, 58) == (answer.status, answer.body["attendance"])
    row = await row_of(officer, one)
    assert (58, 1, False) == (row["attendance"], row["corrections"], row["withdrawn"])


async def test_withdrawn_session_leaves_the_list_but_not_the_record(
    officer: Door,
) -> None:
    """It is still there for who asks for it, and is withdrawn once."""
    one = await held(officer, unit={"code": "01906"}, held_on="2023-03-01")
    told = {"reason_code": "not_held"}
    assert 200 == (await officer.post(f"/sessions/{one}/withdrawal", told)).status
    again = await officer.post(f"/sessions/{one}/withdrawal", told)
    assert (409, "campaigns.session.withdrawn", None) == again.refusal
    correction = {"attendance": 1, "reason_code": "miscounted"}
    late = await officer.post(f"/sessions/{one}/correction", correction)
    assert (409, "campaigns.session.withdrawn", None) == late.refusal
    day = {"from_day": "2023-03-01", "to_day": "2023-03-01"}
    assert [] == (await officer.get("/sessions", **day)).body["rows"]
    all_of_day = await officer.get("/sessions", with_withdrawn="true", **day)
    assert [one] == [row["id"] for row in all_of_day.body["rows"]]


async def test_id_of_another_kind_is_no_session(officer: Door) -> None:
    """A campaign's id does not open a session's doors."""
    opened = await officer.post("/campaigns", campaign())
    told = {"reason_code": "not_held"}
    where = f"/sessions/{opened.body['campaign_id']}/withdrawal"
    answer = await officer.post(where, told)
    assert (404, "campaigns.session.not_found", "$.session_id") == answer.refusal


async def test_session_of_another_area_looks_absent(doors: Doors) -> None:
    """Who does not cover the unit can neither see nor change it."""
    one = await held(doors.of("officer"))
    stranger = doors.of("officer", unit_roots=[PHUC_LOC_SINCE_2025])
    told = {"reason_code": "not_held"}
    answer = await stranger.post(f"/sessions/{one}/withdrawal", told)
    assert (404, "campaigns.session.not_found", "$.session_id") == answer.refusal
    assert [] == (await stranger.get("/sessions/by-id", ids=one)).body["rows"]


async def test_mttq_records_for_itself_and_its_members_only(mttq: Door) -> None:
    """What comes through MTTQ says so, and never speaks for the police."""
    row = await row_of(mttq, await held(mttq, organiser="women_union"))
    assert ("women_union", "mttq") == (row["organiser"], row["origin"])
    answer = await mttq.post("/sessions", session(organiser="police"))
    assert (403, "campaigns.organisation.not_yours", "$.organiser") == answer.refusal


async def test_mttq_cannot_withdraw_a_session_of_the_police(
    officer: Door, mttq: Door
) -> None:
    """A partner takes back what is its own."""
    one = await held(officer)
    told = {"reason_code": "not_held"}
    answer = await mttq.post(f"/sessions/{one}/withdrawal", told)
    assert (403, "campaigns.organisation.not_yours", None) == answer.refusal


async def test_strangers_and_readers_are_turned_away(doors: Doors) -> None:
    """Every door asks who calls and for which scope."""
    nobody = await doors.of_nobody().post("/sessions", session())
    assert (401, "auth.caller_unknown", None) == nobody.refusal
    reader = await doors.of("agency").post("/sessions", session())
    assert (403, "auth.scope_missing", None) == reader.refusal


def campaign(**other: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "unit": {"code": "06"},
        "name": "Tháng hành động 2023",
        "starts_on": "2023-06-01",
        "ends_on": "2023-06-30",
        "organiser": "steering_committee",
    }
    return told | other


async def test_session_names_a_campaign_of_its_days_and_area(officer: Door) -> None:
    """Sessions of a drive are found by the drive; strays are refused."""
    opened = await officer.post("/campaigns", campaign())
    drive = opened.body["campaign_id"]
    inside = await held(officer, campaign_id=drive, held_on="2023-06-30")
    late = await officer.post(
        "/sessions", session(campaign_id=drive, held_on="2023-07-01")
    )
    assert (422, "campaigns.session.outside_campaign", "$.held_on") == late.refusal
    found = await officer.get("/sessions", campaign_ids=[drive])
    assert [inside] == [row["id"] for row in found.body["rows"]]


async def test_session_outside_the_campaigns_unit_is_refused(officer: Door) -> None:
    """A commune's drive has no sessions in the next commune."""
    opened = await officer.post("/campaigns", campaign(unit={"code": "01906"}))
    answer = await officer.post(
        "/sessions",
        session(campaign_id=opened.body["campaign_id"], held_on="2023-06-02"),
    )
    assert (422, "campaigns.session.outside_campaign", "$.unit") == answer.refusal


async def test_lists_equal_the_decisions(officer: Door, runtime: Runtime) -> None:
    """What the list says is what folding the log says, row by row."""
    ids = [await held(officer, attendance=n, held_on="2023-01-05") for n in range(30)]
    for one in ids[:10]:
        told = {"attendance": 500, "reason_code": "reported_late"}
        await officer.post(f"/sessions/{one}/correction", told)
    for one in ids[5:15]:
        told = {"reason_code": "recorded_twice"}
        await officer.post(f"/sessions/{one}/withdrawal", told)
    listed: dict[str, int] = {}
    after: dict[str, str] = {}
    day = {"from_day": "2023-01-05", "to_day": "2023-01-05", "first": 7}
    while True:
        page = (await officer.get("/sessions", **day, **after)).body
        listed |= {row["id"]: row["attendance"] for row in page["rows"]}
        if not page["has_next"]:
            break
        after = {"after": page["rows"][-1]["cursor"]}
    decided = dict.fromkeys(ids[:5], 500) | {ids[n]: n for n in range(15, 30)}
    assert decided == listed


async def test_pages_neither_skip_nor_repeat_when_rows_come_in_between(
    officer: Door,
) -> None:
    """A cursor marks a place, not a number of rows."""
    day = {"from_day": "2022-12-20", "to_day": "2022-12-20"}
    old = {await held(officer, held_on="2022-12-20") for _ in range(5)}
    page = (await officer.get("/sessions", first=2, **day)).body
    seen = [row["id"] for row in page["rows"]]
    await held(officer, held_on="2022-12-20")
    while page["has_next"]:
        after = page["rows"][-1]["cursor"]
        page = (await officer.get("/sessions", first=2, after=after, **day)).body
        seen += [row["id"] for row in page["rows"]]
    assert len(seen) == len(set(seen))
    assert old <= set(seen)


@pytest.mark.parametrize("cursor", ["x", "W10", "WyIyMDIzLTAxLTAxIiwieCJd", "é"])
async def test_foreign_cursor_is_refused(officer: Door, cursor: str) -> None:
    """A cursor that no list gave out is the caller's mistake, not ours."""
    answer = await officer.get("/sessions", after=cursor)
    assert (422, "lists.cursor_invalid", "$.after") == answer.refusal


@pytest.mark.parametrize("first", ["0", "101", "x"])
async def test_page_size_is_bounded(officer: Door, first: str) -> None:
    """Nobody pulls the whole table."""
    answer = await officer.get("/sessions", first=first)
    assert (422, "body.invalid", "$.first") == answer.refusal


async def test_todays_province_shows_what_it_absorbed(doors: Doors) -> None:
    """Bắc Kạn's session of 2023 is seen from Thái Nguyên since 2025."""
    one = await held(doors.of("officer"), held_on="2023-02-02")
    day = {"from_day": "2023-02-02", "to_day": "2023-02-02"}
    agency = doors.of("agency")
    for unit in (QUANG_THUAN, BAC_KAN, THAI_NGUYEN_SINCE_2025):
        found = await agency.get("/sessions", unit_id=unit, **day)
        assert [one] == [row["id"] for row in found.body["rows"]]
    elsewhere = await agency.get("/sessions", unit_id=PHUC_LOC, **day)
    assert [] == elsewhere.body["rows"]


async def test_list_of_a_foreign_unit_is_refused(officer: Door) -> None:
    """Reading is bound to the caller's area as writing is."""
    answer = await officer.get("/sessions", unit_id=VINH_TRAI)
    assert (403, "units.outside_your_area", "$.unit_id") == answer.refusal
    unknown = await officer.get("/sessions", unit_id=uuid4())
    assert (422, "units.unknown", "$.unit_id") == unknown.refusal


async def test_area_is_found_by_index(runtime: Runtime) -> None:
    """A commune's list does not read the whole table."""
    prefixes = ("VN.06-0.058-0.01840-0", "VN.19-2025.01840-2025")
    asked = sa.select(SESSIONS.c.id).where(
        lies_within_sql(SESSIONS.c.unit_path, prefixes)
    )
    text = str(asked.compile(dialect=runtime.engine.dialect,
                             compile_kwargs={"literal_binds": True}))  # fmt: skip

    def plan(connection: sa.Connection) -> str:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        rows = connection.exec_driver_sql(f"EXPLAIN {text.replace('%', '%%')}")
        return "\n".join(row[0] for row in rows)

    shown = await runtime.read(plan)
    assert "session_list_by_unit" in shown
    assert "Index Cond: ((unit_path >=" in shown
