"""A service's recorded events as the public facts that leave it.

The relay and the answer to events_after write the same envelopes through this module.
"""

import zlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from services.chassis.event_store import RecordedEvent
from services.contracts.envelope import PublicEvent, subject_of

Publish = Callable[[RecordedEvent], PublicEvent | None]


class Message(NamedTuple):
    """A public fact, ready for the wire."""

    partition: int
    subject: bytes
    payload: bytes


class _Outgoing(msgspec.Struct):
    """CloudEvent with its data still typed, so that one pass encodes both."""

    specversion: str
    id: str
    source: str
    type: str
    subject: UUID
    time: datetime
    datacontenttype: str
    position: int
    previous: int
    partition: int
    generation: str
    data: Any


def partition_of(aggregate_id: UUID, partitions: int) -> int:
    """Partition of an aggregate's facts, the same for ever and in every language."""
    return zlib.crc32(aggregate_id.bytes) % partitions


class Envelopes:
    """Writes envelopes in log order, each pointing back to its partition's last.

    ``chain`` holds, for each partition, the position of the fact that was published
    last; ``floor`` stands in for partitions that it does not name.
    """

    def __init__(
        self, service: str, generation: str, publish: Publish, partitions: int
    ) -> None:
        self._source = f"/svc/{service}"
        self._service = service
        self._generation = generation
        self._publish = publish
        self._partitions = partitions
        self._subjects: dict[tuple[int, str], bytes] = {}
        self._encode = msgspec.json.Encoder().encode
        self.chain: dict[int, int] = {}
        self.floor = 0

    def message(self, recorded: RecordedEvent) -> Message | None:
        """Return the fact's envelope, or None when it is private."""
        public = self._publish(recorded)
        if public is None:
            return None
        position, event, _, aggregate_id, version = recorded
        partition = zlib.crc32(aggregate_id.bytes) % self._partitions
        outgoing = _Outgoing(
            "1.0",
            f"{aggregate_id}/{version}",
            self._source,
            public.TYPE,
            aggregate_id,
            event.timestamp.replace(microsecond=0),
            "application/json",
            position,
            self.chain.get(partition, self.floor),
            partition,
            self._generation,
            public,
        )
        self.chain[partition] = position
        subject = self._subject(partition, public.TYPE)
        return Message(partition, subject, self._encode(outgoing))

    def _subject(self, partition: int, event_type: str) -> bytes:
        key = (partition, event_type)
        subject = self._subjects.get(key)
        if subject is None:
            subject = subject_of(self._service, partition, event_type).encode()
            self._subjects[key] = subject
        return subject
