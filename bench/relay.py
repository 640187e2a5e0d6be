"""Store to JetStream: the real relay beside atomic batches over a raw socket."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa
import uvloop
from nats.aio.client import Client

from bench.facts import (
    PARTITIONS,
    SERVICE,
    STREAM,
    communes_of_2023,
    stored_sessions,
    told_sessions,
)
from bench.ground import Ground, ground
from bench.house import House
from bench.measure import Row, interleaved, least_row, ratio_row
from services.campaigns.domain.session import Session
from services.campaigns.publishing import publish
from services.chassis import nats
from services.chassis.envelopes import Message
from services.chassis.event_store import EventLog, insert_rows
from services.chassis.mapper import EventMapper
from services.chassis.outbox import Relay

RAW_LIMIT: Final = (
    "the same envelopes, made beforehand, in atomic batches of 1000 over a raw socket"
    " into the same stream; both with sync_interval: always"
)
EVENTS: Final = 60_000
_AT_ONCE: Final = 5_000


def measure(house: House) -> Iterator[Row]:
    """Relay a log of 60,000 events, again and again into an empty stream."""
    communes = communes_of_2023(house)
    with ground(house) as place:
        engine = place.make_store(SERVICE)
        log = fill_log(engine, communes)
        messages = told_sessions(communes, EVENTS)
        ours, raw = interleaved(
            lambda: uvloop.run(_relay(place, log)),
            lambda: _raw(place, messages),
        )
        engine.dispose()
    yield ratio_row("Relay, store to JetStream, fsync always", "/s", ours, raw, 0.3)
    yield least_row("Relay, events a second", "/s", ours, 20_000)


def fill_log(engine: sa.Engine, communes: Sequence[UUID]) -> EventLog:
    """Store the events as campaigns would, and return their log."""
    log = EventLog(engine, f"{SERVICE}_write", EventMapper([Session]))
    rows = list(stored_sessions(communes, EVENTS))
    with engine.begin() as connection:
        for start in range(0, EVENTS, _AT_ONCE):
            insert_rows(connection, log.statements, rows[start : start + _AT_ONCE])
    return log


async def _relay(place: Ground, log: EventLog) -> float:
    client = await nats.connect(
        place.nats_url, name="bench", user=place.user[0], password=place.user[1]
    )
    await _drop_stream(client)
    relay = Relay(client, log, publish, service=SERVICE, partitions=PARTITIONS)
    started = time.perf_counter()
    running = asyncio.create_task(relay.run())
    while relay.position < EVENTS:  # noqa: ASYNC110 - the relay tells nobody
        await asyncio.sleep(0.002)
    spent = time.perf_counter() - started
    relay.stop()
    await running
    stored = await nats.stream_state(client, STREAM)
    assert stored.messages == EVENTS, stored
    await client.close()
    return EVENTS / spent


async def _drop_stream(client: Client) -> None:
    try:
        await nats.ask(client, f"STREAM.DELETE.{STREAM}")
    except nats.JetStreamRefused as refusal:
        if not refusal.is_missing:
            raise


def _raw(place: Ground, messages: Sequence[Message]) -> float:
    with place.raw_nats() as raw:
        raw.new_stream(nats.event_stream_shape(SERVICE))
        pairs = [(message.subject, message.payload) for message in messages]
        started = time.perf_counter()
        raw.publish(pairs)
        return len(pairs) / (time.perf_counter() - started)
