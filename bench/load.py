"""A small HTTP/1.1 load generator: closed loop or a fixed rate, kept-alive sockets.

It runs in the bench's own process, so that its work is not counted as the server's.
"""

import asyncio
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

Requests = Callable[[], bytes]
Hears = Callable[[bytes], None]


class Load(NamedTuple):
    """What one run of load gave."""

    answers: int
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    failures: int


class _Connection(asyncio.Protocol):
    """Sends a request, counts the answer's bytes, wakes its driver."""

    def __init__(self, hears: Hears | None) -> None:
        self.transport: asyncio.Transport | None = None
        self._hears = hears
        self._buffer = bytearray()
        self._answered: asyncio.Future[bool] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer
        buffer += data
        head = buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        start = buffer.lower().find(b"content-length:", 0, head)
        length = int(buffer[start + 15 : buffer.find(b"\r\n", start)])
        if len(buffer) < head + 4 + length:
            return
        if self._hears is not None:
            self._hears(bytes(buffer))
        self._settle(good=buffer.startswith(b"HTTP/1.1 2"))
        buffer.clear()

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._settle(good=False)

    def _settle(self, *, good: bool) -> None:
        if self._answered is not None and not self._answered.done():
            self._answered.set_result(good)

    async def send(self, request: bytes) -> bool:
        """Send a request and wait for its answer; True for a 2xx status."""
        self._answered = asyncio.get_running_loop().create_future()
        assert self.transport is not None
        self.transport.write(request)
        return await self._answered


async def drive(
    port: int,
    request: Requests,
    *,
    connections: int = 32,
    seconds: float = 5,
    rate: float | None = None,
    hears: Hears | None = None,
) -> Load:
    """Send requests over kept-alive connections for a while.

    ``rate`` (requests a second over all connections) makes an open loop: the delay of a
    late request counts from when it was due. ``hears`` is given every answer.
    """
    loop = asyncio.get_running_loop()
    times: list[float] = []
    failures = 0
    started = time.perf_counter()
    end = started + seconds

    async def work(number: int) -> None:
        nonlocal failures
        _, connection = await loop.create_connection(
            lambda: _Connection(hears), "127.0.0.1", port
        )
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
    cuts = [cut * 1e3 for cut in statistics.quantiles(times, n=100)]
    return Load(len(times), len(times) / spent, cuts[49], cuts[94], cuts[98], failures)


def post(path: str, content: bytes, *headers: str) -> bytes:
    """Return the bytes of a POST request with a JSON body."""
    lines = "".join(f"{header}\r\n" for header in headers)
    return (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\n{lines}\r\n"
    ).encode() + content


def get(path: str, *headers: str) -> bytes:
    """Return the bytes of a GET request."""
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\n{lines}\r\n".encode()
