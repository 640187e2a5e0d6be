"""What officers can do at the doors of tips, on a real database."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.tips.conftest import Service, recorded
from tests.tips.units import COMMUNE, OTHER_COMMUNE

Maker = Callable[..., Any]
TIP, INTAKE, DAY = "tips.tip", "tips.intake", "received_on"
GONE = {"received_on": "2025-07-01", "unit": {"code": "01843"}}
VALUED = {
    "valuable": True,
    "reason_code": "confirmed_on_site",
    "valued_on": "2023-03-03",
}


async def test_a_tip_is_valued_by_another_officer_only(
    service: Service, an_accepted_tip: Maker
) -> None:
    """Receiver and triager are refused even with the scope; the reviewer is not."""
    tip = await an_accepted_tip()
    same = service.caller("officer", scopes=["tips:value"])
    refused = await same.post(f"/v1/tips/{tip}/value", VALUED)
    assert 403 == refused.status_code
    assert "tips.tip.another_officer_needed" == refused.json()["code"]
    passed = await service.reviewer.post(f"/v1/tips/{tip}/value", VALUED)
    assert {"tip_id": tip, "state": "valued"} == passed.json()


async def test_each_step_needs_its_scope(service: Service, a_tip: Maker) -> None:
    """A door without its scope answers 403, without a token 401."""
    tip = await a_tip()
    mttq = service.caller("mttq")
    doors: list[tuple[str, dict[str, Any]]] = [
        ("record", recorded()),
        (f"{tip}/triage", {"outcome": "accepted"}),
        (f"{tip}/value", VALUED),
        (f"{tip}/read", {"purpose": "triage"}),
        (f"{tip}/erase", {"reason_code": "unfounded"}),
    ]
    for door, body in doors:
        refused = await mttq.post(f"/v1/tips/{door}", body)
        assert (403, "auth.scope_missing") == (
            refused.status_code,
            refused.json()["code"],
        )
        unknown = await service.sender.post(f"/v1/tips/{door}", body)
        assert 401 == unknown.status_code
    days = {"from_day": "2023-01-01", "to_day": "2023-01-31"}
    counters = await mttq.get("/v1/tips/counters", unit_ids=str(COMMUNE), **days)
    assert {403} == {counters.status_code, (await mttq.get("/v1/tips")).status_code}


async def test_a_tip_of_another_area_looks_absent(
    service: Service, a_tip: Maker
) -> None:
    """An officer elsewhere gets the very answer that an unknown id gets."""
    tip = await a_tip()
    elsewhere = service.caller("officer", unit_roots=[OTHER_COMMUNE])
    answers = []
    for tip_id in (tip, str(uuid4())):
        answer = await elsewhere.post(
            f"/v1/tips/{tip_id}/triage",
            {"outcome": "accepted"},
            headers={"X-Request-Id": "the-same-request"},
        )
        answers.append((answer.status_code, answer.content))
    assert 404 == answers[0][0]
    assert answers[0] == answers[1]


async def test_reading_leaves_a_trace_each_time(service: Service, a_tip: Maker) -> None:
    """The text comes back, and who read it for what stands in the store."""
    tip = await a_tip(text="Xe tải đổ chất thải ban đêm.", contact="0000 000 000")
    key = uuid4()
    for _ in range(2):
        answer = await service.officer.post(
            f"/v1/tips/{tip}/read", {"purpose": "triage"}, key=key
        )
        assert {"tip_id": tip, "text": "Xe tải đổ chất thải ban đêm."} == answer.json()
    events = service.runtime.log.events_of(UUID(tip))
    traces: list[Any] = [e for e in events if type(e).__name__ == "ContentRead"]
    assert [("triage", "officer")] * 2 == [(e.purpose, e.read_by) for e in traces]


async def test_no_answer_when_the_reading_cannot_be_recorded(
    service: Service, a_tip: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failed record gives no text away."""
    tip = await a_tip(text="không được lộ")

    async def fail(*_: Any) -> None:
        raise RuntimeError("the store is away")

    monkeypatch.setattr(service.runtime.commands, "run", fail)
    answer = await service.officer.post(f"/v1/tips/{tip}/read", {"purpose": "triage"})
    assert 500 == answer.status_code
    assert "không được lộ" not in answer.text


