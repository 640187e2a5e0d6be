"""The process itself: starts on empty servers, learns the units, survives its death."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import aiohttp
import msgspec
import pytest

from deploy.embedded.issuer import Issuer
from deploy.embedded.ports import remembered_port
from services.chassis.clock import utc_now
from services.chassis.envelopes import Envelopes
from services.chassis.event_store import RecordedEvent
from services.chassis.nats import ensure_stream, event_stream_shape, stored_message
from tests.campaigns.conftest import Door, entered
from tests.campaigns.units import register
from tests.support.servers import Database, TestNatsServer

SESSIONS = 200


class Process:
    """One process of the service, to be killed and started again."""

    def __init__(self, environment: dict[str, str], inner_port: str) -> None:
        self._environment = environment
        self._inner = f"http://127.0.0.1:{inner_port}"
        self._child: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start and return when the process says that it is ready."""
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.campaigns.main",
            env={**os.environ, **self._environment},  # noqa: TID251 - PATH and home
            stdout=asyncio.subprocess.DEVNULL,
        )
        async with aiohttp.ClientSession() as http:
            for _ in range(300):
                with contextlib.suppress(aiohttp.ClientError):
                    async with http.get(f"{self._inner}/health/ready") as got:
                        if got.status == 200:
                            return
                await asyncio.sleep(0.1)
        raise AssertionError("the process did not become ready")

    async def end(self, how: signal.Signals) -> int:
        """Send a signal and return the exit code."""
        assert self._child is not None
        if self._child.returncode is None:
            self._child.send_signal(how)
        return await asyncio.wait_for(self._child.wait(), 30)


async def tell_units(nats_server: TestNatsServer) -> None:
    """Publish the register as the registry's relay does."""
    client = await entered(nats_server, "registry")
    await ensure_stream(client, event_stream_shape("registry"))
    envelopes = Envelopes(
        "registry",
        str(uuid4()),
        lambda recorded: recorded.event.public,  # type: ignore[attr-defined]
        8,
    )
    versions: dict[Any, int] = {}
    for position, public in enumerate(register(), 1):
        unit = public.unit_id  # type: ignore[attr-defined]
        versions[unit] = versions.get(unit, 0) + 1
        event: Any = SimpleNamespace(timestamp=utc_now(), public=public)
        recorded = RecordedEvent(position, event, "", unit, versions[unit])
        message = envelopes.message(recorded)
        assert message is not None
        await client.request(message.subject.decode(), message.payload, timeout=5)
    await client.close()


@pytest.fixture
async def process(
    database: Database, nats_server: TestNatsServer, issuer: Issuer, tmp_path: Any
) -> AsyncIterator[tuple[Process, str]]:
    outer = str(remembered_port(tmp_path / "outer", None))
    inner = str(remembered_port(tmp_path / "inner", None))
    user, password = nats_server.user("campaigns")
    environment = {
        "BINHYEN_DATABASE_URL": database.url("campaigns"),
        "BINHYEN_NATS_URL": nats_server.url,
        "BINHYEN_NATS_USER": user,
        "BINHYEN_NATS_PASSWORD": password,
        "BINHYEN_JWKS_FILE": str(issuer.jwks_file),
        "BINHYEN_HTTP_PORT": outer,
        "BINHYEN_INNER_PORT": inner,
    }
    await tell_units(nats_server)
    made = Process(environment, inner)
    await made.start()
    yield made, f"http://127.0.0.1:{outer}"
    await made.end(signal.SIGKILL)


async def published(nats_server: TestNatsServer) -> list[dict[str, Any]]:
    """Return every fact in the service's stream."""
    client = await entered(nats_server, "campaigns")
    state = await ensure_stream(client, event_stream_shape("campaigns"))
    found = []
    for sequence in range(1, state.last_sequence + 1):
        message = await stored_message(client, "EV_CAMPAIGNS", seq=sequence)
        assert message is not None
        found.append(msgspec.json.decode(message.payload))
    await client.close()
    return found


async def _all_published(nats_server: TestNatsServer) -> list[dict[str, Any]]:
    """Wait until the relay has caught up with what was answered."""
    async with asyncio.timeout(30):
        while len(facts := await published(nats_server)) < SESSIONS:
            await asyncio.sleep(0.1)
    return facts


class Senders:
    """Clients of the load: what they were answered, and when that is enough."""

    def __init__(self) -> None:
        self.answered: set[str] = set()
        self.enough = asyncio.Event()

    async def send(self, door: Door, key: Any, body: dict[str, Any]) -> str | None:
        with contextlib.suppress(aiohttp.ClientError):
            answer = await door.post("/sessions", body, key)
            assert 201 == answer.status, answer.body
            self.answered.add(answer.body["session_id"])
            if len(self.answered) >= SESSIONS // 4:
                self.enough.set()
            return str(answer.body["session_id"])
        return None

    async def send_until_answered(
        self, door: Door, key: Any, body: dict[str, Any]
    ) -> str:
        while (session := await self.send(door, key, body)) is None:
            await asyncio.sleep(0.05)  # the connection was one of before the kill
        return session


@pytest.mark.faults
async def test_killed_amid_the_load_it_ends_with_every_session_once(
    process: tuple[Process, str], nats_server: TestNatsServer, issuer: Issuer
) -> None:
    """What was answered is kept, what is sent again counts once, all is published."""
    child, base = process
    commands = [
        (
            uuid4(),
            {
                "unit": {"code": "01840"},
                "held_on": "2023-05-31",
                "kind": "outreach",
                "attendance": n,
                "organiser": "police",
            },
        )
        for n in range(SESSIONS)
    ]
    senders = Senders()
    async with aiohttp.ClientSession() as http:
        door = Door(base, issuer.token("officer"), http)
        load = asyncio.gather(*(senders.send(door, *command) for command in commands))
        await asyncio.wait_for(senders.enough.wait(), 30)
        await child.end(signal.SIGKILL)
        await load
        before = set(senders.answered)
        await child.start()
        again = await asyncio.gather(
            *(senders.send_until_answered(door, *command) for command in commands)
        )
        assert before <= set(again)
        assert SESSIONS == len(set(again))
        facts = await _all_published(nats_server)
        assert 0 == await child.end(signal.SIGTERM)
    assert sorted(again) == sorted(fact["subject"] for fact in facts)
    assert sum(range(SESSIONS)) == sum(fact["data"]["attendance"] for fact in facts)
    assert {"campaigns.session.held.v1"} == {fact["type"] for fact in facts}
    assert {"own"} == {fact["data"]["origin"] for fact in facts}
