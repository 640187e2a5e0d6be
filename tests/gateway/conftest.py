"""Fixtures: a served gateway on a real NATS, with services played beside it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog
from nats.aio.client import Client

from deploy.embedded.issuer import Issuer
from gateway.app import Gateway
from gateway.main import listener
from services.chassis import nats
from services.chassis.identity import TokenVerifier
from services.chassis.requests import ServiceClient
from services.chassis.settings import Settings
from tests.gateway.served import Caller, Players
from tests.support.servers import TestNatsServer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[Any]]:
    """Give what is logged; nothing is printed, exceptions above all."""
    with structlog.testing.capture_logs() as entries:
        yield entries


@pytest.fixture(scope="module")
async def served(
    nats_server: TestNatsServer, issuer: Issuer
) -> AsyncIterator[tuple[str, Gateway]]:
    """Give the address of a gateway that runs as the process would run it."""
    user, password = nats_server.user("gateway")
    bus = await nats.connect(
        nats_server.url, name="gateway", user=user, password=password
    )
    verifier = TokenVerifier(issuer.jwks_file, issuer.issuer, issuer.audience)
    gateway = Gateway(ServiceClient(bus), verifier, graphiql=True)
    await gateway.feed.start(bus)
    settings = Settings(
        service="gateway", http_port=free_port(), jwks_file=Path(issuer.jwks_file)
    )
    server = listener(gateway.application(), settings)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{settings.http_port}/graphql", gateway
    await gateway.sockets.drain()
    server.should_exit = True
    await task
    await gateway.feed.stop()
    await bus.close()


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def officer(
    served: tuple[str, Gateway], issuer: Issuer, http: aiohttp.ClientSession
) -> Caller:
    return Caller(served[0], issuer.token("officer"), http, served[1])


@pytest.fixture
def stranger(served: tuple[str, Gateway], http: aiohttp.ClientSession) -> Caller:
    return Caller(served[0], None, http, served[1])


@pytest.fixture(scope="module")
async def bus(nats_server: TestNatsServer) -> AsyncIterator[Client]:
    user, password = nats_server.tester
    client = await nats.connect(
        nats_server.url, name="players", user=user, password=password
    )
    yield client
    await client.close()


@pytest.fixture
async def players(bus: Client) -> AsyncIterator[Players]:
    """Give the services' parts to play; all of them are away at first."""
    players = Players(bus)
    yield players
    await players.clear()
