"""Pulls messages from a durable consumer: our own loop over nats-py's public parts.

``fetch`` of nats-py makes a task and a timer per message; this loop asks for the next
batch before the current one is applied, and reads the server's status frames.
"""

import asyncio
import contextlib
import re
from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import NamedTuple, Self

import msgspec
import structlog
from nats.aio.subscription import Subscription

from services.chassis.bus import Bus, publish_frames
from services.chassis.nats import PRIORITY_GROUP

log = structlog.get_logger()

EXPIRES_SECONDS = 2
HEARTBEAT_SECONDS = 1
SILENCE_SECONDS = 2.5
_SECOND = 1_000_000_000
_PIN = re.compile(rb"Nats-Pin-Id: ?([^\r]+)\r\n")
_STATUS = re.compile(rb"NATS/1\.0 (\d{3}) ?([^\r]*)\r\n")
_UNSERVED = re.compile(rb"Nats-Pending-Messages: ?(\d+)")
_SHORT_REPLY = 9


class ConsumerLost(Exception):
    """The consumer is gone, or nobody answers for it: lay it out again."""


class Pulled(NamedTuple):
    """A message of a stream, to be acknowledged at its reply subject."""

    subject: bytes
    reply: bytes
    payload: bytes

    @property
    def sequence(self) -> int:
        """Place in the stream."""
        return int(self._token(5))

    @property
    def pending(self) -> int:
        """How many messages of the consumer come behind this one."""
        return int(self._token(8))

    def _token(self, place: int) -> bytes:
        tokens = self.reply.split(b".")
        # Newer servers put domain and account in front.
        return tokens[place if len(tokens) == _SHORT_REPLY else place + 2]


class Pull:
    """A standing request for messages of one consumer; use as a context manager."""

    def __init__(self, client: Bus, stream: str, consumer: str) -> None:
        self._client = client
        self._next = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}"
        self._inbox = client.new_inbox()
        self._subscription: Subscription | None = None
        self._arrived: deque[Pulled] = deque()
        self._asked = 0
        self._pin: str | None = None
        self._something = asyncio.Event()
        self._frames = 0
        self._lost: str | None = None

    async def __aenter__(self) -> Self:
        self._subscription = await self._client.subscribe_frames(
            f"{self._inbox}.*", self._on_frame
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._subscription is not None:
            await self._client.unsubscribe_frames(self._subscription)

    async def take(self, window: int) -> list[Pulled]:
        """Wait for messages and return those that are here, at most ``window``.

        Raises ConsumerLost when the server says so or keeps silent.
        """
        while not self._arrived:
            await self._ask(window)
            self._something.clear()
            await self._wait()
        taken = [
            self._arrived.popleft() for _ in range(min(window, len(self._arrived)))
        ]
        await self._ask(window)
        return taken

    async def acknowledge(self, messages: Sequence[Pulled]) -> None:
        """Tell the server that these messages are done, in one write."""
        acks = [b"PUB %b 4\r\n+ACK\r\n" % message.reply for message in messages]
        await publish_frames(self._client, b"".join(acks))

    async def _wait(self) -> None:
        while not self._something.is_set():
            # Heartbeats count as frames while nothing else arrives.
            before = self._frames
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._something.wait(), SILENCE_SECONDS)
            if self._frames == before:
                raise ConsumerLost("silence")
        if self._lost is not None:
            raise ConsumerLost(self._lost)

    async def _ask(self, window: int) -> None:
        wanted = window - self._asked - len(self._arrived)
        if wanted < window / 2:
            return
        self._asked += wanted
        request: dict[str, object] = {
            "batch": wanted,
            "expires": EXPIRES_SECONDS * _SECOND,
            "idle_heartbeat": HEARTBEAT_SECONDS * _SECOND,
            "group": PRIORITY_GROUP,
        }
        if self._pin is not None:
            request["id"] = self._pin
        await self._client.publish(
            self._next, msgspec.json.encode(request), reply=f"{self._inbox}.1"
        )

    def _on_frame(
        self, subject: bytes, reply: bytes, payload: bytes, headers: bytes
    ) -> None:
        self._frames += 1
        if reply:
            if self._pin is None and (pin := _PIN.search(headers)):
                self._pin = pin[1].decode()
            self._asked -= 1
            self._arrived.append(Pulled(subject, reply, payload))
            self._something.set()
        elif (status := _STATUS.match(headers)) is not None:
            self._on_status(status[1], status[2].decode(), headers)

    def _on_status(self, status: bytes, description: str, headers: bytes) -> None:
        if status == b"100":
            return
        unserved = _UNSERVED.search(headers)
        self._asked = max(0, self._asked - int(unserved[1])) if unserved else 0
        if status == b"423":
            self._pin = None
        elif status == b"503" or "Deleted" in description:
            self._lost = description or "nobody answers"
        elif status == b"409":
            log.info("consumer.status", description=description)
        self._something.set()
