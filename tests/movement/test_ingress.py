"""A partner's events: nothing accepted is lost, nothing is applied twice."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from nats.aio.client import Client

from services.chassis.calls import Outcome
from services.chassis.errors import Unavailable
from services.chassis.ingress import Ingress, PartnerDoor, PartnerEvent, command_id
from services.chassis.nats import ask, ensure_stream, ingress_stream_shape
from services.chassis.service import Runtime
from tests.support.movement import World, until
from tests.support.sample import SCHEMA, open_tally, raise_tally

PARTNER = "mttq"
OPENED, RAISED = "vn.mttq.tally.opened.v1", "vn.mttq.tally.raised.v1"


class Opened(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: str


class Raised(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tally_id: UUID
    by: int
    limit: int = 10


class StoreAway(Unavailable):
    """The test has taken the store away."""

    code = "test.away"
    message_vi = "Không có."
    message_en = "Away."


class Answers:
    """What the partner heard, and how the service behaves."""

    def __init__(self) -> None:
        self.accepted: list[dict[str, Any]] = []
        self.rejected: list[dict[str, Any]] = []
        self.handled = 0
        self.is_away = False
        self.gate = asyncio.Event()
        self.gate.set()

    async def handle(self, runtime: Runtime, event: PartnerEvent) -> Outcome:
        self.handled += 1
        await self.gate.wait()
        if self.is_away:
            raise StoreAway
        fact = event.data
        if isinstance(fact, Opened):
            if fact.label == "burst":
                raise RuntimeError("password=hunter2")
            return await runtime.commands.run(open_tally(fact.label), event.key)
        change = raise_tally(fact.tally_id, fact.by, fact.limit)
        return await runtime.commands.run(change, event.key)

    def ingress(self) -> Ingress:
        return Ingress(
            partner=PARTNER,
            stream="IN_MTTQ",
            subject="in.mttq.>",
            types={OPENED: Opened, RAISED: Raised},
            handle=self.handle,
            max_bytes=20_000,
        )


class Partner:
    """The partner's side of the door."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def send(self, raw: bytes, event_type: str = OPENED) -> None:
        """Publish and wait until the stream has it."""
        await self.client.request(f"in.mttq.{event_type}", raw, timeout=5)

    async def tell(
        self, data: Any, event_type: str = OPENED, event_id: Any = None, **other: Any
    ) -> str:
        chosen = str(event_id or uuid4())
        event = {
            "specversion": "1.0",
            "id": chosen,
            "source": "https://mttq.example",
            "type": event_type,
            "time": "2023-03-01T08:00:00+07:00",
            "datacontenttype": "application/json",
            "data": data,
            **other,
        }
        await self.send(json.dumps(event).encode(), event_type)
        return chosen


@pytest.fixture
async def answers(world: World) -> AsyncIterator[Answers]:
    """Listen as the partner does."""
    client = await world.client()
    heard = Answers()

    async def on_accepted(message: Any) -> None:
        heard.accepted.append(msgspec.json.decode(message.data))

    async def on_rejected(message: Any) -> None:
        heard.rejected.append(msgspec.json.decode(message.data))

    await client.subscribe("out.mttq.accepted", cb=on_accepted)
    await client.subscribe("out.mttq.rejected", cb=on_rejected)
    await client.flush()
    yield heard
    heard.gate.set()


@pytest.fixture
async def partner(world: World) -> Partner:
    client = await world.client()
    await ensure_stream(client, ingress_stream_shape(PARTNER))
    return Partner(client)


async def open_door(world: World, runtime: Runtime, answers: Answers) -> PartnerDoor:
    door = PartnerDoor(runtime, await world.client(), answers.ingress())
    world.start(door)
    return door


def states(world: World) -> list[str]:
    return [r[0] for r in world.rows(f"SELECT state FROM {SCHEMA}.ingress ORDER BY id")]


def events_stored(world: World) -> int:
    return int(world.rows(f"SELECT count(*) FROM {SCHEMA}.events")[0][0])


async def test_a_valid_event_becomes_a_command_and_is_answered(
    world: World, runtime: Runtime, answers: Answers, partner: Partner
) -> None:
    """The answer carries the command's reply and the event's id."""
    await open_door(world, runtime, answers)

    event_id = await partner.tell({"label": "a"})

    await until(lambda: answers.accepted)
    assert event_id == answers.accepted[0]["event_id"]
    assert 0 == answers.accepted[0]["reply"]["value"]
    await until(lambda: ["accepted"] == states(world))


