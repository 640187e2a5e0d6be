"""A durable consumer that an older version of ours left is replaced."""

from services.chassis.nats import (
    ask,
    ensure_consumer,
    ensure_stream,
    event_stream,
    event_stream_shape,
)
from tests.support.movement import World
from tests.support.sample import SERVICE


async def test_consumer_of_an_older_shape_is_made_anew(world: World) -> None:
    """What cannot be changed in place is deleted: positions stand in our own rows."""
    client = await world.client()
    stream = event_stream(SERVICE)
    await ensure_stream(client, event_stream_shape(SERVICE))
    old = {"name": "reader", "durable_name": "reader", "ack_policy": "all"}
    await ask(
        client,
        f"CONSUMER.CREATE.{stream}.reader",
        {"stream_name": stream, "config": old, "action": ""},
    )
    await ensure_consumer(client, stream, "reader")
    found = await ask(client, f"CONSUMER.INFO.{stream}.reader")
    assert "explicit" == found["config"]["ack_policy"]
    assert "pinned_client" == found["config"]["priority_policy"]
