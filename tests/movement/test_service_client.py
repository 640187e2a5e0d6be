"""The caller's end: answers, refusals and silence as the gateway meets them."""

import asyncio
import time
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from services.chassis.service_client import (
    RemoteRefusal,
    ServiceAway,
    ServiceClient,
    ServiceLate,
)
from tests.support.movement import World
from tests.support.sample import SERVICE
from tests.support.verbs import (
    Doings,
    Nothing,
    Open,
    Raise,
    Start,
    Wait,
)


async def test_a_command_takes_effect_once_however_often_it_is_sent(
    start: Start, client: ServiceClient
) -> None:
    """The same key answers the same; with another body it is refused."""
    await start()
    key = uuid4()

    first = await client.call(SERVICE, "open", Open("a"), key=key)
    again = await client.call(SERVICE, "open", Open("a"), key=key)
    with pytest.raises(RemoteRefusal) as refusal:
        await client.call(SERVICE, "open", Open("b"), key=key)

    assert first == again
    assert "commands.key_reused" == refusal.value.code


async def test_a_refusal_arrives_as_the_service_worded_it(
    start: Start, client: ServiceClient
) -> None:
    """Code, kind and both languages."""
    await start()
    opened = await client.call(SERVICE, "open", Open("a"), key=uuid4())
    tally_id = UUID(msgspec.json.decode(opened)["id"])

    with pytest.raises(RemoteRefusal) as refusal:
        await client.call(SERVICE, "raise", Raise(tally_id, by=5, limit=4), key=uuid4())

    assert ("sample.tally.full", 409) == (refusal.value.code, refusal.value.status)
    assert "Đã đủ 4." == refusal.value.message_vi


async def test_a_query_ends_at_its_deadline(
    start: Start, client: ServiceClient, doings: Doings
) -> None:
    """The caller is told in time, and the work is given up."""
    await start()
    began = time.monotonic()

    with pytest.raises((RemoteRefusal, ServiceLate)):
        await client.call(SERVICE, "wait", Wait(3.0), deadline_s=0.4)

    assert 1.5 > time.monotonic() - began
    await asyncio.sleep(0.2)
    assert 0 == doings.ended


async def test_a_read_is_asked_again_when_a_replica_is_silent(
    start: Start, world: World, client: ServiceClient
) -> None:
    """A dead replica costs a part of the time, not the answer."""
    bus = await world.client()
    heard = 0

    async def silent(_: Any) -> None:
        nonlocal heard
        heard += 1

    mute = await bus.subscribe(f"svc.{SERVICE}.v1.>", queue=f"svc.{SERVICE}", cb=silent)
    await bus.flush()
    asking = asyncio.create_task(
        client.call(SERVICE, "wait", Wait(0.0), deadline_s=3.0)
    )
    while not heard:
        await asyncio.sleep(0.01)
    await mute.unsubscribe()
    await start()

    assert b"{}" == await asking


async def test_a_service_that_is_not_there_is_known_at_once(
    client: ServiceClient,
) -> None:
    """And after a few tries nobody is asked for a while."""
    began = time.monotonic()

    for _ in range(6):
        with pytest.raises(ServiceAway):
            await client.call(SERVICE, "wait", Wait())

    assert 2.0 > time.monotonic() - began


async def test_an_answer_that_fits_in_no_message_is_refused(
    start: Start, client: ServiceClient
) -> None:
    """The caller is told to ask for fewer rows."""
    await start()

    with pytest.raises(RemoteRefusal) as refusal:
        await client.call(SERVICE, "large", Nothing())

    assert "requests.answer_too_large" == refusal.value.code
