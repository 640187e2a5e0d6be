"""The relay: a service's recorded facts into its stream, in order, each exactly once.

One runs in every process of a service; the stream itself holds how far it got. Each
atomic batch names the stream's last sequence that it expects, so that two relays, a
paused relay, or one that died between publishing and hearing of it, fence each other.
"""

import asyncio
import contextlib
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple, ParamSpec, TypeVar

import sqlalchemy as sa
import structlog
from nats.aio.client import Client
from prometheus_client import Counter, Gauge

from services.chassis.batch_publisher import BatchPublisher, BatchRefused
from services.chassis.envelopes import Envelopes, Message, Publish
from services.chassis.event_store import EventLog, SafeMarkBusy
from services.chassis.nats import (
    BUS_ERRORS,
    JetStreamRefused,
    ensure_stream,
    event_stream,
    event_stream_shape,
    stream_state,
)
from services.chassis.stream_tail import StreamUnreadable, Tail, read_tail

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger()

BATCH = 1000
BATCH_BYTES = 4_000_000
POLL_SECONDS = 0.05
CHECK_SECONDS = 5.0
_FIRST_WAIT, _LONGEST_WAIT = 0.05, 2.0

_PUBLISHED = Counter("binhyen_relay_published", "Facts published.", ("service",))
_RESYNCS = Counter("binhyen_relay_resyncs", "New starts.", ("service", "reason"))
_POSITION = Gauge("binhyen_relay_position", "Last position relayed.", ("service",))


class StoreBehindStream(Exception):
    """The stream holds facts of this generation that the store does not have.

    The store was restored without a new generation; nothing may be published over it.
    """


class _StreamChanged(Exception):
    """The stream is not what this relay left: emptied, recreated, or moved on."""


_HEALING: tuple[type[BaseException], ...] = (
    BatchRefused,
    JetStreamRefused,
    StreamUnreadable,
    _StreamChanged,
    sa.exc.SQLAlchemyError,
    *BUS_ERRORS,
)


class _Read(NamedTuple):
    """One page of the log: how far it goes, and what of it is public."""

    position: int
    messages: list[Message]


class Relay:
    """Moves one service's facts from its store to its stream."""

    def __init__(
        self,
        client: Client,
        event_log: EventLog,
        publish: Publish,
        *,
        service: str,
        partitions: int = 8,
        replicas: int = 1,
    ) -> None:
        self._client = client
        self._log = event_log
        self._publish = publish
        self._service = service
        self._partitions = partitions
        self._stream = event_stream(service)
        self._shape = event_stream_shape(service, replicas=replicas)
        self._publisher = BatchPublisher(client)
        self._woken = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="relay")
        self._stopping = False
        self._calm_batches = 0
        self._check_at = 0.0
        self.position = 0

    def wake(self) -> None:
        """Tell the relay, from the event loop, that something was committed."""
        self._woken.set()

    async def run(self) -> None:
        """Relay until stopped. Raises StoreBehindStream, which needs an operator."""
        wait = _FIRST_WAIT
        try:
            while not self._stopping:
                try:
                    await self._relay()
                except StoreBehindStream:
                    raise
                except _HEALING as error:
                    self._report(error)
                except Exception as error:
                    # Ours, in publishing.py say. Nothing is skipped, commands go on.
                    self._report(error)
                    log.exception("relay.defect", position=self.position)
                if self._calm_batches > 1:
                    wait = _FIRST_WAIT
                self._calm_batches = 0
                await self._pause(random.uniform(wait / 2, wait))  # noqa: S311 - jitter
                wait = min(wait * 2, _LONGEST_WAIT)
        finally:
            self._thread.shutdown()
            await self._publisher.close()

    def stop(self) -> None:
        """Finish the current batch, then let ``run`` return."""
        self._stopping = True
        self._woken.set()

    def _report(self, error: BaseException) -> None:
        reason = type(error).__name__
        _RESYNCS.labels(self._service, reason).inc()
        log.warning("relay.resync", reason=reason, position=self.position)

    async def _relay(self) -> None:
        tail, envelopes = await self._resync()
        reading = self._start_reading(tail.position, envelopes)
        try:
            while not self._stopping:
                page = await reading
                if page is None:
                    await self._wait_for_more(tail)
                    reading = self._start_reading(self.position, envelopes)
                    continue
                # The next page is read while this one is being published.
                reading = self._start_reading(page.position, envelopes)
                await self._publish_page(page, tail)
        finally:
            with contextlib.suppress(Exception):
                await reading

    async def _resync(self) -> tuple[Tail, Envelopes]:
        generation = str(await self._in_thread(self._log.generation))
        state = await ensure_stream(self._client, self._shape)
        tail = await read_tail(
            self._client,
            self._service,
            generation,
            partitions=self._partitions,
            state=state,
        )
        head = await self._in_thread(self._log.head)
        if tail.position > head:
            raise StoreBehindStream(
                f"{self._stream} is at {tail.position}, the store at {head}"
            )
        envelopes = Envelopes(
            self._service, generation, self._publish, self._partitions
        )
        envelopes.chain.update(tail.chain)
        self._moved_to(tail.position)
        self._check_at = asyncio.get_running_loop().time() + CHECK_SECONDS
        return tail, envelopes

    def _start_reading(
        self, position: int, envelopes: Envelopes
    ) -> "asyncio.Task[_Read | None]":
        return asyncio.create_task(self._in_thread(self._read, position, envelopes))

    def _read(self, position: int, envelopes: Envelopes) -> _Read | None:
        try:
            recorded = self._log.read_after(position, BATCH)
        except SafeMarkBusy:
            return None
        if not recorded:
            return None
        messages = [m for event in recorded if (m := envelopes.message(event))]
        return _Read(recorded[-1].position, messages)

    async def _publish_page(self, page: _Read, tail: Tail) -> None:
        for messages in _within_bytes(page.messages):
            last = await self._publisher.publish(messages, tail.last_sequence)
            tail.moved_to(last, len(messages))
            _PUBLISHED.labels(self._service).inc(len(messages))
        self._calm_batches += 1
        self._moved_to(page.position)

    def _moved_to(self, position: int) -> None:
        self.position = position
        _POSITION.labels(self._service).set(position)

    async def _wait_for_more(self, tail: Tail) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._check_at:
            self._check_at = now + CHECK_SECONDS
            if not tail.is_still(await stream_state(self._client, self._stream)):
                raise _StreamChanged
        await self._pause(POLL_SECONDS)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), seconds)
        if not self._stopping:
            self._woken.clear()

    async def _in_thread(
        self, work: Callable[P, T], *args: P.args, **kw: P.kwargs
    ) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, partial(work, *args, **kw))


def _within_bytes(messages: list[Message]) -> Iterator[list[Message]]:
    """Cut a page into batches that the server is willing to hold in memory."""
    batch: list[Message] = []
    size = 0
    for message in messages:
        if size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += len(message.payload)
    if batch:
        yield batch
