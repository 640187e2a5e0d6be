"""What a sender gets at the two open doors, and what the server keeps of it."""

import asyncio
import statistics
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid1, uuid4

import httpx2
import pytest
from sqlalchemy import inspect, text

from services.chassis.http import create_app
from services.tips import api
from services.tips.api import GUARD, VAULT
from services.tips.intake_guard import IntakeGuard
from services.tips.tip_vault import lock_of
from tests.tips.conftest import Door, Service, submitted
from tests.tips.units import NEW_COMMUNE

WITH_TEXT = b'{"category":"theft","unit":{"code":"01840"},"text":"%s"}'


@pytest.fixture
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "STATUS_SECONDS", 0)
    monkeypatch.setattr(api, "STATUS_JITTER_SECONDS", 0)


async def send(service: Service, **changes: Any) -> dict[str, Any]:
    answer = await service.sender.post("/v1/tips", submitted(**changes))
    assert 201 == answer.status_code, answer.text
    return dict(answer.json())


async def status(service: Service, code: str) -> tuple[int, bytes]:
    answer = await service.sender.post("/v1/tips/status", {"tracking_code": code})
    return answer.status_code, answer.content


def newest_tip(service: Service) -> str:
    (row,) = service.rows(
        "SELECT originator_id FROM tips_write.events"
        " WHERE topic = 'tips.tip.received' ORDER BY position DESC LIMIT 1"
    )
    return str(row[0])


async def test_a_sender_gets_a_code_and_the_register_but_no_number(
    service: Service,
) -> None:
    """26 letters stand for the tip; id and running number are not given away."""
    answer = await service.sender.post("/v1/tips", submitted())
    body = answer.json()
    assert 26 == len(body["tracking_code"])
    assert body["receipt"].startswith("01840/")
    keys = {"receipt", "received_on", "tracking_code", "message_vi", "message_en"}
    assert keys == body.keys()
    assert "no-store" == answer.headers["Cache-Control"]
    assert "set-cookie" not in answer.headers
    assert newest_tip(service) not in answer.text
    (row,) = service.rows(
        "SELECT unit_id FROM tips_read.tip_inbox WHERE id = :id", id=newest_tip(service)
    )
    assert NEW_COMMUNE == row[0]


async def test_a_retry_gives_the_same_code_and_no_second_tip(service: Service) -> None:
    """The code is derived anew from the sender's key, and stored nowhere."""
    key = uuid4()
    first = await service.sender.post("/v1/tips", submitted(), key=key)
    tip = newest_tip(service)
    again = await service.sender.post("/v1/tips", submitted(), key=key)
    assert first.json() == again.json()
    assert tip == newest_tip(service)
    other = await service.sender.post("/v1/tips", submitted(text="khác"), key=key)
    assert (409, "commands.key_reused") == (other.status_code, other.json()["code"])


async def test_a_retry_at_another_process_gives_the_same_code(
    service: Service, make_runtime: Callable[[], Any]
) -> None:
    """Both processes derive from the same secret in the vault."""
    second = await make_runtime()
    one = service.runtime.extras[VAULT].submission(key := uuid4(), "")
    assert one == second.extras[VAULT].submission(key, "")


async def test_twin_requests_at_once_leave_one_tip(service: Service) -> None:
    """Requests that race with one key all get the one code."""
    key = uuid4()
    (before,) = service.rows("SELECT count(*) FROM tips_write.vault")
    answers = await asyncio.gather(
        *(service.sender.post("/v1/tips", submitted(), key=key) for _ in range(8))
    )
    assert {201} == {answer.status_code for answer in answers}
    assert 1 == len({answer.json()["tracking_code"] for answer in answers})
    (after,) = service.rows("SELECT count(*) FROM tips_write.vault")
    assert before[0] + 1 == after[0]


async def test_the_store_knows_neither_the_code_nor_the_senders_key(
    service: Service,
) -> None:
    """No column of any table holds the code, the key, or a plain hash of the words."""
    key = uuid4()
    answer = await service.sender.post("/v1/tips", submitted(contact="x"), key=key)
    code = answer.json()["tracking_code"]
    names = inspect(service.runtime.engine).get_table_names("tips_write")
    with service.runtime.engine.connect() as conn:
        dump = "".join(
            str(row)
            for name in names
            for row in conn.execute(text(f"SELECT t::text FROM tips_write.{name} t"))
        )
    assert lock_of(code).hex() in dump  # the search sees what is there
    assert code not in dump
    assert code.encode().hex() not in dump
    assert str(key) not in dump


