"""Commands through HTTP: the real campaigns service beside a raw INSERT per request."""

import asyncio
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bench.house import House, running, until_answers
from bench.load import Load, Requests, drive, post
from bench.measure import Row, interleaved, most_row, ratio_row
from bench.sessions import BODY, HOLD, hold_sessions, key
from deploy.embedded.ports import free_port

RAW_LIMIT: Final = (
    "FastAPI with a pydantic body and one asyncpg INSERT per request (pool of 16), as"
    " durable as ours; it keeps no command id, no read model, and decides nothing"
)
CONNECTIONS: Final = 32
SECONDS: Final = 4.0
STEADY_RATE: Final = 400


def measure(house: House) -> Iterator[Row]:
    """Create, load-and-decide, and delay at a fixed rate."""
    with (
        house.alone("campaigns") as port,
        raw_server(house.run.postgres.url) as raw_port,
    ):
        ids = hold_sessions(house, port, 200)

        def hold() -> bytes:
            return post(HOLD, BODY, house.authorization, key())

        def correct() -> bytes:
            content = b'{"attendance":%d,"reason_code":"miscounted"}'
            path = f"{HOLD}/{random.choice(ids)}/correction"
            drawn = content % random.randint(1, 100_000)
            return post(path, drawn, house.authorization, key())

        def raw() -> float:
            return _load(raw_port, lambda: post("/sessions", BODY, key())).per_second

        for what, request in (
            ("Command to a durable event, 32 connections", hold),
            ("Command on an aggregate that exists, 32 connections", correct),
        ):
            ours, limit = interleaved(lambda r=request: _load(port, r).per_second, raw)  # type: ignore[misc]
            yield ratio_row(what, "/s", ours, limit, 0.8)
        steady = _load(port, hold, rate=STEADY_RATE)
        yield most_row(f"Command at {STEADY_RATE}/s, p99", "ms", steady.p99_ms, 15)


def _load(port: int, request: Requests, rate: float | None = None) -> Load:
    load = asyncio.run(
        drive(port, request, connections=CONNECTIONS, seconds=SECONDS, rate=rate)
    )
    # A draw may equal the attendance that a session has, which is refused.
    assert load.failures <= load.answers / 100, f"{load.failures} requests failed"
    return load


@contextmanager
def raw_server(database_url: str) -> Iterator[int]:
    """Run the raw server on a free port."""
    port = free_port()
    program = [sys.executable, "-m", "bench.raw_server", str(port), database_url]
    with running(program):
        until_answers(f"http://127.0.0.1:{port}/openapi.json")
        yield port
