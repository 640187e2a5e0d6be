"""From the bytes of a source's messages to what a follower is to apply, in order.

Pure: given the places reached so far, it says which facts are new, which are poison,
and where it had to stop. The shard reader applies what comes out.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from services.chassis.followers import Delivered, Follower
from services.chassis.positions import NOWHERE, Place
from services.chassis.quarantine import Held, raw_key
from services.contracts.envelope import CloudEvent, PublicEvent

_envelope_decoder = msgspec.json.Decoder(CloudEvent)
_UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError)


class Gap(NamedTuple):
    """Facts of a partition that must come before the next message."""

    partition: int
    after: int
    until: int


class OtherGeneration(NamedTuple):
    """The next message belongs to another history than the one followed so far."""

    generation: str


class Item(NamedTuple):
    """One message that moves a place: a fact to apply, poison, or nothing of ours."""

    partition: int
    place: Place
    fact: Delivered | None
    poison: Held | None
    raw: bytes


@dataclass(slots=True)
class Plan:
    """What to do with the first ``taken`` messages, and why not with more."""

    items: list[Item] = field(default_factory=list)
    loose: list[Held] = field(default_factory=list)
    taken: int = 0
    stopped_by: Gap | OtherGeneration | None = None


def digest_after(digest: int, event: CloudEvent) -> int:
    """Digest of a partition's history with one more fact.

    It tells whether a restored store holds the same facts at the same positions; data
    is left out, because a contract may gain fields.
    """
    mark = f"{event.position} {event.id} {event.time.isoformat()}"
    return zlib.crc32(mark.encode(), digest)


class Planner:
    """Reads one source's messages for one follower."""

    def __init__(
        self, follower: Follower, source: str, catalogue: frozenset[str]
    ) -> None:
        self._source = source
        self._wire_source = f"/svc/{source}"
        self._known = catalogue | frozenset(follower.event_types)
        self._decoders = {
            name: msgspec.json.Decoder(shape)
            for name, shape in follower.event_types.items()
        }
        self.superseded: set[str] = set()

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
        current = dict(places)
        for raw in payloads:
            event = self._envelope(raw)
            if event is None:
                plan.loose.append(Held(raw_key(raw), "undecodable", {}, raw))
            elif event.generation not in self.superseded:
                place = current.get(event.partition, NOWHERE)
                stop = _stop(event, place, is_complete)
                if stop is not None:
                    plan.stopped_by = stop
                    return plan
                if event.position > place.position:
                    item = self._item(event, place, raw)
                    current[event.partition] = item.place
                    plan.items.append(item)
            plan.taken += 1
        return plan

    def _envelope(self, raw: bytes) -> CloudEvent | None:
        try:
            event = _envelope_decoder.decode(raw)
        except _UNDECODABLE:
            return None
        return event if event.source == self._wire_source else None

    def _item(self, event: CloudEvent, place: Place, raw: bytes) -> Item:
        moved = Place(
            event.generation,
            event.position,
            digest_after(place.digest, event),
            event.time,
        )
        fact, reason = self._fact(event)
        poison = None
        if reason is not None:
            poison = Held(event.id, reason, {"type": event.type}, raw)
        return Item(event.partition, moved, fact, poison, raw)

    def _fact(self, event: CloudEvent) -> tuple[Delivered | None, str | None]:
        decoder = self._decoders.get(event.type)
        if decoder is None:
            return None, None if event.type in self._known else "unknown_type"
        try:
            return self._delivered(event, decoder), None
        except _UNDECODABLE:
            return None, "contract_broken"

    def _delivered(
        self, event: CloudEvent, decoder: msgspec.json.Decoder[Any]
    ) -> Delivered:
        public: PublicEvent = decoder.decode(event.data)
        return Delivered(
            self._source,
            event.generation,
            event.partition,
            event.position,
            event.id,
            event.type,
            UUID(event.subject),
            event.time,
            public,
        )


def _stop(
    event: CloudEvent,
    place: Place,
    is_complete: bool,  # noqa: FBT001 - internal
) -> Gap | OtherGeneration | None:
    if place.position and event.generation != place.generation:
        return OtherGeneration(event.generation)
    if not is_complete and event.previous > place.position:
        return Gap(event.partition, place.position, event.previous)
    return None


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
