"""The other services as reporting sees them: their streams, and their answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import msgspec
from nats.aio.client import Client
from nats.aio.msg import Msg

from services.chassis.envelopes import Envelopes, Message
from services.chassis.event_store import RecordedEvent
from services.chassis.history import EventsAfter, HistoryPage
from services.chassis.nats import ask, ensure_stream, event_stream, event_stream_shape
from services.contracts.envelope import PublicEvent

TOLD_AT = datetime(2026, 9, 1, 2, 3, 4, tzinfo=UTC)


@dataclass
class Source:
    """A service with a store of public facts, of which the stream may hold less."""

    name: str
    client: Client
    generation: str = "first-life"
    messages: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._envelopes = Envelopes(
            self.name, self.generation, lambda r: cast("Any", r.event).public, 8
        )

    def record(
        self, event: PublicEvent, aggregate: UUID | None = None, version: int = 1
    ) -> Message:
        """Put a fact into the store."""
        stored = SimpleNamespace(timestamp=TOLD_AT, public=event)
        place = RecordedEvent(
            len(self.messages) + 1,
            cast("Any", stored),
            event.TYPE,
            aggregate or uuid4(),
            version,
        )
        message = self._envelopes.message(place)
        assert message is not None
        self.messages.append(message)
        return message

    async def tell(self, *events: PublicEvent) -> None:
        """Record facts and publish them."""
        await self.publish([self.record(event) for event in events])

    async def publish(self, messages: Sequence[Message]) -> None:
        """Put messages into the stream, as often and in the order that is given."""
        stream = self.client.jetstream()
        for message in messages:
            await stream.publish(message.subject.decode(), message.payload)

    async def lay_out(self) -> None:
        """Create the stream."""
        await ensure_stream(self.client, event_stream_shape(self.name))

    async def lose_stream(self) -> None:
        """Lose all that the stream held, as a broken disk does."""
        await ask(self.client, f"STREAM.DELETE.{event_stream(self.name)}")
        await self.lay_out()

    async def answer(self) -> None:
        """Answer events_after from the store."""
        subject = f"svc.{self.name}.v1.events_after"
        self._ear = await self.client.subscribe(subject, cb=self._on_question)

    async def fall_silent(self) -> None:
        """Answer no more."""
        await self._ear.unsubscribe()
        await self.client.flush()

    async def _on_question(self, message: Msg) -> None:
        asked = msgspec.json.decode(message.data, type=EventsAfter)
        until = len(self.messages) if asked.until is None else asked.until
        until = min(until, asked.after + asked.limit, len(self.messages))
        page = HistoryPage(
            generation=self.generation,
            complete_to=max(asked.after, until),
            events=[
                msgspec.Raw(found.payload)
                for found in self.messages[asked.after : until]
                if asked.partition in {None, found.partition}
            ],
        )
        await message.respond(msgspec.json.encode(page))
