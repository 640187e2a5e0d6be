"""How far the figures have followed each source: the last word of every answer.

Positions come from the follower's own rows; the heads of the streams are asked of NATS
now and then. A head that was seen a while ago still proves a lower bound.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import msgspec
import sqlalchemy as sa
from nats.aio.client import Client

from services.chassis.clock import utc_now
from services.chassis.nats import (
    BUS_ERRORS,
    JetStreamRefused,
    StreamState,
    event_stream,
    stored_message,
    stream_state,
)
from services.chassis.positions import Reached, positions_reached
from services.chassis.service import Runtime
from services.contracts.envelope import CloudEvent
from services.contracts.reporting.api import Freshness, SourceFreshness
from services.reporting.read_models.figures_follower import FOLLOWER, SOURCES
from services.reporting.read_models.waiting_facts import WaitingFacts

EXTRA: Final = "stream_heads"
ASK_AGAIN_SECONDS: Final = 0.5
PATIENCE_SECONDS: Final = 0.5
STALE_SECONDS: Final = 5.0

_envelope = msgspec.json.Decoder(CloudEvent)


class Head(NamedTuple):
    """The last event that a partition of a stream holds."""

    generation: str
    position: int


class Heads(NamedTuple):
    """What a stream held at some moment.

    Whoever has applied every partition's head has applied every event up to
    ``position``; the heads themselves were asked one after another and may lie beyond.
    """

    position: int
    partitions: Mapping[int, Head]


@dataclass
class _Known:
    state: StreamState
    heads: Heads
    asked_at: float


class StreamHeads:
    """Remembers the last events of the sources' streams; asks again when they age."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._asked_at = 0.0
        self._asking = asyncio.Lock()

    def of(self, source: str) -> Heads | None:
        """Return the heads that are known; None before any answer."""
        known = self._known.get(source)
        return None if known is None else known.heads

    def is_fresh(self, source: str) -> bool:
        """Tell whether the heads were asked for a moment ago."""
        known = self._known.get(source)
        return known is not None and time.monotonic() - known.asked_at < STALE_SECONDS

    async def refresh(self, runtime: Runtime) -> None:
        """Ask the streams, at most twice a second; without NATS the old heads stay."""
        nats = runtime.nats
        if nats is None or not nats.is_connected or not self._aged():
            return
        async with self._asking:
            if not self._aged():
                return
            asked = (self._ask(runtime, source) for source in SOURCES)
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await asyncio.gather(*asked)
            except BUS_ERRORS:
                pass
            self._asked_at = time.monotonic()

    def _aged(self) -> bool:
        return time.monotonic() - self._asked_at >= ASK_AGAIN_SECONDS

    async def _ask(self, runtime: Runtime, source: str) -> None:
        nats = runtime.nats
        if nats is None:
            return
        stream = event_stream(source)
        try:
            state = await stream_state(nats, stream)
        except JetStreamRefused:
            return
        known = self._known.get(source)
        if known is not None and known.state == state:
            known.asked_at = time.monotonic()
            return
        heads = await _heads(nats, source, state, runtime.settings.partitions)
        self._known[source] = _Known(state, heads, time.monotonic())


async def _heads(
    client: Client, source: str, state: StreamState, partitions: int
) -> Heads:
    stream = event_stream(source)
    asked = range(partitions)
    found = await asyncio.gather(
        *(_head(client, stream, last_by_subj=f"ev.{source}.{p}.>") for p in asked)
    )
    heads = {p: head for p, head in zip(asked, found, strict=True) if head}
    if await stream_state(client, stream) == state:
        return Heads(max((h.position for h in heads.values()), default=0), heads)
    # It grew meanwhile: only what it held before the first head was asked is sure.
    last = await _head(client, stream, seq=state.last_sequence)
    return Heads(0 if last is None else last.position, heads)


async def _head(client: Client, stream: str, **which: object) -> Head | None:
    message = await stored_message(client, stream, **which)
    if message is None:
        return None
    event = _envelope.decode(message.payload)
    return Head(event.generation, event.position)


def source_freshness(
    source: str,
    reached: Mapping[int, Reached],
    heads: Heads | None,
    *,
    heads_are_fresh: bool,
    partitions: int,
) -> SourceFreshness:
    """Return how far a source is counted.

    Where a partition has all that its stream held, it holds nothing back; so the
    whole is complete to the stream's head, or to the furthest partition that lags.
    """
    newest = max(reached.values(), key=lambda r: r.applied_at, default=None)
    behind = _behind(reached, {} if heads is None else heads.partitions)
    everywhere = min(_position(reached, p) for p in range(partitions))
    complete = everywhere
    if heads is not None:
        lagging = min((_position(reached, p) for p in behind), default=heads.position)
        complete = max(everywhere, min(lagging, heads.position))
    times = [r.event_time for r in reached.values() if r.event_time is not None]
    known = heads is not None and heads_are_fresh
    return SourceFreshness(
        source=source,
        generation=None if newest is None else newest.generation,
        complete_to_position=complete,
        head=max(heads.position, complete) if heads is not None and known else None,
        caught_up=not behind if known else None,
        event_time=max(times, default=None),
        applied_at=None if newest is None else newest.applied_at,
    )


def _position(reached: Mapping[int, Reached], partition: int) -> int:
    return reached[partition].position if partition in reached else 0


def _behind(reached: Mapping[int, Reached], heads: Mapping[int, Head]) -> list[int]:
    return [
        partition
        for partition, head in heads.items()
        if partition not in reached
        or reached[partition].generation != head.generation
        or reached[partition].position < head.position
    ]


def freshness(
    conn: sa.Connection, waiting: WaitingFacts, heads: StreamHeads, partitions: int
) -> Freshness:
    """Return the freshness of whatever is read in the same snapshot."""
    reached: dict[str, dict[int, Reached]] = {source: {} for source in SOURCES}
    for row in positions_reached(conn, "reporting_write", FOLLOWER):
        reached[row.source][row.partition] = row
    return Freshness(
        sources=[
            source_freshness(
                source,
                reached[source],
                heads.of(source),
                heads_are_fresh=heads.is_fresh(source),
                partitions=partitions,
            )
            for source in SOURCES
        ],
        waiting_facts=waiting.count(conn),
        answered_at=utc_now(),
    )
