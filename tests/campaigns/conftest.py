"""The service on a real PostgreSQL behind a really served HTTP door."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import pytest
import uvicorn
from nats.aio.client import Client

from deploy.embedded.issuer import Issuer
from services.campaigns.read_models.tables import UNITS
from services.campaigns.wiring import definition
from services.chassis.http import create_app
from services.chassis.movement import moving_parts
from services.chassis.nats import connect
from services.chassis.schemas import prepare_schema
from services.chassis.service import (
    Runtime,
    build_runtime,
    close_runtime,
)
from services.chassis.settings import Settings
from tests.campaigns.units import write_register
from tests.support.servers import Database, TestNatsServer


@dataclass(frozen=True)
class Answer:
    """What came back by HTTP."""

    status: int
    body: Any
    replayed: bool = False

    @property
    def refusal(self) -> tuple[int, str, str | None]:
        """Status, code and field of a problem."""
        return self.status, self.body["code"], self.body["errors"][0].get("field")


@dataclass
class Door:
    """A caller at the HTTP door."""

    base: str
    token: str | None
    http: aiohttp.ClientSession

    async def post(
        self, path: str, body: Any, key: UUID | None = None, raw: bytes | None = None
    ) -> Answer:
        """Send a command under a fresh key, or under a given one."""
        headers = {**self._auth(), "Idempotency-Key": str(key or uuid4())}
        sent = {"data": raw} if raw is not None else {"json": body}
        if raw is not None:
            headers["Content-Type"] = "application/json"
        async with self.http.post(
            f"{self.base}/v1{path}", headers=headers, **sent
        ) as got:
            return Answer(
                got.status,
                await got.json(content_type=None),
                got.headers.get("Idempotency-Replayed") == "true",
            )

    async def get(self, path: str, **params: Any) -> Answer:
        """Ask; a list becomes a parameter that is given several times."""
        pairs = [
            (name, str(one))
            for name, value in params.items()
            for one in (value if isinstance(value, list) else [value])
        ]
        async with self.http.get(
            f"{self.base}/v1{path}", headers=self._auth(), params=pairs
        ) as got:
            return Answer(got.status, await got.json(content_type=None))

    def _auth(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


class Doors:
    """Makes callers of one served runtime."""

    def __init__(self, base: str, issuer: Issuer, http: aiohttp.ClientSession) -> None:
        self.base = base
        self._issuer = issuer
        self._http = http

    def of(self, caller: str, **changed: Any) -> Door:
        """Return the door as a ready-made caller finds it."""
        return Door(self.base, self._issuer.token(caller, **changed), self._http)

    def of_nobody(self) -> Door:
        """Return the door as a stranger finds it."""
        return Door(self.base, None, self._http)


async def runtime_on(database: Database, issuer: Issuer) -> Runtime:
    """Put the service together on a database, with the register in it."""
    made = build_runtime(
        definition(),
        Settings(
            service="campaigns",
            database_url=database.url("campaigns"),
            jwks_file=issuer.jwks_file,
        ),
    )
    prepare_schema(made)
    await made.write(write_register, UNITS)
    assert made.definition.on_start is not None
    await made.definition.on_start(made)
    return made


@pytest.fixture(scope="module")
async def runtime(database: Database, issuer: Issuer) -> AsyncIterator[Runtime]:
    made = await runtime_on(database, issuer)
    yield made
    await close_runtime(made)


async def entered(nats_server: TestNatsServer, user: str) -> Client:
    """Connect as one of the server's users."""
    name, password = nats_server.user(user)
    return await connect(nats_server.url, name=user, user=name, password=password)


@pytest.fixture(scope="module")
async def moving(runtime: Runtime, nats_server: TestNatsServer) -> AsyncIterator[None]:
    """Run what the process runs beside its HTTP door: relay, verbs, MTTQ's door."""
    runtime.nats = await entered(nats_server, "campaigns")
    parts = moving_parts(runtime)
    tasks = [asyncio.create_task(part.run()) for part in parts]
    yield
    for part in parts:
        part.stop()
    await asyncio.wait_for(asyncio.gather(*tasks), 30)
    await runtime.nats.close()
    runtime.nats = None


@pytest.fixture(scope="module")
async def doors(runtime: Runtime, issuer: Issuer) -> AsyncIterator[Doors]:
    app = create_app(runtime, runtime.definition.routers)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with aiohttp.ClientSession() as http:
        yield Doors(base, issuer, http)
    server.should_exit = True
    await serving
    listener.close()


@pytest.fixture
def officer(doors: Doors) -> Door:
    return doors.of("officer")


@pytest.fixture
def mttq(doors: Doors) -> Door:
    return doors.of("mttq")
