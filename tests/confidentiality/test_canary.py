"""Marked words go through the real process; then every place is searched for them."""

import asyncio
import secrets
import string
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
import msgspec
import nats
import psycopg
import pytest
from sqlalchemy import create_engine

from services.chassis.mapper import EventMapper
from services.chassis.vault import EnvelopeBroken, KekRing
from services.reporting import wiring as reporting
from services.reporting.read_models.tables import UNITS as REPORTING_UNITS
from services.tips import wiring
from services.tips.domain.tip import Tip
from services.tips.tip_vault import INTAKE, TipVault
from tests.confidentiality.house import House, Marks, Process, build_house
from tests.confidentiality.marks import forms, raw
from tests.tips.units import COMMUNE, plant_units

pytestmark = pytest.mark.timeout(600)  # it starts servers and reads every file

ADDRESS = "127.77.66.55"
FORWARDED = "203.0.113.77"
RECORD = {
    "category": "gambling",
    "unit": {"code": "01840"},
    "channel": "phone_duty",
    "received_on": "2023-03-01",
    "late_reason": "migrated",
}
SUBMIT = {"category": "theft", "unit": {"code": "01840"}}


def letters(count: int) -> str:
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(count))


# All words begin and end alike: a handful of needles finds any of them, whole or cut.
HEAD, MIDDLE, TAIL = letters(12), "đường Hòa Bình ngõ", letters(12)


def word() -> str:
    """Give a text whose beginning, middle and end are marks."""
    return f"{HEAD}{letters(6)} {MIDDLE} {letters(6)}{TAIL}"


@dataclass
class Story:
    """What was sent through the house, and what came of it."""

    house: House
    words: dict[str, str]
    keys: list[UUID]
    codes: list[str]
    erased: str
    kept: str

    def marks(self) -> Marks:
        """Give every form of every mark: words, keys, codes, addresses."""
        found = {"a head": forms(HEAD), "a tail": forms(TAIL), "a word": forms(MIDDLE)}
        for number, key in enumerate(self.keys):
            found[f"sender's key {number}"] = forms(str(key)) | raw("key", key.bytes)
        for number, code in enumerate(self.codes):
            found[f"tracking code {number}"] = forms(code)
        found["sender's address"] = forms(ADDRESS)
        found["forwarded address"] = forms(FORWARDED)
        return found


@pytest.fixture(scope="module")
async def house(
    tmp_path_factory: pytest.TempPathFactory, database_passwords: dict[str, str]
) -> AsyncIterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with ExitStack() as stack:
        built = build_house(folder, database_passwords, stack)
        built.make_the_log_loud()
        definition = wiring.definition()
        await built.prepare(definition, lambda c: plant_units(c, wiring.UNITS))
        user, password = built.nats.tester
        tap = await nats.connect(built.nats.url, user=user, password=password)

        async def hear(message: Any) -> None:
            text = f"{message.subject} {message.headers}".encode()
            built.tapped.append(text + message.data)

        await tap.subscribe(">", cb=hear)
        following = reporting.definition()
        await built.prepare(following, lambda c: plant_units(c, REPORTING_UNITS))
        for service in ("tips", "reporting"):
            stack.callback(built.start(service).stop)
            await built.processes[service].ready()
        yield built
        await tap.close()


class Callers:
    """Sender, officer and reviewer before the real process."""

    def __init__(self, house: House, process: Process) -> None:
        self._house = house
        self._url = process.url
        transport = httpx2.AsyncHTTPTransport(local_address=ADDRESS)
        self.sender = httpx2.AsyncClient(transport=transport, timeout=60)
        self.staff = httpx2.AsyncClient(timeout=60)

    async def close(self) -> None:
        await self.sender.aclose()
        await self.staff.aclose()

    async def send(
        self, path: str, body: Any, key: UUID, agent: str
    ) -> httpx2.Response:
        content = body if isinstance(body, bytes) else msgspec.json.encode(body)
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": str(key),
            "User-Agent": agent,
            "X-Forwarded-For": FORWARDED,
        }
        url = f"{self._url}/v1/{path}"
        return await self.sender.post(url, content=content, headers=headers)

    async def act(self, caller: str, path: str, body: Any) -> Any:
        headers = {
            "Authorization": f"Bearer {self._house.issuer.token(caller)}",
            "Idempotency-Key": str(uuid4()),
        }
        url = f"{self._url}/v1/tips/{path}"
        answer = await self.staff.post(url, json=body, headers=headers)
        return answer.json()

    async def ask(self, caller: str, verb: str, body: Any) -> Any:
        """Ask by NATS, as the gateway does."""
        user, password = self._house.nats.user("gateway")
        client = await nats.connect(
            self._house.nats.url,
            user=user,
            password=password,
            inbox_prefix=b"_INBOX_gateway",
        )
        headers = {
            "Authorization": f"Bearer {self._house.issuer.token(caller)}",
            "Idempotency-Key": str(uuid4()),
            "Deadline-Ms": "10000",
        }
        answer = await client.request(
            f"svc.tips.v1.{verb}", msgspec.json.encode(body), 10, headers=headers
        )
        await client.close()
        return msgspec.json.decode(answer.data)


