"""MTTQ's door on a real NATS: kept first, judged by the same rules, answered."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
import sqlalchemy as sa
from nats.aio.client import Client
from nats.aio.msg import Msg

from services.chassis.service import Runtime
from services.contracts.campaigns.partner import MODEL_POINT_OPENED, SESSION_HELD
from tests.campaigns.conftest import Door, entered
from tests.campaigns.units import QUANG_THUAN
from tests.support.servers import TestNatsServer


@dataclass
class Partner:
    """MTTQ at its own account: publishes, and hears its answers."""

    client: Client
    heard: dict[str | None, list[tuple[str, dict[str, Any]]]] = field(
        default_factory=dict
    )
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def hear(self, message: Msg) -> None:
        answer = msgspec.json.decode(message.data)
        outcome = message.subject.rpartition(".")[2]
        async with self.news:
            self.heard.setdefault(answer["event_id"], []).append((outcome, answer))
            self.news.notify_all()

    async def tell(self, raw: bytes, subject: str = SESSION_HELD) -> None:
        """Publish; returns when JetStream has the message on disk."""
        kept = await self.client.request(f"events.{subject}", raw, timeout=5)
        assert "IN_MTTQ" == msgspec.json.decode(kept.data)["stream"]

    async def answers(
        self, event_id: UUID | str | None, count: int = 1
    ) -> list[tuple[str, dict[str, Any]]]:
        """Wait until so many answers about an event have come."""
        key = None if event_id is None else str(event_id)
        async with self.news:
            await asyncio.wait_for(
                self.news.wait_for(lambda: len(self.heard.get(key, [])) >= count), 20
            )
        return self.heard[key]

    async def told(self, event: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Publish an event with an id of its own and return what came of it."""
        await self.tell(msgspec.json.encode(event), str(event["type"]))
        (answer,) = await self.answers(event["id"])
        return answer


@pytest.fixture(scope="module")
async def partner(nats_server: TestNatsServer, moving: None) -> AsyncIterator[Partner]:
    client = await entered(nats_server, "mttq")
    made = Partner(client)
    await client.subscribe("answers.*", cb=made.hear)
    await client.flush()
    # The stream is laid out by the service as it starts.
    for _ in range(100):
        try:
            await made.tell(b"first", "hello")
            break
        except (TimeoutError, OSError, KeyError):
            await asyncio.sleep(0.1)
        except Exception as error:  # noqa: BLE001 - no stream yet
            assert "no responders" in str(error).lower()  # noqa: PT017
            await asyncio.sleep(0.1)
    yield made
    await client.close()


def session(data: dict[str, Any] | None = None, **envelope: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": "https://mattran.example/backan",
        "type": SESSION_HELD,
        "time": "2023-06-01T08:00:00+07:00",
        "datacontenttype": "application/json",
        "data": {
            "unit": {"code": "01840"},
            "held_on": "2023-05-31",
            "kind": "mobilisation",
            "attendance": 45,
            "organiser": "women_union",
            "venue": "Nhà văn hóa",
        }
        | (data or {}),
    }
    return told | envelope


async def rows(runtime: Runtime, statement: str, **values: Any) -> list[Any]:
    def ask(connection: sa.Connection) -> list[Any]:
        return list(connection.execute(sa.text(statement), values))

    return await runtime.read(ask)


async def sessions_of_mttq(runtime: Runtime) -> int:
    counted = "SELECT count(*) FROM campaigns_read.session_list WHERE origin = 'mttq'"
    return int((await rows(runtime, counted))[0][0])


async def test_event_that_is_too_large_hears_so(partner: Partner) -> None:
    """The largest mistake gets its answer too: code, both languages, correlation id."""
    event = session({"venue": "a" * 300_000})
    outcome, answer = await partner.told(event)
    assert ("rejected", "body.too_large") == (outcome, answer["code"])
    assert answer["message_vi"]
    assert answer["message_en"]
    assert answer["correlation_id"]


