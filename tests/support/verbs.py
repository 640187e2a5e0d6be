"""Verbs that do what tests of the runner need: wait, hold, burst, and real commands."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec

from services.chassis.calls import Call, Outcome
from services.chassis.requests import RequestRunner, Verb
from tests.support.sample import open_tally, raise_tally

SECRET = "password=hunter2"


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Wait(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    seconds: float = 0.0


class Open(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: str


class Raise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tally_id: UUID
    by: int = 1
    limit: int | None = None


class Told(msgspec.Struct, frozen=True):
    subject: str
    fields: tuple[str, ...] | None
    correlation_id: str


class Doings:
    """What the verbs of these tests have done, as seen from inside."""

    def __init__(self) -> None:
        self.begun = 0
        self.ended = 0
        self.release = asyncio.Event()

    async def wait(self, call: Call[Wait]) -> Nothing:
        self.begun += 1
        await asyncio.sleep(call.body.seconds)
        self.ended += 1
        return Nothing()

    async def hold(self, call: Call[Nothing]) -> Nothing:
        self.begun += 1
        await self.release.wait()
        self.ended += 1
        return Nothing()


async def tell(call: Call[Nothing]) -> Told:
    return Told(call.caller.subject, call.fields, call.correlation_id)


async def burst(call: Call[Nothing]) -> Nothing:
    raise RuntimeError(SECRET)


async def large(call: Call[Nothing]) -> bytes:
    return b"x" * 2_000_000


async def open_one(call: Call[Open]) -> Outcome:
    return await call.runtime.commands.run(open_tally(call.body.label), call.key)


async def raise_one(call: Call[Raise]) -> Outcome:
    body = call.body
    change = raise_tally(body.tally_id, body.by, body.limit)
    return await call.runtime.commands.run(change, call.key)


def verbs(doings: Doings) -> list[Verb[Any]]:
    return [
        Verb(name="wait", request=Wait, handler=doings.wait, scope=None),
        Verb(name="hold", request=Nothing, handler=doings.hold, scope=None),
        Verb(
            name="slow_command",
            request=Wait,
            handler=doings.wait,
            scope=None,
            command=True,
        ),
        Verb(name="tell", request=Nothing, handler=tell, scope="units:read"),
        Verb(name="deep.tell", request=Nothing, handler=tell, scope="units:read"),
        Verb(name="burst", request=Nothing, handler=burst, scope=None),
        Verb(name="large", request=Nothing, handler=large, scope=None),
        Verb(name="open", request=Open, handler=open_one, scope=None, command=True),
        Verb(name="raise", request=Raise, handler=raise_one, scope=None, command=True),
    ]


Start = Callable[..., Awaitable[RequestRunner]]
