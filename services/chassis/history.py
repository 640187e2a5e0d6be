"""A service's public facts by position, asked for over the bus: the verb events_after.

Every service answers it. Followers fill gaps with it, prove that a restored store is
the one they knew, and can rebuild without the stream.
"""

import asyncio
from typing import TYPE_CHECKING

import msgspec
import nats.errors
from nats.aio.client import Client

from services.chassis.calls import Call
from services.chassis.envelopes import Envelopes, Publish
from services.chassis.event_store import EventLog, SafeMarkBusy
from services.chassis.requests import Verb

if TYPE_CHECKING:
    from services.chassis.service import Runtime

VERB = "events_after"
PAGE = 500
_PAGE_BYTES = 700_000
_SCANS = 8
_ASK_SECONDS = 5.0


class EventsAfter(msgspec.Struct, frozen=True, kw_only=True):
    """Facts behind a position, of one partition or of all, oldest first."""

    after: int
    partition: int | None = None
    until: int | None = None
    limit: int = PAGE


class HistoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """Facts up to ``complete_to``: nothing between ``after`` and there is left out."""

    generation: str
    complete_to: int
    events: list[msgspec.Raw]


class HistoryUnanswered(Exception):
    """The source did not answer; ask again later."""


def history_verb(
    event_log: EventLog, publish: Publish, *, service: str, partitions: int
) -> Verb[EventsAfter]:
    """Return the verb with which a service tells its facts again.

    It is open to the users of the bus who may publish on its subject: they may read the
    stream with the same facts.
    """

    async def events_after(call: Call[EventsAfter]) -> HistoryPage:
        """Tell the public facts behind a position."""
        asked = call.body
        return await asyncio.to_thread(
            read_history, event_log, publish, service, partitions, asked
        )

    return Verb(name=VERB, request=EventsAfter, handler=events_after, scope=None)


def history_verb_of(runtime: "Runtime") -> Verb[EventsAfter]:
    """Return the verb for a running service."""
    return history_verb(
        runtime.log,
        runtime.definition.publish,
        service=runtime.name,
        partitions=runtime.settings.partitions,
    )


def read_history(
    event_log: EventLog,
    publish: Publish,
    service: str,
    partitions: int,
    asked: EventsAfter,
) -> HistoryPage:
    """Read one page of the log as public facts."""
    generation = str(event_log.generation())
    envelopes = Envelopes(service, generation, publish, partitions)
    envelopes.floor = asked.after
    page = _Page(asked)
    for _ in range(_SCANS if asked.limit > 0 else 0):
        if page.is_full or not _scan(event_log, envelopes, page):
            break
    return HistoryPage(
        generation=generation, complete_to=page.complete_to, events=page.events
    )


class _Page:
    def __init__(self, asked: EventsAfter) -> None:
        self.asked = asked
        self.limit = min(asked.limit, PAGE)
        self.complete_to = asked.after
        self.events: list[msgspec.Raw] = []
        self._bytes = 0

    @property
    def is_full(self) -> bool:
        return len(self.events) >= self.limit or self._bytes >= _PAGE_BYTES

    def add(self, partition: int, payload: bytes) -> None:
        if self.asked.partition is None or partition == self.asked.partition:
            self.events.append(msgspec.Raw(payload))
            self._bytes += len(payload)


def _scan(event_log: EventLog, envelopes: Envelopes, page: _Page) -> bool:
    """Read on; say whether there may be more."""
    until = page.asked.until
    try:
        recorded = event_log.read_after(page.complete_to, PAGE)
    except SafeMarkBusy:
        return True
    for event in recorded:
        if until is not None and event.position > until:
            page.complete_to = max(page.complete_to, until)
            return False
        if page.is_full:
            return True
        message = envelopes.message(event)
        if message is not None:
            page.add(message.partition, message.payload)
        page.complete_to = event.position
    return bool(recorded)


_page_decoder = msgspec.json.Decoder(HistoryPage)


async def ask_history(client: Client, source: str, asked: EventsAfter) -> HistoryPage:
    """Ask a source for its facts. Raises HistoryUnanswered."""
    try:
        answer = await client.request(
            f"svc.{source}.v1.{VERB}",
            msgspec.json.encode(asked),
            timeout=_ASK_SECONDS,
            headers={"Deadline-Ms": str(int(_ASK_SECONDS * 1000))},
        )
    except (nats.errors.Error, TimeoutError, OSError) as error:
        raise HistoryUnanswered(type(error).__name__) from error
    if answer.headers and "Nats-Service-Error-Code" in answer.headers:
        raise HistoryUnanswered(answer.headers["Nats-Service-Error-Code"])
    return _page_decoder.decode(answer.data)
