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

from services.chassis.nats import PRIORITY_GROUP, Bus, Frame, publish_frames

log = structlog.get_logger()

EXPIRES_SECONDS = 2
HEARTBEAT_SECONDS = 1
SILENCE_SECONDS = 2.5
_SECOND = 1_000_000_000
_PIN = re.compile(rb"Nats-Pin-Id: ?([^\r]+)\r\n")
_STATUS = re.compile(rb"NATS/1\.0 (\d{3}) ?([^\r]*)\r\n")
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
        self._asked: dict[int, int] = {}
        self._number = 0
        self._pin: str | None = None
        self._something = asyncio.Event()
        self._last_frame = 0.0
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
        self._last_frame = asyncio.get_running_loop().time()
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
        loop = asyncio.get_running_loop()
        while not self._something.is_set():
            # Heartbeats move the last frame while nothing else arrives.
            left = self._last_frame + SILENCE_SECONDS - loop.time()
            if left <= 0:
                raise ConsumerLost("silence")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._something.wait(), left)
        if self._lost is not None:
            raise ConsumerLost(self._lost)

    async def _ask(self, window: int) -> None:
        wanted = window - sum(self._asked.values()) - len(self._arrived)
        if wanted < window / 2:
            return
        self._number += 1
        self._asked[self._number] = wanted
        request: dict[str, object] = {
            "batch": wanted,
            "expires": EXPIRES_SECONDS * _SECOND,
            "idle_heartbeat": HEARTBEAT_SECONDS * _SECOND,
            "group": PRIORITY_GROUP,
        }
        if self._pin is not None:
            request["id"] = self._pin
        await self._client.publish(
            self._next,
            msgspec.json.encode(request),
            reply=f"{self._inbox}.{self._number}",
        )

    def _on_frame(self, frame: Frame) -> None:
        self._last_frame = asyncio.get_running_loop().time()
        if frame.reply:
            self._on_message(frame)
        elif (status := _STATUS.match(frame.headers or b"")) is not None:
            number = int(frame.subject.rpartition(b".")[2])
            self._on_status(number, status[1], status[2].decode())

    def _on_message(self, frame: Frame) -> None:
        if self._pin is None and (pin := _PIN.search(frame.headers or b"")):
            self._pin = pin[1].decode()
        # The server serves the oldest request first; a message does not say which.
        for number in self._asked:
            self._asked[number] -= 1
            if self._asked[number] <= 0:
                del self._asked[number]
            break
        self._arrived.append(Pulled(frame.subject, frame.reply, frame.payload))
        self._something.set()

    def _on_status(self, number: int, status: bytes, description: str) -> None:
        if status == b"100":
            return
        self._asked.pop(number, None)
        if status == b"423":
            self._pin = None
        elif status == b"503" or "Deleted" in description:
            self._lost = description or "nobody answers"
        elif status == b"409":
            log.info("consumer.status", description=description)
        self._something.set()