@pytest.fixture(scope="module")
async def story(house: House) -> Story:
    """Submit, repeat, record, sort, rate, read, erase, and fail in many ways."""
    callers = Callers(house, house.processes["tips"])
    try:
        return await the_story(house, callers)
    finally:
        await callers.close()


async def the_story(house: House, callers: Callers) -> Story:
    words = {
        name: word()
        for name in (
            "sender's text",
            "sender's contact",
            "officer's text",
            "officer's contact",
            "long text",
            "refused text",
            "text during the outage",
            "browser",
        )
    }
    key, agent = uuid4(), words["browser"].partition(" ")[0]
    tip = {
        **SUBMIT,
        "text": words["sender's text"],
        "contact": words["sender's contact"],
    }
    sent = await callers.send("tips", tip, key, agent)
    assert 201 == sent.status_code, sent.text
    again = await callers.send("tips", tip, key, agent)
    assert sent.json() == again.json()
    code = sent.json()["tracking_code"]
    asked = {"tracking_code": code}
    status = await callers.send("tips/status", asked, uuid4(), agent)
    assert "received" == status.json()["status"]
    await refused_submissions(callers, words, agent)
    erased = await a_life(callers, words, "officer's text")
    kept = await a_life(callers, words, "long text")
    read = await callers.act("officer", f"{erased}/read", {"purpose": "hand_over"})
    assert words["officer's text"] == read["text"]
    reason = {"reason_code": "unfounded"}
    gone = await callers.act("reviewer", f"{erased}/erase", reason)
    assert "erased" == gone["state"]
    late = await callers.act("officer", f"{erased}/read", {"purpose": "hand_over"})
    assert "tips.tip.erased" == late["code"]
    await an_outage(house, callers, words, agent)
    await all_published(house, received=3)
    await all_counted(house, valuable=2)
    return Story(house, words, [key], [code], erased, kept)


async def refused_submissions(
    callers: Callers, words: dict[str, str], agent: str
) -> None:
    """Every way to be refused, with marked words in the body."""
    text = words["refused text"]
    quoted = msgspec.json.encode(text)
    for body in (
        {**SUBMIT, "text": f"{text}\0"},
        {**SUBMIT, "text": text, "category": text.partition(" ")[0]},
        {**SUBMIT, "text": text * 400},
        {**SUBMIT, "text": text, text: text},
        {**SUBMIT, "text": text, "unit": {"code": text[:5]}},
        {**SUBMIT, "text": text, "unit": {"code": "99999"}},
        b'{"text":' + quoted,
        b'{"text":' + quoted * 40_000,
        b'{"text":"\\ud800' + quoted[1:],
        text.encode("utf-16"),
    ):
        answer = await callers.send("tips", body, uuid4(), agent)
        assert answer.status_code in {413, 422}, answer.text
        assert text not in answer.text
    lost = {"tracking_code": text[:60]}
    assert 200 == (await callers.send("tips/status", lost, uuid4(), agent)).status_code
    path = f"tips/{text.partition(' ')[0]}/nowhere"
    assert 404 == (await callers.send(path, lost, uuid4(), agent)).status_code


async def a_life(callers: Callers, words: dict[str, str], name: str) -> str:
    """Record by HTTP, sort and rate by NATS, list and count."""
    contact = words["officer's contact"]
    text = words[name] * 150 if name == "long text" else words[name]
    made = await callers.act(
        "officer", "record", {**RECORD, "text": text, "contact": contact}
    )
    tip = str(made["tip_id"])
    triage = {"tip_id": tip, "outcome": "accepted", "triaged_on": "2023-03-02"}
    assert "triaged" == (await callers.ask("officer", "tip.triage", triage))["state"]
    rating = {
        "tip_id": tip,
        "valuable": True,
        "reason_code": "led_to_clearance",
        "valued_on": "2023-03-03",
    }
    assert "valued" == (await callers.ask("reviewer", "tip.value", rating))["state"]
    assert (await callers.ask("officer", "tips.list", {}))["rows"]
    return tip


async def an_outage(
    house: House, callers: Callers, words: dict[str, str], agent: str
) -> None:
    """Send while the database is away: the log of the failure must not tell."""
    body = {**SUBMIT, "text": words["text during the outage"]}
    house.postgres.stop()
    answer = await callers.send("tips", body, uuid4(), agent)
    assert answer.status_code in {500, 503}
    assert words["text during the outage"] not in answer.text
    house.postgres.start(within_s=180)
    await house.processes["tips"].ready()


