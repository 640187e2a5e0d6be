"""From the bytes of a source's messages to what a follower is to apply, in order.

Pure: given the places reached so far, it says which facts are new, which are poison,
and where it had to stop. The shard reader applies what comes out.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from services.chassis.followers import Delivered, Follower
from services.chassis.positions import NOWHERE, Place
from services.chassis.quarantine import Held, raw_key
from services.contracts.envelope import PublicEvent


class Envelope(msgspec.Struct, frozen=True, gc=False):
    """The parts of a CloudEvent that a reader needs; half a million fit in a second."""

    id: str
    source: str
    type: str
    subject: UUID
    time: datetime
    position: int
    previous: int
    partition: int
    generation: str
    data: msgspec.Raw


_envelope_decoder = msgspec.json.Decoder(Envelope)
_UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError)


class Gap(NamedTuple):
    """Facts of a partition that must come before the next message."""

    partition: int
    after: int
    until: int
    generation: str


class OtherGeneration(NamedTuple):
    """The next message belongs to another history than the one followed so far."""

    generation: str


class Item(NamedTuple):
    """One message that moves a place: a fact to apply, poison, or nothing of ours."""

    event: Envelope
    digest: int
    fact: Delivered | None
    poison: Held | None
    raw: bytes

    @property
    def place(self) -> Place:
        """Where its partition is once the item is applied."""
        event = self.event
        return Place(event.generation, event.position, self.digest, event.time)


@dataclass(slots=True)
class Plan:
    """What to do with the first ``taken`` messages, and why not with more."""

    items: list[Item] = field(default_factory=list)
    loose: list[Held] = field(default_factory=list)
    taken: int = 0
    stopped_by: Gap | OtherGeneration | None = None


def places_after(items: Sequence[Item]) -> dict[int, Place]:
    """Return where the items' partitions are once all of them are applied."""
    last = {item.event.partition: item for item in items}
    return {partition: item.place for partition, item in last.items()}


def read_envelope(raw: bytes | msgspec.Raw) -> Envelope | None:
    """Return the envelope of a message, or None when it is not one."""
    try:
        return _envelope_decoder.decode(raw)
    except _UNDECODABLE:
        return None


def digest_after(digest: int, event: Envelope) -> int:
    """Digest of a partition's history with one more fact.

    It tells whether a restored store holds the same facts at the same positions; data
    is left out, because a contract may gain fields.
    """
    mark = f"{event.position} {event.id} {event.time.timestamp()}"
    return zlib.crc32(mark.encode(), digest)


class Planner:
    """Reads one source's messages for one follower."""

    def __init__(
        self, follower: Follower, source: str, catalogue: frozenset[str]
    ) -> None:
        self._source = source
        self._wire_source = f"/svc/{source}"
        self._known = catalogue | known_types(source) | frozenset(follower.event_types)
        self._decoders = {
            name: msgspec.json.Decoder(shape)
            for name, shape in follower.event_types.items()
        }
        self.superseded: set[str] = set()
        # The generation that a partition without a place may begin with, if known.
        self.adopts: str | None = None

    def plan(
        self,
        payloads: Sequence[bytes],
        places: Mapping[int, Place],
        *,
        is_complete: bool = False,
    ) -> Plan:
        """Plan the messages from where ``places`` are.

        ``is_complete`` says that nothing is missing between them (an answer to
        events_after), so that no gap is looked for.
        """
        plan = Plan()
        current = {p: (q.generation, q.position, q.digest) for p, q in places.items()}
        for raw in payloads:
            event = read_envelope(raw)
            if event is None or event.source != self._wire_source:
                plan.loose.append(Held(raw_key(raw), "undecodable", {}, raw))
            elif event.generation not in self.superseded:
                generation, position, digest = current.get(event.partition, _START)
                expected = generation if position else self.adopts
                if expected is not None and event.generation != expected:
                    plan.stopped_by = OtherGeneration(event.generation)
                    return plan
                if event.previous > position and not is_complete:
                    plan.stopped_by = _gap(event, position)
                    return plan
                if event.position > position:
                    digest = digest_after(digest, event)
                    current[event.partition] = event.generation, event.position, digest
                    plan.items.append(self._item(event, digest, raw))
            plan.taken += 1
        return plan

    def again(self, raw: bytes) -> Item | None:
        """Return what a quarantined message is by now; None while it is poison."""
        event = read_envelope(raw)
        if event is None or event.source != self._wire_source:
            return None
        item = self._item(event, 0, raw)
        return item if item.poison is None else None

    def _item(self, event: Envelope, digest: int, raw: bytes) -> Item:
        decoder = self._decoders.get(event.type)
        reason = None
        if decoder is not None:
            try:
                return Item(event, digest, self._fact(event, decoder), None, raw)
            except _UNDECODABLE:
                reason = "contract_broken"
        elif event.type not in self._known:
            reason = "unknown_type"
        poison = reason and Held(event.id, reason, {"type": event.type}, raw)
        return Item(event, digest, None, poison or None, raw)

    def _fact(self, event: Envelope, decoder: msgspec.json.Decoder[Any]) -> Delivered:
        public: PublicEvent = decoder.decode(event.data)
        return Delivered(
            self._source,
            event.generation,
            event.partition,
            event.position,
            event.id,
            event.type,
            event.subject,
            event.time,
            public,
        )


def _gap(event: Envelope, position: int) -> Gap:
    return Gap(event.partition, position, event.previous, event.generation)


_START = NOWHERE.generation, NOWHERE.position, NOWHERE.digest


def known_types(source: str) -> frozenset[str]:
    """Wire types of a source's contracts, as far as this process has loaded them.

    Importing one contract of a source loads its whole module.
    """
    found: set[str] = set()
    waiting = [*PublicEvent.__subclasses__()]
    while waiting:
        shape = waiting.pop()
        waiting += shape.__subclasses__()
        if (name := getattr(shape, "TYPE", None)) and name.startswith(f"{source}."):
            found.add(name)
    return frozenset(found)