async def test_reported_session_is_recorded_with_its_origin(
    partner: Partner, officer: Door
) -> None:
    """It stands in the list like any other, and says through whom it came."""
    outcome, answer = await partner.told(session())
    assert "accepted" == outcome
    shown = await officer.get("/sessions/by-id", ids=answer["reply"]["session_id"])
    (row,) = shown.body["rows"]
    assert ("mttq", "women_union", 45, str(QUANG_THUAN)) == (
        row["origin"],
        row["organiser"],
        row["attendance"],
        row["unit_id"],
    )


async def test_same_event_again_changes_nothing_and_hears_the_same(
    partner: Partner, runtime: Runtime
) -> None:
    """A partner that is not sure sends again, in other letters even."""
    event = session()
    _, first = await partner.told(event)
    before = await sessions_of_mttq(runtime)
    spaced = msgspec.json.format(msgspec.json.encode(event), indent=2)
    await partner.tell(spaced)
    answers = await partner.answers(event["id"], 2)
    assert [("accepted", first["reply"])] * 2 == [(o, a["reply"]) for o, a in answers]
    assert before == await sessions_of_mttq(runtime)


async def test_same_id_with_other_content_is_refused(
    partner: Partner, runtime: Runtime
) -> None:
    """An id stands for one fact for ever."""
    event = session()
    await partner.told(event)
    before = await sessions_of_mttq(runtime)
    other = session({"attendance": 46}, id=event["id"])
    await partner.tell(msgspec.json.encode(other))
    _, (outcome, answer) = await partner.answers(event["id"], 2)
    assert ("rejected", "commands.key_reused") == (outcome, answer["code"])
    assert before == await sessions_of_mttq(runtime)


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        ({"held_on": "2999-01-01"}, "campaigns.day.in_future", "$.data.held_on"),
        ({"held_on": "1930-01-01"}, "campaigns.day.before_records", "$.data.held_on"),
        ({"attendance": -1}, "body.invalid", "$.data.attendance"),
        ({"attendance": 1.5}, "body.invalid", "$.data.attendance"),
        ({"unit": {"code": "99999"}}, "units.unknown", "$.data.unit.code"),
        ({"unit": {"id": str(QUANG_THUAN)}, "held_on": "2025-07-01"},
         "units.not_in_force", "$.data.unit.id"),
        ({"organiser": "police"}, "campaigns.organisation.not_yours",
         "$.data.organiser"),
        ({"organiser": "bank"}, "campaigns.organisation.not_yours", "$.data.organiser"),
        ({"kind": "meeting"}, "body.invalid", "$.data.kind"),
        ({"venue": "a\x00b"}, "text.forbidden_character", "$.data.venue"),
        ({"venue": "a\u200bb"}, "text.forbidden_character", "$.data.venue"),
        ({"religion": "x"}, "body.invalid", "$.data"),
    ],
)  # fmt: skip
async def test_bad_fact_is_rejected_with_code_and_field(
    partner: Partner,
    runtime: Runtime,
    data: dict[str, Any],
    code: str,
    where: str,
) -> None:
    """The partner hears why and where, we keep the message and the reason."""
    event = session(data)
    outcome, answer = await partner.told(event)
    assert ("rejected", code, where) == (outcome, answer["code"], answer["field"])
    assert answer["message_vi"]
    assert answer["message_en"]
    assert answer["correlation_id"]
    kept = "SELECT reason, raw FROM campaigns_write.quarantine WHERE event_key LIKE :id"
    for _ in range(50):
        found = await rows(runtime, kept, id=f"{event['id']}%")
        if found:
            break
        await asyncio.sleep(0.05)
    assert [(code, msgspec.json.encode(event))] == [
        (reason, bytes(raw)) for reason, raw in found
    ]