async def test_the_register_numbers_tips_by_unit_and_year(
    service: Service, a_tip: Maker
) -> None:
    """Numbers run without holes from 1 in each unit and year."""
    numbers = []
    for day in ("2021-05-01", "2021-06-01", "2020-05-01", "2021-04-01"):
        unit = {"code": "01843"}
        answer = await service.officer.post(
            "/v1/tips/record", recorded(received_on=day, unit=unit)
        )
        numbers.append((answer.json()["year"], answer.json()["number"]))
    assert [(2021, 1), (2021, 2), (2020, 1), (2021, 3)] == numbers


async def test_a_repeated_record_changes_nothing(service: Service) -> None:
    """The same key and words answer the same; other words are refused."""
    key = uuid4()
    officer = service.officer
    first = await officer.post("/v1/tips/record", recorded(), key=key)
    again = await officer.post("/v1/tips/record", recorded(), key=key)
    assert first.json() == again.json()
    other = await officer.post("/v1/tips/record", recorded(text="khác"), key=key)
    assert (409, "commands.key_reused") == (other.status_code, other.json()["code"])
    elsewhere = service.caller("officer", claims={"sub": "colleague"})
    theirs = await elsewhere.post("/v1/tips/record", recorded(), key=key)
    assert first.json()["tip_id"] != theirs.json()["tip_id"]


@pytest.mark.parametrize(
    ("changes", "status", "code", "field"),
    [
        ({"received_on": "2999-01-01"}, 422, f"{TIP}.received_in_future", DAY),
        ({"late_reason": None}, 422, f"{TIP}.late_reason_missing", "late_reason"),
        ({"unit": {"code": "99999"}}, 422, "units.unknown", "unit.code"),
        ({"unit": {}}, 422, "units.reference_incomplete", "unit"),
        (GONE, 422, "units.not_in_force", "unit.code"),
        ({"unit": {"code": "05977"}}, 403, "units.outside_your_area", "unit"),
        ({"category": "religion"}, 422, f"{INTAKE}.category_out_of_scope", "category"),
        ({"channel": "rumour"}, 422, "body.invalid", "channel"),
        ({"text": "  "}, 422, "tips.intake.text_empty", "text"),
        ({"text": "a\x00b"}, 422, "text.forbidden_character", "text"),
        ({"text": "x" * 10_001}, 422, "body.invalid", "text"),
        ({"contact": "a\u202eb"}, 422, "text.forbidden_character", "contact"),
        ({"ethnicity": "x"}, 422, "body.invalid", ""),
    ],
)  # fmt: skip
async def test_a_bad_record_is_refused_with_code_and_field(
    service: Service, changes: dict[str, Any], status: int, code: str, field: str
) -> None:
    """Each refusal is stable, in two languages, and repeats no word of the body."""
    body = recorded(**changes)
    answer = await service.officer.post("/v1/tips/record", body)
    problem = answer.json()
    assert (status, code) == (answer.status_code, problem["code"])
    assert f"$.{field}".rstrip(".") == problem["errors"][0]["field"]
    assert problem["message_vi"]
    assert problem["message_en"]
    assert problem["correlation_id"]
    assert len(str(body["text"])) < 3 or str(body["text"])[:9] not in answer.text


async def test_two_triages_at_once_leave_one(service: Service, a_tip: Maker) -> None:
    """The later one is refused, the same command again is answered."""
    tip, key = await a_tip(), uuid4()
    body = {"outcome": "insufficient", "triaged_on": "2023-03-02"}
    first = await service.officer.post(f"/v1/tips/{tip}/triage", body, key=key)
    again = await service.officer.post(f"/v1/tips/{tip}/triage", body, key=key)
    other = await service.officer.post(f"/v1/tips/{tip}/triage", body)
    assert first.content == again.content
    assert "tips.tip.already_triaged" == other.json()["code"]
