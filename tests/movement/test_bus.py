"""The short way in hands out what the wire brought, however it was cut."""

import asyncio

import pytest

from services.chassis.bus import Bus
from tests.support.movement import World, until

WIRE = (
    b"MSG a.b 1 5\r\nhello\r\n"
    b"+OK\r\n"
    b"HMSG a.b 1 reply.to 12 17\r\nNATS/1.0\r\n\r\nhello\r\n"
    b"HMSG a.c 1 12 12\r\nNATS/1.0\r\n\r\n\r\n"
    b"MSG a.b 1 reply.to 9\r\n\r\nMSG 1\r\n\r\n"
)
MESSAGES = [
    (b"a.b", b"", b"hello", b""),
    (b"a.b", b"reply.to", b"hello", b"NATS/1.0\r\n\r\n"),
    (b"a.c", b"", b"", b"NATS/1.0\r\n\r\n"),
    (b"a.b", b"reply.to", b"\r\nMSG 1\r\n", b""),
]


@pytest.mark.parametrize("cut", range(1, len(WIRE)))
async def test_a_message_may_be_cut_anywhere(cut: int) -> None:
    """Two reads or one: the same messages."""
    taken: list[tuple[bytes, ...]] = []
    bus = Bus()
    bus._short_ways[1] = lambda *message: taken.append(message)

    await bus._ps.parse(WIRE[:cut])
    await bus._ps.parse(WIRE[cut:])

    assert MESSAGES == taken


async def test_byte_by_byte_is_as_good_as_at_once() -> None:
    """The slowest wire there is."""
    taken: list[tuple[bytes, ...]] = []
    bus = Bus()
    bus._short_ways[1] = lambda *message: taken.append(message)

    for place in range(len(WIRE)):
        await bus._ps.parse(WIRE[place : place + 1])

    assert MESSAGES == taken


async def test_both_ways_live_on_one_connection(world: World) -> None:
    """Ten thousand messages to each, mixed, none lost and in order."""
    bus, sender = await world.client(), await world.client()
    short: list[int] = []
    ordinary: list[int] = []

    async def on_message(message: object) -> None:
        ordinary.append(int(message.data))  # type: ignore[attr-defined]

    await bus.subscribe("x.ordinary", cb=on_message)
    await bus.subscribe_frames("x.short", lambda *m: short.append(int(m[2])))
    await bus.flush()

    for number in range(10_000):
        await sender.publish("x.short", b"%d" % number)
        await sender.publish("x.ordinary", b"%d" % number, headers={"a": "b"})
    await sender.flush()

    await until(lambda: 10_000 == len(short) == len(ordinary))
    assert list(range(10_000)) == short == ordinary


async def test_an_ended_subscription_is_heard_no_more(world: World) -> None:
    """Its messages go nowhere."""
    bus, sender = await world.client(), await world.client()
    heard: list[bytes] = []
    subscription = await bus.subscribe_frames("x.y", lambda *m: heard.append(m[2]))
    await bus.flush()
    await bus.unsubscribe_frames(subscription)

    await sender.publish("x.y", b"late")
    await sender.flush()
    await asyncio.sleep(0.1)

    assert [] == heard