async def all_published(house: House, received: int) -> None:
    """Wait until the facts are in the stream, so that there is something to search."""
    for _ in range(300):
        facts = [text for _, text in await house.messages() if b"tips.tip." in text]
        if sum(b"tips.tip.received.v1" in text for text in facts) >= received:
            return
        await asyncio.sleep(0.1)
    raise TimeoutError("the facts did not reach the stream")


async def all_counted(house: House, valuable: int) -> None:
    """Wait until reporting has counted what was published."""
    counted = None
    for _ in range(300):
        with psycopg.connect(house.database.admin_url) as admin:
            counted = admin.execute(
                "SELECT sum(value) FROM reporting_read.figures"
                " WHERE indicator = 'valuable_tips' AND unit_id = %s",
                [COMMUNE],
            ).fetchone()
        if counted == (valuable,):
            return
        await asyncio.sleep(0.1)
    raise TimeoutError(f"reporting counted {counted}")


async def test_no_mark_is_found_anywhere(story: Story) -> None:
    """Files with WAL, tables, streams, the wire, logs, metrics: not one hit."""
    assert [] == await story.house.search(story.marks())


async def test_the_search_sees_what_is_planted(story: Story, tmp_path: Path) -> None:
    """Each place that was found clean shows a mark that does lie there."""
    mark = f"{letters(24)} {MIDDLE[::-1]}"
    house, planted = story.house, {"planted": forms(mark)}
    with psycopg.connect(house.database.admin_url, autocommit=True) as admin:
        admin.execute("CREATE TABLE tips_read.planted (text text)")
        admin.execute("INSERT INTO tips_read.planted VALUES (%s)", [mark])
    user, password = house.nats.tester
    client = await nats.connect(house.nats.url, user=user, password=password)
    await client.jetstream().publish("ev.tips.0.tip.planted.v1", mark.encode())
    await client.flush()
    await client.close()
    with (house.folder / "tips.log").open("a") as log:
        log.write(mark)
    places = {hit.place for hit in await house.search(planted)}
    folder = str(house.folder)
    assert any("pg_wal" in p for p in places if p.startswith(folder))
    assert any("/base/" in p for p in places if p.startswith(folder))
    assert any("/nats/store/" in p for p in places if p.startswith(folder))
    assert any(p.endswith("tips.log") for p in places)
    assert {"table tips_read.planted", "wire"} <= places
    assert any(p.startswith("stream EV_TIPS#") for p in places)


async def test_there_was_much_to_search(story: Story) -> None:
    """The log wrote every statement with its values; the tap heard verbs and facts."""
    log = story.house.postgres.log.read_text()
    assert "INSERT INTO tips_write.events" in log
    assert "arameters: $1" in log
    assert "INSERT INTO tips_write.tracking" in log
    wire = b"\n".join(story.house.tapped)
    for subject in (b"svc.tips.v1.tip.triage", b"svc.tips.v1.tips.list", b"ev.tips."):
        assert subject in wire
    messages = b"\n".join(text for _, text in await story.house.messages())
    assert b"tips.tip.valued.v1" in messages
    assert story.kept.encode() in messages
    assert "tips.tip.erased" in (story.house.folder / "tips.log").read_text()


def stored_envelope(house: House, tip: str) -> bytes:
    with psycopg.connect(house.database.admin_url) as admin:
        row = admin.execute(
            "SELECT topic, state FROM tips_write.events"
            " WHERE originator_id = %s AND originator_version = 1",
            [tip],
        ).fetchone()
    assert row is not None
    event: Any = EventMapper((Tip,)).to_event(UUID(tip), 1, row[0], bytes(row[1]))
    return bytes(event.content)


async def test_after_erasing_nothing_opens_the_envelope(story: Story) -> None:
    """The ciphertext is still in the event; no key that is left opens it."""
    house = story.house
    vault = TipVault(KekRing.from_file(house.kek_file))
    runtime_url = house.database.url("tips")
    kept, erased = (stored_envelope(house, t) for t in (story.kept, story.erased))
    with psycopg.connect(runtime_url) as conn:
        subjects = [
            row[0] for row in conn.execute("SELECT subject_id FROM tips_write.vault")
        ]
    assert UUID(story.erased) not in subjects
    assert UUID(story.kept) in subjects
    keys = await all_keys(house, vault, subjects)
    opened = vault.keys.open(keys[UUID(story.kept)], UUID(story.kept), "content", kept)
    assert story.words["long text"] in opened
    assert INTAKE in keys
    for key in keys.values():
        with pytest.raises(EnvelopeBroken):
            vault.keys.open(key, UUID(story.erased), "content", erased)


async def all_keys(house: House, vault: TipVault, subjects: list[UUID]) -> Any:
    address = house.database.url("tips").partition("://")[2]
    engine = create_engine(f"postgresql+psycopg://{address}")
    with engine.connect() as conn:
        keys = vault.keys.keys(conn, subjects)
    engine.dispose()
    return keys
