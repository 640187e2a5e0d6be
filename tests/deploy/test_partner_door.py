"""A partner sends events and hears answers through its own account, and only that."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

import nats
import nats.errors
import pytest
from nats.aio.client import Client

from deploy.nats_config import PARTNER_PAYLOAD
from services.campaigns.wiring import definition
from services.chassis.nats import ask, connect, ensure_stream, ingress_stream_shape
from tests.support.servers import TestNatsServer

Entrance = Callable[[str], Awaitable[Client]]


@pytest.fixture
async def entrance(nats_server: TestNatsServer) -> AsyncIterator[Entrance]:
    """Give connections by the name of the user, each with its private inbox."""
    opened: list[Client] = []

    async def enter(user: str) -> Client:
        name, password = nats_server.user(user)
        opened.append(
            await connect(nats_server.url, name=user, user=name, password=password)
        )
        return opened[-1]

    yield enter
    for client in opened:
        await client.close()


async def test_an_event_of_the_partner_is_stored_and_acknowledged(
    entrance: Entrance,
) -> None:
    """`events.x` of MTTQ becomes `in.mttq.x` in IN_MTTQ, and MTTQ sees the ack."""
    campaigns, mttq = await entrance("campaigns"), await entrance("mttq")
    before = (await ensure_stream(campaigns, ingress_stream_shape("mttq"))).messages

    answer = await mttq.request("events.session.held.v1", b'{"n": 1}', timeout=5)

    last = await ask(
        campaigns,
        "STREAM.MSG.GET.IN_MTTQ",
        {"last_by_subj": "in.mttq.session.held.v1"},
    )
    assert "IN_MTTQ" == json.loads(answer.data)["stream"]
    assert "in.mttq.session.held.v1" == last["message"]["subject"]
    assert (
        before + 1 == (await ask(campaigns, "STREAM.INFO.IN_MTTQ"))["state"]["messages"]
    )


async def test_the_partner_hears_its_answers(entrance: Entrance) -> None:
    """`out.mttq.rejected` of campaigns arrives at MTTQ as `answers.rejected`."""
    campaigns, mttq = await entrance("campaigns"), await entrance("mttq")
    answers = await mttq.subscribe("answers.*")
    await mttq.flush()

    await campaigns.publish("out.mttq.rejected", b'{"code": "x"}')

    heard = await answers.next_msg(timeout=5)
    assert ("answers.rejected", b'{"code": "x"}') == (heard.subject, heard.data)


async def test_the_partner_reaches_no_service(
    entrance: Entrance, nats_server: TestNatsServer
) -> None:
    """What the partner says on a subject of ours is heard by nobody."""
    tips, mttq = await entrance("tips"), await entrance("mttq")
    heard = await tips.subscribe("svc.tips.>")
    await tips.flush()

    await mttq.publish("svc.tips.v1.get", b"{}")
    await mttq.flush()

    with pytest.raises(nats.errors.TimeoutError):
        await heard.next_msg(timeout=0.3)


async def test_an_event_that_is_too_large_is_kept_to_be_answered(
    entrance: Entrance,
) -> None:
    """More than an event may hold comes in: its refusal is an answer, not silence."""
    campaigns, mttq = await entrance("campaigns"), await entrance("mttq")
    await ensure_stream(campaigns, ingress_stream_shape("mttq"))
    largest = {one.max_bytes for one in definition().ingresses}

    answer = await mttq.request(
        "events.session.held.v1", b"x" * (max(largest) + 1), timeout=5
    )

    assert "IN_MTTQ" == json.loads(answer.data)["stream"]


async def test_the_partner_cannot_flood_with_one_message(entrance: Entrance) -> None:
    """What is far too large ends the connection; nothing of it is stored."""
    campaigns, mttq = await entrance("campaigns"), await entrance("mttq")
    before = (await ensure_stream(campaigns, ingress_stream_shape("mttq"))).messages

    with pytest.raises((nats.errors.Error, TimeoutError)):
        await mttq.request(
            "events.session.held.v1", b"x" * (PARTNER_PAYLOAD + 1), timeout=0.5
        )

    await asyncio.sleep(0.05)
    after = (await ensure_stream(campaigns, ingress_stream_shape("mttq"))).messages
    assert before == after
