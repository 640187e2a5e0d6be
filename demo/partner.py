"""The door of the Fatherland Front: its own user of NATS, its events, its answers.

Sent as its system would send them: until stored, and again with the same id until
answered. It may lose the connection at any point.
"""

import asyncio
import contextlib
from types import TracebackType
from typing import Final, Self
from uuid import UUID

import msgspec
import nats
import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg

from demo.doors import refusal
from demo.patience import DoorShut, Patience
from deploy.embedded.run_file import Run
from deploy.nats_permissions import inbox

USER: Final = "mttq"
SOURCE: Final = "urn:binhyen:demo:mttq-bac-kan"
ACCEPTED, REJECTED = "answers.accepted", "answers.rejected"
_STORED_WITHIN_S: Final = 3.0
_ANSWERED_WITHIN_S: Final = 5.0
_NOT_THERE: Final = (nats.errors.Error, OSError, TimeoutError)


class PartnerDoor:
    """Publishes events and hears what became of them."""

    def __init__(self, run: Run, patience: Patience) -> None:
        self._url = run.nats.url
        self._password = run.nats_users[USER]
        self._patience = patience
        self._waiting: dict[str, asyncio.Future[Msg]] = {}
        self._client = Client()

    async def __aenter__(self) -> Self:
        await self._patience.until_answered("NATS", self._connect)
        for subject in (ACCEPTED, REJECTED):
            await self._client.subscribe(subject, cb=self._heard)
        await self._client.flush()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.close()

    async def send(self, event_id: UUID, event_type: str, fact: msgspec.Struct) -> None:
        """Send an event until it is accepted. Raises Refused, GaveUp."""
        payload = msgspec.json.encode(
            {
                "specversion": "1.0",
                "id": event_id,
                "source": SOURCE,
                "type": event_type,
                "datacontenttype": "application/json",
                "data": fact,
            }
        )
        answer: asyncio.Future[Msg] = asyncio.get_running_loop().create_future()
        self._waiting[str(event_id)] = answer

        async def publish() -> None:
            await self._store(f"events.{event_type}", payload)

        async def hear() -> Msg:
            # The answer may be lost with a connection; the event is not: sending it
            # again under the same id is answered as the first time.
            try:
                return await asyncio.wait_for(
                    asyncio.shield(answer), _ANSWERED_WITHIN_S
                )
            except TimeoutError:
                await self._patience.until_answered("NATS", publish)
                raise DoorShut("no answer to an event") from None

        await self._patience.until_answered("NATS", publish)
        heard = await self._patience.until_answered("campaigns (for MTTQ)", hear)
        del self._waiting[str(event_id)]
        if heard.subject != ACCEPTED:
            raise refusal(f"campaigns (event {event_id})", heard.data)

    async def _connect(self) -> None:
        try:
            self._client = await nats.connect(
                self._url,
                name="demo-mttq",
                user=USER,
                password=self._password,
                inbox_prefix=inbox(USER).encode(),
                max_reconnect_attempts=-1,
                reconnect_time_wait=0.2,
                error_cb=_keep_quiet,
            )
        except _NOT_THERE as error:
            raise DoorShut(type(error).__name__) from error

    async def _store(self, subject: str, payload: bytes) -> None:
        """Publish once. Raises DoorShut unless JetStream says that it is stored."""
        try:
            answer = await self._client.request(
                subject, payload, timeout=_STORED_WITHIN_S
            )
        except _NOT_THERE as error:
            raise DoorShut(type(error).__name__) from error
        if "error" in msgspec.json.decode(answer.data):
            raise DoorShut(answer.data.decode(errors="replace"))

    async def _heard(self, message: Msg) -> None:
        with contextlib.suppress(msgspec.DecodeError):
            answer = msgspec.json.decode(message.data)
            waiting = self._waiting.get(str(answer.get("event_id")))
            if waiting is not None and not waiting.done():
                waiting.set_result(message)


async def _keep_quiet(_error: Exception) -> None:
    """Say nothing of a lost connection: the repeated event tells of it."""
