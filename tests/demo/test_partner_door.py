"""The Front's door: stored, answered, and sent again under the same id when unsure."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

import pytest
from nats.aio.client import Client

from demo import partner
from demo.doors import Refused
from demo.partner import PartnerDoor
from demo.patience import Patience
from demo.telling import Silence
from deploy.embedded.run_file import Run, RunningServer
from services.chassis.nats import (
    connect,
    ensure_stream,
    ingress_stream_shape,
    stored_message,
    stream_state,
)
from services.contracts.campaigns.partner import SESSION_HELD, SessionHeld
from services.contracts.registry.units import UnitRef
from tests.support.servers import TestNatsServer

EVENT = UUID("6e0a3a52-0f5e-4d0b-9c3f-2d3a6b1e7a11")
FACT = SessionHeld(
    unit=UnitRef(code="01840"),
    held_on=date(2023, 6, 26),
    kind="outreach",
    attendance=44,
    organiser="mttq",
)


@pytest.fixture
async def campaigns(nats_server: TestNatsServer) -> AsyncIterator[Client]:
    """Give the connection of the service that answers, with the stream laid out."""
    name, password = nats_server.user("campaigns")
    client = await connect(nats_server.url, name=name, user=name, password=password)
    await ensure_stream(client, ingress_stream_shape("mttq"))
    yield client
    await client.close()


@pytest.fixture
async def door(nats_server: TestNatsServer) -> AsyncIterator[PartnerDoor]:
    run = Run(
        supervisor=0,
        ready=True,
        postgres=RunningServer(url=""),
        nats=RunningServer(url=nats_server.url),
        processes={},
        nats_users=dict([nats_server.user("mttq")]),
        jwks_file="",
    )
    async with PartnerDoor(run, Patience(Silence())) as opened:
        yield opened


async def _stored(campaigns: Client) -> list[UUID]:
    last = (await stream_state(campaigns, "IN_MTTQ")).last_sequence
    found = [
        await stored_message(campaigns, "IN_MTTQ", seq=sequence)
        for sequence in range(1, last + 1)
    ]
    return [UUID(json.loads(message.payload)["id"]) for message in found if message]


async def _answer(campaigns: Client, outcome: str, code: str) -> None:
    told = {"event_id": str(EVENT), "code": code, "message_en": "No such unit."}
    await campaigns.publish(f"out.mttq.{outcome}", json.dumps(told).encode())
    await campaigns.flush()


async def test_an_event_without_an_answer_is_sent_again_under_its_id(
    campaigns: Client, door: PartnerDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is lost twice; the same id is stored three times and then accepted."""
    monkeypatch.setattr(partner, "_ANSWERED_WITHIN_S", 0.1)
    before = len(await _stored(campaigns))

    sending = asyncio.create_task(door.send(EVENT, SESSION_HELD, FACT))
    while len(sent := (await _stored(campaigns))[before:]) < 3:
        await asyncio.sleep(0.02)
    await _answer(campaigns, "accepted", "accepted")
    await sending

    assert {EVENT} == set(sent)


async def test_a_rejected_event_stops_the_load(
    campaigns: Client, door: PartnerDoor
) -> None:
    """The refusal carries the code that campaigns gave."""
    before = len(await _stored(campaigns))

    sending = asyncio.create_task(door.send(EVENT, SESSION_HELD, FACT))
    while len(await _stored(campaigns)) == before:
        await asyncio.sleep(0.02)
    await _answer(campaigns, "rejected", "units.unknown")

    with pytest.raises(Refused, match=r"No such unit. \(units.unknown\)"):
        await sending
