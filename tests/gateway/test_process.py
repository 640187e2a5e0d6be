"""The process itself: settings from the environment, inner address, a clean stop."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from deploy.embedded.issuer import Issuer
from tests.gateway.conftest import free_port
from tests.gateway.parts import figures, gid, units_by_name
from tests.gateway.served import Players
from tests.support.servers import TestNatsServer

ROOT = Path(__file__).parents[2]


@dataclass
class Running:
    """A gateway process with its two addresses."""

    process: asyncio.subprocess.Process
    outer: str
    inner: str


@pytest.fixture
async def running(
    nats_server: TestNatsServer, issuer: Issuer, http: aiohttp.ClientSession
) -> AsyncIterator[Running]:
    user, password = nats_server.user("gateway")
    port, inner_port = free_port(), free_port()
    settings = {
        "NATS_URL": nats_server.url,
        "NATS_USER": user,
        "NATS_PASSWORD": password,
        "HTTP_PORT": str(port),
        "INNER_PORT": str(inner_port),
        "JWKS_FILE": str(issuer.jwks_file),
        "TOKEN_ISSUER": issuer.issuer,
        "TOKEN_AUDIENCE": issuer.audience,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "gateway.main",
        cwd=ROOT,
        env={f"BINHYEN_{name}": value for name, value in settings.items()},
        stdout=asyncio.subprocess.DEVNULL,
    )
    run = Running(process, f"http://127.0.0.1:{port}", f"http://127.0.0.1:{inner_port}")
    async with asyncio.timeout(60):
        while not await _is_ready(http, run):
            await asyncio.sleep(0.1)
    yield run
    if process.returncode is None:
        process.kill()
        await process.wait()


async def _is_ready(http: aiohttp.ClientSession, run: Running) -> bool:
    try:
        async with http.get(f"{run.inner}/health/ready") as answer:
            ready = answer.status == 200
        async with http.get(f"{run.outer}/graphql") as answer:
            return ready and answer.status == 401
    except aiohttp.ClientError:
        return False


async def test_the_process_serves_and_stops_cleanly(
    running: Running, http: aiohttp.ClientSession, issuer: Issuer, players: Players
) -> None:
    """Health and metrics inside, the endpoint outside, good-bye at SIGTERM."""
    await players.play("registry.units.get", units_by_name("Bắc Kạn"))
    await players.play("reporting.figures.follow", lambda _: figures("Bắc Kạn"))
    async with http.get(f"{running.outer}/health") as answer:
        assert 404 == answer.status
    async with http.get(f"{running.outer}/graphiql") as answer:
        assert 404 == answer.status
    async with http.ws_connect(
        f"{running.outer}/graphql", protocols=["graphql-transport-ws"]
    ) as socket:
        token = issuer.token("officer")
        await socket.send_json({"type": "connection_init", "payload": {"token": token}})
        assert "connection_ack" == (await socket.receive_json(timeout=5))["type"]
        query = (
            "subscription S($u: ID!) { figuresChanged(unitId: $u, period: {year: 2023})"
            " { lines { value } } }"
        )
        payload = {"query": query, "variables": {"u": gid("Unit", "Bắc Kạn")}}
        await socket.send_json({"id": "1", "type": "subscribe", "payload": payload})
        assert "next" == (await socket.receive_json(timeout=10))["type"]
        async with http.get(f"{running.inner}/metrics") as answer:
            assert "binhyen_gateway_subscriptions 1.0" in await answer.text()
        running.process.send_signal(signal.SIGTERM)
        goodbye = await socket.receive_json(timeout=10)
        await socket.receive(timeout=10)

    assert {"id": "1", "type": "complete"} == goodbye
    assert 1001 == socket.close_code
    assert 0 == await asyncio.wait_for(running.process.wait(), 15)
