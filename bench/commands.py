"""Commands through HTTP: the real campaigns service beside a raw INSERT per request."""

import asyncio
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import aiohttp

from bench.house import House, alone
from bench.load import Load, drive, http_request
from bench.measure import Row, interleaved, limit_row, ratio_row

CONNECTIONS = 32
SECONDS = 4.0
BODY = (
    b'{"unit":{"code":"01834"},"held_on":"2023-08-19","kind":"outreach","attendance":60,'
    b'"organiser":"police","venue":"Nha van hoa thon"}'
)


def measure(house: House) -> Iterator[Row]:
    """Create, load-and-decide, and delay at a fixed rate."""
    with (
        alone(house, "campaigns") as port,
        raw_server(house.run.postgres.url) as raw_port,
    ):

        def raw() -> float:
            return _load(raw_port, "/sessions", BODY).per_second

        def hold() -> float:
            return _load(port, "/v1/sessions", BODY, house.token).per_second

        ids = asyncio.run(_sessions(house, port, 200))
        ours, limit = interleaved(hold, raw)
        yield ratio_row(
            "Command to a durable event, 32 connections", "/s", ours, limit, 0.8
        )
        correct, limit = interleaved(lambda: _correct(house, port, ids).per_second, raw)
        yield ratio_row(
            "Command on an aggregate that exists, 32 connections",
            "/s",
            correct,
            limit,
            0.8,
        )
        steady = _load(port, "/v1/sessions", BODY, house.token, rate=400)
        yield limit_row("Command at 400/s, p99", "ms", steady.p99_ms, 15)


def _load(
    port: int,
    path: str,
    body: bytes,
    token: str = "",
    rate: float | None = None,
) -> Load:
    def headers() -> str:
        signed = f"Authorization: Bearer {token}\r\n" if token else ""
        return f"{signed}Idempotency-Key: {uuid4()}\r\n"

    load = asyncio.run(
        drive(
            port,
            http_request(path, lambda: body, headers),
            connections=CONNECTIONS,
            seconds=SECONDS,
            rate=rate,
        )
    )
    assert load.failures == 0, f"{load.failures} requests failed"
    return load


def _correct(house: House, port: int, ids: list[str]) -> Load:
    def request() -> bytes:
        content = b'{"attendance":%d,"reason_code":"miscounted"}' % random.randint(
            1, 400
        )
        return (
            f"POST /v1/sessions/{random.choice(ids)}/correction HTTP/1.1\r\n"
            "Host: bench\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {house.token}\r\nIdempotency-Key: {uuid4()}\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        ).encode() + content

    return asyncio.run(
        drive(
            port,
            request,
            connections=CONNECTIONS,
            seconds=SECONDS,
        )
    )


async def _sessions(house: House, port: int, count: int) -> list[str]:
    """Record sessions and return their ids."""
    found = []
    headers = {"Authorization": f"Bearer {house.token}",
               "Content-Type": "application/json"}  # fmt: skip
    url = f"http://127.0.0.1:{port}/v1/sessions"
    async with aiohttp.ClientSession(headers=headers) as session:
        for _ in range(count):
            key = {"Idempotency-Key": str(uuid4())}
            async with session.post(url, data=BODY, headers=key) as answer:
                reply = await answer.json()
                assert answer.status < 300, reply
                found.append(reply["session_id"])
    return found


@contextmanager
def raw_server(database_url: str) -> Iterator[int]:
    """Run the raw server on a free port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bench.raw_server", str(port), database_url]
    )
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait()
