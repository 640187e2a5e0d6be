"""Has a follower read all that its source had told some seconds ago? A proof by heads.

For followers of which a missing fact would be dangerous: the stream is asked for its
last facts, and the follower's positions are compared with them later. What is held in
quarantine is missing.
"""

import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import sqlalchemy as sa

from services.chassis.bus import Bus
from services.chassis.positions import FollowerPositions, Place
from services.chassis.quarantine import holds_back
from services.chassis.service import Runtime
from services.chassis.stream_tail import last_facts

# A proof that takes longer is begun anew: the stream may have become another one.
PATIENCE_SECONDS = 20.0

Heads = Mapping[int, "Head"]
Note = Callable[[sa.Connection, float], None]


class Head(NamedTuple):
    """The last fact that a stream holds of a partition."""

    generation: str
    position: int


class Completeness:
    """Proves for one follower and source, again and again."""

    def __init__(self, follower: str, source: str, note: Note) -> None:
        """Call ``note`` with a proof's age in seconds, in its transaction."""
        self._follower = follower
        self._source = source
        self._note = note
        self._heads: Heads | None = None
        self._asked_at = 0.0

    async def prove(self, runtime: Runtime) -> bool:
        """Go on with the proof, and say whether it is done.

        Raises BUS_ERRORS, JetStreamRefused, StreamUnreadable, StoreUnavailable.
        """
        bus = runtime.nats
        if not isinstance(bus, Bus) or not bus.is_connected:
            return False
        if time.monotonic() - self._asked_at > PATIENCE_SECONDS:
            self._heads = None
        schema = f"{runtime.name}_write"
        if self._heads is None:
            self._asked_at = time.monotonic()
            read = await runtime.read(self._positions(schema).load)
            heads = await _heads(bus, self._source, runtime.settings.partitions)
            if _lies_behind(heads, read):
                return False  # a stream that was lost is being filled again
            self._heads = heads
        if not await runtime.write(self._settle, schema, self._heads):
            return False
        self._heads = None
        return True

    def _positions(self, schema: str) -> FollowerPositions:
        return FollowerPositions(schema, self._follower, self._source)

    def _settle(self, conn: sa.Connection, schema: str, heads: Heads) -> bool:
        places = self._positions(schema).held(conn)
        for partition, head in heads.items():
            place = places.get(partition)
            if place is None or place.generation != head.generation:
                return False
            if place.position < head.position:
                return False
        if holds_back(conn, schema, self._follower, self._source):
            return False
        self._note(conn, time.monotonic() - self._asked_at)
        return True


async def _heads(bus: Bus, source: str, partitions: int) -> Heads:
    """Return the heads of the generation that was told last."""
    last = await last_facts(bus, source, range(partitions))
    newest = max(last, key=lambda fact: fact.sequence, default=None)
    return {
        fact.event.partition: Head(fact.event.generation, fact.event.position)
        for fact in last
        if newest is not None and fact.event.generation == newest.event.generation
    }


def _lies_behind(heads: Heads, read: Mapping[int, Place]) -> bool:
    """Tell whether a stream holds less than was read of the same generation before."""
    places = {p: place for p, place in read.items() if place.position}
    if not heads:
        return bool(places)
    (generation,) = {head.generation for head in heads.values()}
    return any(
        partition not in heads or heads[partition].position < place.position
        for partition, place in places.items()
        if place.generation == generation
    )