@pytest.mark.parametrize(
    ("envelope", "code", "where"),
    [
        ({"type": "vn.mttq.person.reported.v1"}, "ingress.type_unknown", "$.type"),
        ({"type": SESSION_HELD.replace("v1", "v2")}, "ingress.type_unknown", "$.type"),
        ({"specversion": "0.3"}, "body.invalid", "$.specversion"),
        ({"time": "yesterday"}, "body.invalid", "$.time"),
        ({"note": "x"}, "body.invalid", "$"),
        ({"data": "text"}, "body.invalid", "$.data"),
        ({"data": {}}, "body.invalid", "$.data"),
    ],
)
async def test_bad_envelope_is_rejected_with_code_and_field(
    partner: Partner, envelope: dict[str, Any], code: str, where: str
) -> None:
    """Unknown types and broken schemas are told, not swallowed."""
    outcome, answer = await partner.told(session() | envelope)
    assert ("rejected", code, where) == (outcome, answer["code"], answer["field"])


async def test_rubbish_does_not_stop_what_comes_behind_it(partner: Partner) -> None:
    """Bytes without an id are kept and answered, and the next event goes through."""
    for rubbish in (b"", b"\xff\xfe", b"[" * 5000, b'{"id": 7}', b"null"):
        await partner.tell(rubbish)
    outcome, _ = await partner.told(session())
    assert "accepted" == outcome


async def test_hundred_events_and_their_repetitions_count_once(
    partner: Partner, runtime: Runtime
) -> None:
    """However they are repeated and mixed, each fact is there once."""
    before = await sessions_of_mttq(runtime)
    events = [session({"attendance": n}) for n in range(100)]
    await asyncio.gather(
        *(partner.tell(msgspec.json.encode(event)) for event in events * 2)
    )
    for event in events:
        answers = await partner.answers(event["id"], 2)
        assert {"accepted"} == {outcome for outcome, _ in answers}
        assert 1 == len({answer["reply"]["session_id"] for _, answer in answers})
    assert before + 100 == await sessions_of_mttq(runtime)


def point(**data: Any) -> dict[str, Any]:
    told = {
        "model_unit": {"code": "06"},
        "model_name": "Khu dân cư 3 không",
        "keeper": "mttq",
        "unit": {"code": "01840"},
        "area_name": "Tổ 5",
        "opened_on": "2022-01-01",
    }
    return session(type=MODEL_POINT_OPENED) | {"data": told | data}


async def test_reported_point_joins_the_model_that_it_names(
    partner: Partner, officer: Door
) -> None:
    """MTTQ names its model as it was launched, in whatever letters."""
    unknown, why = await partner.told(point())
    assert ("rejected", "campaigns.model.not_found") == (unknown, why["code"])
    assert "$.data.model_name" == why["field"]
    foreign, why = await partner.told(point(keeper="police"))
    assert ("rejected", "$.data.keeper") == (foreign, why["field"])
    launched = await officer.post(
        "/models",
        {
            "unit": {"code": "06"},
            "name": "Khu dân cư 3 không",
            "keeper": "mttq",
            "fields": ["phong_chong_toi_pham"],
            "launched_on": "2020-01-01",
        },
    )
    outcome, answer = await partner.told(point(model_name="KHU DÂN CƯ 3 KHÔNG"))
    assert "accepted" == outcome
    shown = await officer.get("/model-points/by-id", ids=answer["reply"]["point_id"])
    assert [(launched.body["model_id"], "mttq", "Tổ 5")] == [
        (row["model_id"], row["keeper"], row["area_name"]) for row in shown.body["rows"]
    ]
    again, twice = await partner.told(point())
    assert ("rejected", "campaigns.model_point.exists", "$.data.area_name") == (
        again,
        twice["code"],
        twice["field"],
    )


async def test_nothing_that_came_in_is_left_unanswered(
    partner: Partner, runtime: Runtime
) -> None:
    """Kept = accepted + rejected, when the last answer is out."""
    await partner.told(session())
    states = "SELECT DISTINCT state FROM campaigns_write.ingress"
    for _ in range(100):
        found = {row[0] for row in await rows(runtime, states)}
        if "received" not in found:
            break
        await asyncio.sleep(0.05)
    assert found <= {"accepted", "rejected"}
