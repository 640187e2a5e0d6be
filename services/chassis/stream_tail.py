"""How far does a stream hold a service's facts? Read back from its last messages.

The relay asks after every start and after every doubt; nothing else remembers it.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
from nats.aio.client import Client

from services.chassis.nats import (
    StoredMessage,
    StreamState,
    event_stream,
    stored_message,
)
from services.contracts.envelope import CloudEvent

MAX_STEPS_BACK = 1000

_decoder = msgspec.json.Decoder(CloudEvent)


class StreamUnreadable(Exception):
    """The stream ends in messages that no relay of ours wrote."""


@dataclass(slots=True)
class Tail:
    """The end of a stream: what was published last, in all and in each partition."""

    state: StreamState
    position: int
    chain: dict[int, int]

    @property
    def last_sequence(self) -> int:
        """Sequence that the next batch has to expect."""
        return self.state.last_sequence

    def moved_to(self, sequence: int, stored: int) -> None:
        """Take in that a batch was stored."""
        self.state = self.state._replace(
            messages=self.state.messages + stored, last_sequence=sequence
        )

    def is_still(self, state: StreamState) -> bool:
        """Whether the stream is as this relay left it."""
        return self.state._replace(first_sequence=0) == state._replace(first_sequence=0)


async def read_tail(
    client: Client, service: str, generation: str, partitions: int, state: StreamState
) -> Tail:
    """Read the end of the stream, whose state was asked for before.

    What another relay publishes in between makes the next expectation fail. Facts of
    another generation do not count. Raises StreamUnreadable, JetStreamRefused.
    """
    tail = Tail(state, 0, {})
    if state.messages == 0:
        return tail
    for last in await last_facts(client, service, range(partitions)):
        event = last.event
        if event.generation == generation:
            tail.chain[event.partition] = event.position
            tail.position = max(tail.position, event.position)
    return tail


class LastFact(NamedTuple):
    """The last fact that a stream holds of a partition, and where."""

    sequence: int
    event: CloudEvent


async def last_facts(
    client: Client, service: str, partitions: Iterable[int]
) -> list[LastFact]:
    """Return the last fact of each partition that has one.

    Raises StreamUnreadable, JetStreamRefused.
    """
    reader = _TailReader(client, service)
    found = await asyncio.gather(*(reader.last_of(p) for p in partitions))
    return [last for last in found if last is not None]


class _TailReader:
    def __init__(self, client: Client, service: str) -> None:
        self._client = client
        self._stream = event_stream(service)
        self._subject = f"ev.{service}"
        self._source = f"/svc/{service}"

    async def last_of(self, partition: int) -> LastFact | None:
        """Last fact of the partition, passing over what is no fact of ours."""
        prefix = f"{self._subject}.{partition}."
        found = await stored_message(
            self._client, self._stream, last_by_subj=f"{prefix}>"
        )
        for _ in range(MAX_STEPS_BACK):
            if found is None:
                return None
            if found.subject.startswith(prefix):
                event = self._decoded(found, partition)
                if event is not None:
                    return LastFact(found.sequence, event)
            found = await self._before(found)
        raise StreamUnreadable(f"{self._stream}, partition {partition}")

    async def _before(self, message: StoredMessage) -> StoredMessage | None:
        if message.sequence <= 1:
            return None
        return await stored_message(
            self._client, self._stream, seq=message.sequence - 1
        )

    def _decoded(self, message: StoredMessage, partition: int) -> CloudEvent | None:
        try:
            event = _decoder.decode(message.payload)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        ours = event.source == self._source and event.partition == partition
        return event if ours else None
