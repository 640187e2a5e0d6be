"""The service on a real PostgreSQL behind a really served HTTP door."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import pytest
import sqlalchemy as sa
import uvicorn
from pydantic import SecretStr

from deploy.embedded.issuer import Issuer
from services.chassis.http import create_app
from services.chassis.schemas import prepare_schema
from services.chassis.service import (
    Runtime,
    build_runtime,
    close_runtime,
)
from services.chassis.settings import Settings
from services.contracts.envelope import PublicEvent
from services.reporting.read_models.figures_follower import FiguresFollower
from services.reporting.read_models.tables import UNITS
from services.reporting.wiring import definition
from tests.reporting.facts import delivered
from tests.reporting.units import write_register
from tests.support.servers import Database


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

    async def post(self, path: str, body: Any, key: UUID | None = None) -> Answer:
        headers = {**self._auth(), "Idempotency-Key": str(key or uuid4())}
        async with self.http.post(
            f"{self.base}/v1{path}", headers=headers, json=body
        ) as got:
            replayed = got.headers.get("Idempotency-Replayed") == "true"
            return Answer(got.status, await got.json(content_type=None), replayed)

    async def get(self, path: str, **params: Any) -> Answer:
        pairs = [
            (name, str(one))
            for name, value in params.items()
            for one in (value if isinstance(value, list) else [value])
        ]
        async with self.http.get(
            f"{self.base}/v1{path}", headers=self._auth(), params=pairs
        ) as got:
            return Answer(got.status, await got.json(content_type=None))

    async def file(self, path: str) -> tuple[int, str, bytes]:
        async with self.http.get(f"{self.base}/v1{path}", headers=self._auth()) as got:
            return got.status, got.content_type, await got.read()

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


@pytest.fixture(scope="module")
def settings(database: Database, issuer: Issuer) -> Settings:
    return Settings(
        service="reporting",
        database_url=SecretStr(database.url("reporting")),
        jwks_file=issuer.jwks_file,
    )


@pytest.fixture(scope="module")
async def runtime(settings: Settings) -> AsyncIterator[Runtime]:
    """Give a started service with the small register and no NATS."""
    made = build_runtime(definition(), settings)
    prepare_schema(made)
    await made.write(write_register, UNITS)
    assert made.definition.on_start is not None
    await made.definition.on_start(made)
    yield made
    await figures_of(made).close()
    await made.extras["units"].close()
    await close_runtime(made)


def figures_of(runtime: Runtime) -> FiguresFollower:
    """Return the follower that counts."""
    found = runtime.definition.followers[1]
    assert isinstance(found, FiguresFollower)
    return found


class Counter:
    """Feeds facts to the follower as the inbox does: one transaction a batch."""

    def __init__(self, runtime: Runtime) -> None:
        self.engine = runtime.engine
        self.follower = figures_of(runtime)

    def count(self, *events: PublicEvent) -> None:
        with self.engine.begin() as conn:
            self.follower.apply(conn, delivered(events))

    def table(self, name: str = "figures") -> dict[tuple[UUID, str, Any], int]:
        """Return the figures that are not zero."""
        with self.engine.connect() as conn:
            rows: Iterable[Any] = conn.execute(
                sa.text(
                    "SELECT unit_id, indicator, day, value FROM"
                    f" reporting_read.{name} WHERE value <> 0"
                )
            )
            return {(row[0], row[1], row[2]): row[3] for row in rows}


@pytest.fixture
def counter(runtime: Runtime) -> Counter:
    """Give an empty set of figures to count into."""
    made = Counter(runtime)
    with runtime.engine.begin() as conn:
        made.follower.forget(conn)
    return made


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