async def test_the_same_event_takes_effect_once_and_is_answered_each_time(
    world: World, runtime: Runtime, answers: Answers, partner: Partner
) -> None:
    """Even when the partner writes its JSON in another order."""
    await open_door(world, runtime, answers)
    event_id = await partner.tell({"label": "a"})
    await partner.tell({"label": "a"}, event_id=event_id, source="https://b.example")

    await until(lambda: 2 == len(answers.accepted))

    assert answers.accepted[0]["reply"] == answers.accepted[1]["reply"]
    assert 1 == events_stored(world)
    key = world.rows(f"SELECT command_id FROM {SCHEMA}.commands")
    assert [(command_id(PARTNER, event_id),)] == key


async def test_the_same_id_with_other_content_is_rejected(
    world: World, runtime: Runtime, answers: Answers, partner: Partner
) -> None:
    """With the code that the front door has for it."""
    await open_door(world, runtime, answers)
    event_id = await partner.tell({"label": "a"})
    await until(lambda: answers.accepted)

    await partner.tell({"label": "b"}, event_id=event_id)

    await until(lambda: answers.rejected)
    assert "commands.key_reused" == answers.rejected[0]["code"]
    assert 1 == events_stored(world)


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "unknown type": (
        {"event_type": "vn.mttq.tally.melted.v1"},
        "ingress.type_unknown",
        "$.type",
    ),
    "missing field": ({"data": {}}, "body.invalid", "$.data"),
    "wrong field": ({"data": {"label": 5}}, "body.invalid", "$.data.label"),
    "unknown field": ({"data": {"label": "a", "x": 1}}, "body.invalid", "$.data"),
    "id is no UUID": ({"id": "hunter2"}, "body.invalid", "$.id"),
    "time without zone": ({"time": "2023-03-01T08:00:00"}, "body.invalid", "$.time"),
    "other CloudEvents": ({"specversion": "0.3"}, "body.invalid", "$.specversion"),
    "hidden sign": (
        {"data": {"label": "a\u202eb"}},
        "text.forbidden_character",
        "$.data.label",
    ),
    "NUL": ({"data": {"label": "a\0b"}}, "text.forbidden_character", "$.data.label"),
}


@pytest.mark.parametrize("case", BAD)
async def test_a_wrong_event_is_rejected_with_code_and_field(
    world: World, runtime: Runtime, answers: Answers, partner: Partner, case: str
) -> None:
    """In both languages, and kept in quarantine with its bytes."""
    changes, code, field = BAD[case]
    await open_door(world, runtime, answers)

    await partner.tell(**{"data": {"label": "hunter2"}, **changes})

    await until(lambda: answers.rejected)
    answer = answers.rejected[0]
    assert (code, field) == (answer["code"], answer["field"])
    assert answer["message_vi"]
    assert answer["message_en"]
    assert answer["correlation_id"]
    assert "hunter2" not in json.dumps(answer)
    await until(lambda: ["rejected"] == states(world))
    kept = world.rows(f"SELECT reader, reason, raw FROM {SCHEMA}.quarantine")
    assert [("ingress-mttq", code)] == [row[:2] for row in kept]
    assert b"specversion" in bytes(kept[0][2])


RAW: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"{broken", "body.invalid"),
    "empty": (b"", "body.invalid"),
    "not UTF-8": (b'{"id": "\xff\xfe"}', "body.invalid"),
    "too large": (b'{"x": "' + b"a" * 30_000 + b'"}', "body.too_large"),
    "too deep": (b'{"x": ' + b"[" * 9_000 + b"]" * 9_000 + b"}", "ingress.too_deep"),
    "lone surrogate": (b'{"id": "\\ud800"}', "body.invalid"),
    "name twice": (
        (
            b'{"specversion": "1.0", "id": "6fa459ea-ee8a-4ca4-894e-db77e160355e",'
            b' "source": "s", "type": "vn.mttq.tally.opened.v1",'
            b' "data": {"label": "a", "label": "b"}}'
        ),
        "body.duplicate_name",
    ),
}


