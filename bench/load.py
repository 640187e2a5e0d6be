"""A small HTTP/1.1 load generator: closed loop or a fixed rate, kept-alive sockets.

Runs in a process of its own, so that the generator's work is not the server's.
"""

import asyncio
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Load(NamedTuple):
    """What one run of load gave."""

    per_second: float
    p50_ms: float
    p99_ms: float
    failures: int


class _Connection(asyncio.Protocol):
    """Sends a request, counts the answer's bytes, wakes its driver."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.buffer = bytearray()
        self.answered: asyncio.Future[bool] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head = self.buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        start = self.buffer.lower().find(b"content-length:", 0, head)
        length = int(self.buffer[start + 15 : self.buffer.find(b"\r\n", start)])
        if len(self.buffer) < head + 4 + length:
            return
        good = self.buffer.startswith(b"HTTP/1.1 2")
        del self.buffer[: head + 4 + length]
        if self.answered is not None and not self.answered.done():
            self.answered.set_result(good)

    def connection_lost(self, error: Exception | None) -> None:
        del error
        if self.answered is not None and not self.answered.done():
            self.answered.set_result(False)

    async def send(self, request: bytes) -> bool:
        """Send a request and wait for its answer; True for a 2xx status."""
        self.answered = asyncio.get_running_loop().create_future()
        assert self.transport is not None
        self.transport.write(request)
        return await self.answered


async def drive(
    port: int,
    request: Callable[[], bytes],
    *,
    connections: int = 32,
    seconds: float = 5,
    rate: float | None = None,
) -> Load:
    """Send requests over kept-alive connections for a while.

    ``rate`` (requests a second over all connections) makes an open loop: the delay of a
    late request counts from when it was due.
    """
    loop = asyncio.get_running_loop()
    times: list[float] = []
    failures = 0
    started = time.perf_counter()
    end = started + seconds

    async def work(number: int) -> None:
        nonlocal failures
        _, connection = await loop.create_connection(_Connection, "127.0.0.1", port)
        gap = connections / rate if rate else 0.0
        due = started + gap * number / connections
        while (now := time.perf_counter()) < end:
            if rate and now < due:
                await asyncio.sleep(due - now)
            begun = due if rate else time.perf_counter()
            good = await connection.send(request())
            times.append(time.perf_counter() - begun)
            failures += not good
            due += gap
        if connection.transport is not None:
            connection.transport.close()

    await asyncio.gather(*(work(number) for number in range(connections)))
    spent = time.perf_counter() - started
    cuts = statistics.quantiles(times, n=100)
    return Load(len(times) / spent, cuts[49] * 1e3, cuts[98] * 1e3, failures)


def http_request(path: str, body: Callable[[], bytes], headers: Callable[[], str]):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Make a maker of POST requests with a fresh body and fresh headers each."""

    def make() -> bytes:
        content = body()
        return (
            f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n{headers()}\r\n"
        ).encode() + content

    return make
