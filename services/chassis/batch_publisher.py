"""Atomic batches: many messages into one stream, all or nothing, one write to disk.

The relay publishes through it.
"""

import asyncio
import secrets
from collections.abc import Sequence
from typing import Any

import msgspec
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from services.chassis.bus import publish_frames
from services.chassis.envelopes import Message

ANSWER_SECONDS = 5.0


class BatchRefused(Exception):
    """The stream did not take the batch: it has moved on, or is not there."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code


class BatchPublisher:
    """Publishes one batch at a time and waits until it is on disk."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._inbox = client.new_inbox()
        self._subscription: Subscription | None = None
        self._answers: dict[str, asyncio.Future[bytes]] = {}

    async def publish(self, messages: Sequence[Message], expected: int) -> int:
        """Publish the batch behind sequence ``expected``; return its last sequence.

        Raises BatchRefused when the stream stands elsewhere, BUS_ERRORS when the
        answer does not come: then it may have been stored or not.
        """
        if self._subscription is None:
            self._subscription = await self._client.subscribe(
                f"{self._inbox}.*", cb=self._on_answer
            )
        batch_id = secrets.token_hex(4)
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._answers[batch_id] = answer
        try:
            frames = batch_frames(messages, batch_id, expected, self._inbox)
            await publish_frames(self._client, frames)
            return _last_sequence(await asyncio.wait_for(answer, ANSWER_SECONDS))
        finally:
            del self._answers[batch_id]

    async def close(self) -> None:
        """Stop listening for answers."""
        if self._subscription is not None and self._client.is_connected:
            await self._subscription.unsubscribe()

    async def _on_answer(self, message: Msg) -> None:
        answer = self._answers.get(message.subject.rpartition(".")[2])
        if answer is None or answer.done():
            return
        answer.set_result(message.data)


def batch_frames(
    messages: Sequence[Message], batch_id: str, expected: int, inbox: str
) -> bytes:
    """Return the protocol frames of a batch; its last message asks for the answer."""
    first = f"Nats-Expected-Last-Sequence:{expected}\r\n".encode()
    identity = f"NATS/1.0\r\nNats-Batch-Id:{batch_id}\r\nNats-Batch-Sequence:".encode()
    last_number = len(messages)
    frames: list[bytes] = []
    for number, (_, subject, payload) in enumerate(messages, 1):
        headers = b"%b%d\r\n" % (identity, number)
        reply = b""
        if number == 1:
            headers += first
        if number == last_number:
            headers += b"Nats-Batch-Commit:1\r\n"
            reply = f"{inbox}.{batch_id} ".encode()
        headers += b"\r\n"
        size = len(headers)
        frames.append(
            b"HPUB %b %b%d %d\r\n%b%b\r\n"
            % (subject, reply, size, size + len(payload), headers, payload)
        )
    return b"".join(frames)


def _last_sequence(answer: bytes) -> int:
    if not answer:
        raise BatchRefused(503, "nobody keeps the stream")
    decoded: dict[str, Any] = msgspec.json.decode(answer)
    if error := decoded.get("error"):
        raise BatchRefused(error.get("err_code", 0), error.get("description", ""))
    return int(decoded["seq"])