@pytest.mark.parametrize("case", RAW)
async def test_rubbish_is_rejected_and_the_next_event_is_taken(
    world: World, runtime: Runtime, answers: Answers, partner: Partner, case: str
) -> None:
    """Whatever comes, the door stays open."""
    raw, code = RAW[case]
    await open_door(world, runtime, answers)

    await partner.send(raw)
    await partner.tell({"label": "a"})

    await until(lambda: answers.rejected and answers.accepted)
    assert code == answers.rejected[0]["code"]


async def test_a_refusal_of_the_domain_is_the_answer(
    world: World, runtime: Runtime, answers: Answers, partner: Partner
) -> None:
    """The rules are those of the front door."""
    await open_door(world, runtime, answers)
    await partner.tell({"label": "a"})
    await until(lambda: answers.accepted)
    tally = answers.accepted[0]["reply"]["id"]

    await partner.tell({"tally_id": tally, "by": 9, "limit": 4}, RAISED)

    await until(lambda: answers.rejected)
    assert "sample.tally.full" == answers.rejected[0]["code"]
    assert "Đã đủ 4." == answers.rejected[0]["message_vi"]


async def test_our_own_defect_keeps_the_event_and_tells_nothing_of_itself(
    world: World, runtime: Runtime, answers: Answers, partner: Partner
) -> None:
    """Tried three times, then answered; an operator finds it in quarantine."""
    await open_door(world, runtime, answers)

    await partner.tell({"label": "burst"})

    await until(lambda: answers.rejected)
    assert "ingress.internal" == answers.rejected[0]["code"]
    assert "hunter2" not in json.dumps(answers.rejected)
    assert 3 == answers.handled


async def test_an_event_waits_for_a_store_that_is_away(
    world: World, runtime: Runtime, answers: Answers, partner: Partner
) -> None:
    """It is neither lost nor rejected."""
    answers.is_away = True
    await open_door(world, runtime, answers)
    await partner.tell({"label": "a"})
    await until(lambda: 1 <= answers.handled)
    assert [] == answers.rejected

    answers.is_away = False

    await until(lambda: answers.accepted)


async def test_an_event_that_was_only_stored_is_taken_up_after_a_restart(
    world: World, runtime: Runtime, answers: Answers, partner: Partner
) -> None:
    """Stopped between storing and the command: acknowledged, and not forgotten."""
    answers.gate.clear()
    door = await open_door(world, runtime, answers)
    for n in range(5):
        await partner.tell({"label": f"t{n}"})
    await until(lambda: 5 == len(states(world)))
    await _nothing_left(world)
    await world.stop(door)
    assert [] == answers.accepted
    answers.gate.set()

    await open_door(world, runtime, answers)

    await until(lambda: ["accepted"] * 5 == states(world))
    assert 5 == events_stored(world)
    assert 5 == len({answer["event_id"] for answer in answers.accepted})


async def test_two_doors_take_in_each_event_once(
    world: World, runtime: Runtime, answers: Answers, partner: Partner
) -> None:
    """Replicas of the service share the stream."""
    await open_door(world, runtime, answers)
    await open_door(world, runtime, answers)

    for n in range(30):
        await partner.tell({"label": f"t{n}"})

    await until(lambda: ["accepted"] * 30 == states(world))
    assert 30 == events_stored(world)


async def test_events_of_a_lost_stream_are_told_from_those_of_the_new_one(
    world: World, runtime: Runtime, answers: Answers, partner: Partner
) -> None:
    """Sequences start again; nothing new is taken for something old."""
    await open_door(world, runtime, answers)
    await partner.tell({"label": "a"})
    await until(lambda: ["accepted"] == states(world))

    await ask(partner.client, "STREAM.DELETE.IN_MTTQ")
    await ensure_stream(partner.client, ingress_stream_shape(PARTNER))
    await partner.tell({"label": "b"})

    await until(lambda: ["accepted"] * 2 == states(world))
    assert 2 == events_stored(world)


async def _nothing_left(world: World) -> None:
    client = await world.client()

    async def is_read() -> bool:
        found = await ask(client, "CONSUMER.INFO.IN_MTTQ.tips-door")
        return 0 == found["num_pending"] + found["num_ack_pending"]

    await until(is_read)