async def test_two_tips_with_the_same_words_share_no_fingerprint(
    service: Service,
) -> None:
    """A guessed text cannot be confirmed by sending it and comparing."""
    await send(service, text="cùng một câu")
    await send(service, text="cùng một câu")
    marks = service.rows("SELECT fingerprint FROM tips_write.commands")
    assert len(marks) == len({bytes(row[0]) for row in marks})


async def test_the_status_follows_the_tip_in_classes_only(
    service: Service, no_wait: None
) -> None:
    """received, in progress, closed, none: the sender learns no outcome."""
    code = (await send(service))["tracking_code"]
    tip, seen = newest_tip(service), []
    seen.append(await status(service, code))
    elsewhere = [NEW_COMMUNE]
    officer = service.caller("officer", unit_roots=elsewhere)
    reviewer = service.caller("reviewer", unit_roots=elsewhere)
    await officer.post(f"/v1/tips/{tip}/triage", {"outcome": "accepted"})
    seen.append(await status(service, code))
    rating = {"valuable": False, "reason_code": "not_confirmed"}
    await reviewer.post(f"/v1/tips/{tip}/value", rating)
    seen.append(await status(service, code))
    await reviewer.post(f"/v1/tips/{tip}/erase", {"reason_code": "unfounded"})
    seen.append(await status(service, code))
    classes = [b"received", b"in_progress", b"closed", b"none"]
    for expected, (code_, body) in zip(classes, seen, strict=True):
        assert 200 == code_
        assert b'"status":"%s"' % expected in body
    assert 1 == len({len(body) for _, body in seen})


async def test_wrong_unknown_and_erased_codes_are_answered_alike(
    service: Service, no_wait: None
) -> None:
    """The very same bytes for each; a right code differs in content, not in length."""
    right = (await send(service))["tracking_code"]
    erased = (await send(service))["tracking_code"]
    tip = newest_tip(service)
    reviewer = service.caller("reviewer", unit_roots=[NEW_COMMUNE])
    await reviewer.post(f"/v1/tips/{tip}/erase", {"reason_code": "sender_request"})
    unknown = right[:-1] + ("0" if right[-1] != "0" else "1")
    wrong = [unknown, erased, "", "ngắn", "U" * 26, "0" * 64, right + "0"]
    answers = {await status(service, code) for code in wrong}
    assert 1 == len(answers)
    found = await status(service, right)
    assert found not in answers
    assert {len(found[1])} == {len(body) for _, body in answers}


async def test_a_code_may_be_typed_with_blanks_and_lookalikes(
    service: Service, no_wait: None
) -> None:
    """Small letters, groups, O for 0 and I for 1 are the same code."""
    code = (await send(service))["tracking_code"]
    typed = code.lower().replace("0", "o").replace("1", "i")
    grouped = " ".join(typed[n : n + 5] for n in range(0, 26, 5))
    assert await status(service, code) == await status(service, grouped)


async def test_the_time_of_a_status_says_nothing(service: Service) -> None:
    """Right and wrong codes take the same time class, above every lookup."""
    right = (await send(service))["tracking_code"]
    spent: dict[str, list[float]] = {right: [], "0" * 26: []}

    async def timed(code: str) -> None:
        started = time.perf_counter()
        await status(service, code)
        spent[code].append(time.perf_counter() - started)

    await asyncio.gather(*(timed(code) for code in list(spent) * 40))
    medians = [statistics.median(times) for times in spent.values()]
    assert abs(medians[0] - medians[1]) < 0.03
    assert all(0.3 <= least for least in map(min, spent.values()))


