"""A gateway on a real port, a caller, and services played on the real bus.

The players answer verbs by contract; no service's own code is involved, so that the
gateway is tested for what it says and does, whatever the services become.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp
import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg

from gateway.app import Gateway

Row = dict[str, Any]
Player = Callable[[Row], Any]


class Refuse(Exception):
    """A player's refusal, as the chassis would send it."""

    def __init__(
        self, status: int, kind: str, code: str, field: str | None = None
    ) -> None:
        self.status = status
        self.problem: Row = {
            "type": f"urn:binhyen:refusal:{code}",
            "title": "Refused.",
            "status": status,
            "code": code,
            "kind": kind,
            "message_vi": "Bị từ chối.",
            "message_en": "Refused.",
            "errors": [{"code": code} | ({"field": field} if field else {})],
            "params": {},
            "correlation_id": "x",
        }
        super().__init__(code)


@dataclass
class Asked:
    """One question as it arrived at a player."""

    verb: str
    body: Row
    headers: dict[str, str]


@dataclass
class Players:
    """Services played by functions; a verb without one is a service that is away."""

    bus: Client
    answers: dict[str, Player] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    _subscriptions: dict[str, Any] = field(default_factory=dict)

    async def play(self, verb: str, player: Player) -> None:
        """Answer a verb such as ``registry.units.get`` from now on."""
        service, _, name = verb.partition(".")
        self.answers[verb] = player
        if verb not in self._subscriptions:
            self._subscriptions[verb] = await self.bus.subscribe(
                f"svc.{service}.v1.{name}", cb=self._heard(verb)
            )
            await self.bus.flush()

    async def stop(self, verb: str) -> None:
        """Let the verb be answered by nobody."""
        await self._subscriptions.pop(verb).unsubscribe()
        await self.bus.flush()

    async def clear(self) -> None:
        for verb in tuple(self._subscriptions):
            await self.stop(verb)
        self.asked.clear()

    def times(self, verb: str) -> int:
        return sum(1 for one in self.asked if one.verb == verb)

    def _heard(self, verb: str) -> Callable[[Msg], Awaitable[None]]:
        async def answer(message: Msg) -> None:
            asyncio.get_running_loop().create_task(self._answer(verb, message))

        return answer

    async def _answer(self, verb: str, message: Msg) -> None:
        body = orjson.loads(message.data)
        self.asked.append(Asked(verb, body, dict(message.headers or {})))
        try:
            result = self.answers[verb](body)
            if asyncio.iscoroutine(result):
                result = await result
            await message.respond(orjson.dumps(result))
        except Refuse as refusal:
            await self.bus.publish(
                message.reply,
                json.dumps(refusal.problem).encode(),
                headers={"Nats-Service-Error-Code": str(refusal.status)},
            )
        except Exception as fault:  # noqa: BLE001 - what a careless service would do
            await self.bus.publish(
                message.reply,
                repr(fault).encode(),
                headers={
                    "Nats-Service-Error-Code": "500",
                    "Nats-Service-Error": repr(fault),
                },
            )


@dataclass
class Answer:
    """What came back by HTTP."""

    status: int
    headers: Any
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)

    @property
    def data(self) -> Any:
        assert "errors" not in self.body, self.body["errors"]
        return self.body["data"]

    @property
    def error(self) -> Any:
        return self.body["errors"][0]

    @property
    def code(self) -> str:
        return str(self.error["extensions"]["code"])


@dataclass
class Caller:
    """Somebody with a token at a served gateway."""

    url: str
    token: str | None
    http: aiohttp.ClientSession
    gateway: Gateway

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws", 1)

    async def send(self, method: str = "POST", **request: Any) -> Answer:
        """Send a request as it is, with this caller's token unless it has its own."""
        headers = dict(request.pop("headers", {}))
        if self.token and "authorization" not in headers:
            headers["authorization"] = f"Bearer {self.token}"
        url = request.pop("url", self.url)
        async with self.http.request(method, url, headers=headers, **request) as answer:
            return Answer(answer.status, answer.headers, await answer.read())

    async def ask(
        self,
        query: str,
        variables: Row | None = None,
        headers: dict[str, str] | None = None,
        accept: str = "application/graphql-response+json",
    ) -> Answer:
        """Ask by POST, under a fresh idempotency key unless one is given."""
        sent = {"accept": accept, "Idempotency-Key": str(uuid4())} | (headers or {})
        return await self.send(
            json={"query": query, "variables": variables}, headers=sent
        )