async def test_erasing_keeps_every_count(service: Service) -> None:
    """Lists and counters show the erased tip; nothing opens its words."""
    await send(service, text="rất riêng", contact="liên hệ")
    tip = newest_tip(service)
    vault = service.runtime.extras[VAULT]
    sealed: Any = service.runtime.log.events_of(UUID(tip))[0]
    with service.runtime.engine.connect() as conn:
        assert "rất riêng" == vault.open_content(conn, UUID(tip), sealed.content)
    before = await counters(service)
    officer = service.caller("officer", unit_roots=[NEW_COMMUNE])
    reviewer = service.caller("reviewer", unit_roots=[NEW_COMMUNE])
    answer = await reviewer.post(
        f"/v1/tips/{tip}/erase", {"reason_code": "retention_ended"}
    )
    assert {"tip_id": tip, "state": "erased"} == answer.json()
    assert before == await counters(service)
    with service.runtime.engine.connect() as conn:
        assert vault.open_content(conn, UUID(tip), sealed.content) is None
    read = await officer.post(f"/v1/tips/{tip}/read", {"purpose": "triage"})
    assert "tips.tip.erased" == read.json()["code"]
    rows = service.rows("SELECT 1 FROM tips_write.tracking WHERE tip_id = :t", t=tip)
    assert [] == rows


async def counters(service: Service) -> Any:
    officer = service.caller("officer", unit_roots=[NEW_COMMUNE])
    days = {"from_day": "2000-01-01", "to_day": "2100-01-01"}
    answer = await officer.get("/v1/tips/counters", unit_ids=str(NEW_COMMUNE), **days)
    return answer.json()


@pytest.mark.parametrize(
    ("body", "status_code", "code"),
    [
        (submitted(category="quan điểm"), 422, "tips.intake.category_out_of_scope"),
        (submitted(text="a\x00b"), 422, "text.forbidden_character"),
        (WITH_TEXT % b"\\ud800", 422, "body.invalid"),
        (WITH_TEXT % b"\xff", 422, "body.invalid"),
        (b"[" * 100_000, 422, "body.invalid"),
        (b'"' + b"x" * 1_100_000 + b'"', 413, "body.too_large"),
        (submitted(unit={"code": "99999"}), 422, "units.unknown"),
        (submitted(unit={"code": "01843"}), 422, "units.not_in_force"),
        (submitted(received_on="2023-01-01"), 422, "body.invalid"),
        (submitted(contact="x" * 501), 422, "body.invalid"),
    ],
)  # fmt: skip
async def test_bad_input_is_refused_and_not_repeated(
    service: Service, body: Any, status_code: int, code: str
) -> None:
    """A stable code; nothing is stored."""
    before = service.rows("SELECT count(*) FROM tips_write.events")
    answer = await service.sender.post("/v1/tips", body)
    assert status_code == answer.status_code, answer.text
    assert code == answer.json()["code"]
    assert before == service.rows("SELECT count(*) FROM tips_write.events")


async def test_a_guessable_key_is_refused(service: Service) -> None:
    """A key made from clock and card would let others find the code."""
    answer = await service.sender.post("/v1/tips", submitted(), key=uuid1())
    assert "tips.intake.random_key_needed" == answer.json()["code"]


async def test_a_flood_is_stopped_at_both_open_doors(
    service: Service, no_wait: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind the budget the doors answer 429 with the time to wait."""
    monkeypatch.setitem(service.runtime.extras, GUARD, IntakeGuard(rate=0, burst=2))
    assert 201 == (await service.sender.post("/v1/tips", submitted())).status_code
    assert 200 == (await status(service, "x"))[0]
    refused = await service.sender.post("/v1/tips", submitted())
    assert (429, "tips.intake.too_many") == (
        refused.status_code,
        refused.json()["code"],
    )
    assert refused.headers["Retry-After"]
    assert 429 == (await status(service, "x"))[0]


async def test_an_address_that_floods_is_stopped_at_both_doors(
    service: Service, no_wait: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The budget of an address is its own: the same process goes on taking others'."""
    guard = IntakeGuard(address_rate=0, address_burst=3)
    monkeypatch.setitem(service.runtime.extras, GUARD, guard)
    app = create_app(service.runtime, service.runtime.definition.routers)

    async def knock(address: str, path: str, body: Any) -> int:
        transport = httpx2.ASGITransport(app, client=(address, 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://t") as one:
            answer = await Door(one).post(path, body)
        return answer.status_code

    code = {"tracking_code": "0" * 26}
    assert [200] * 3 == [
        await knock("8.8.8.8", "/v1/tips/status", code) for _ in range(3)
    ]
    assert 429 == await knock("8.8.8.8", "/v1/tips/status", code)
    assert 429 == await knock("8.8.8.8", "/v1/tips", submitted())
    assert 201 == await knock("8.8.4.4", "/v1/tips", submitted())
