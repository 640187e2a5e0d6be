"""NATS without a client: a blocking socket and the protocol's own lines.

The raw limit of relay and consumer, and how their streams are filled; the framing is
written here anew, so that nothing of ours is measured against itself.
"""

import json
import secrets
import socket
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

BATCH = 1000
_READ = 1 << 20
_PATIENCE_S = 20.0


class RawNats:
    """One connection; use as a context manager."""

    def __init__(self, url: str, user: tuple[str, str]) -> None:
        at = urlsplit(url)
        assert at.hostname is not None
        assert at.port is not None
        self._socket = socket.create_connection((at.hostname, at.port), _PATIENCE_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""
        self._at = 0
        self._inbox = f"_INBOX_bench.{secrets.token_hex(6)}"
        self._socket.recv(_READ)
        options = {
            "verbose": False,
            "pedantic": False,
            "headers": True,
            "no_responders": True,
            "user": user[0],
            "pass": user[1],
        }
        self._send(f"CONNECT {json.dumps(options)}\r\nSUB {self._inbox}.> 1\r\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def _send(self, text: str) -> None:
        self._socket.sendall(text.encode())

    def ask(self, subject: str, body: object = "") -> dict[str, Any]:
        """Ask JetStream's API. Raises RuntimeError when it says no."""
        payload = json.dumps(body) if body else ""
        size = len(payload.encode())
        self._send(f"PUB {subject} {self._inbox}.ask {size}\r\n{payload}\r\n")
        answer: dict[str, Any] = json.loads(self._next()[1])
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer

    def new_stream(self, shape: dict[str, Any]) -> None:
        """Make a stream of this shape that holds nothing."""
        name = shape["name"]
        if name in (self.ask("$JS.API.STREAM.NAMES")["streams"] or ()):
            self.ask(f"$JS.API.STREAM.DELETE.{name}")
        self.ask(f"$JS.API.STREAM.CREATE.{name}", shape)

    def publish(self, messages: Sequence[tuple[bytes, bytes]]) -> None:
        """Publish (subject, payload) pairs in atomic batches, each waited for."""
        for start in range(0, len(messages), BATCH):
            self._socket.sendall(self._frames(messages[start : start + BATCH]))
            answer = json.loads(self._next()[1])
            if "error" in answer:
                raise RuntimeError(answer["error"])

    def _frames(self, messages: Sequence[tuple[bytes, bytes]]) -> bytes:
        mark = b"NATS/1.0\r\nNats-Batch-Id:%b\r\nNats-Batch-Sequence:" % (
            secrets.token_hex(4).encode()
        )
        reply = self._inbox.encode() + b".batch "
        frames = []
        last = len(messages)
        for number, (subject, payload) in enumerate(messages, 1):
            if number < last:
                head, to = b"%b%d\r\n\r\n" % (mark, number), b""
            else:
                head, to = b"%b%d\r\nNats-Batch-Commit:1\r\n\r\n" % (mark, last), reply
            size = len(head)
            frames.append(
                b"HPUB %b %b%d %d\r\n%b%b\r\n"
                % (subject, to, size, size + len(payload), head, payload)
            )
        return b"".join(frames)

    def pull(self, stream: str, window: int, count: int) -> Iterator[list[bytes]]:
        """Read the first ``count`` messages of a stream in windows.

        All are acknowledged by the last one, and the next window is asked for before
        this one is handed over.
        """
        name = f"raw-{secrets.token_hex(4)}"
        config = {
            "name": name,
            "durable_name": name,
            "deliver_policy": "all",
            "ack_policy": "all",
            "max_ack_pending": 4 * window,
        }
        self.ask(
            f"$JS.API.CONSUMER.CREATE.{stream}.{name}",
            {"stream_name": stream, "config": config, "action": ""},
        )
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{name} {self._inbox}.next"
        sizes = [min(window, count - start) for start in range(0, count, window)]
        asked = iter(sizes)
        self._want(subject, next(asked))
        for size in sizes:
            taken = [self._next() for _ in range(size)]
            if (following := next(asked, None)) is not None:
                self._want(subject, following)
            yield [payload for _, payload in taken]
            self._send(f"PUB {taken[-1][0].decode()} 4\r\n+ACK\r\n")
        self.ask(f"$JS.API.CONSUMER.DELETE.{stream}.{name}")

    def _want(self, subject: str, size: int) -> None:
        body = json.dumps({"batch": size, "expires": 20_000_000_000})
        self._send(f"PUB {subject} {len(body)}\r\n{body}\r\n")

    def _next(self) -> tuple[bytes, bytes]:
        """Return reply subject and payload of the next message."""
        while True:
            line = self._line()
            kind = line[:4]
            if kind == b"MSG ":
                parts = line.split(b" ")
                payload = self._bytes(int(parts[-1]))
                return parts[3] if len(parts) == 5 else b"", payload
            if kind == b"PING":
                self._send("PONG\r\n")
            elif kind == b"HMSG":
                parts = line.split(b" ")
                content = self._bytes(int(parts[-1]))
                if len(parts) == 5:
                    # A status and no message: the server has nothing more to give.
                    raise RuntimeError(content)
                return parts[3], content[int(parts[-2]) :]
            elif kind.startswith(b"-ERR"):
                raise RuntimeError(line)

    def _line(self) -> bytes:
        while (end := self._buffer.find(b"\r\n", self._at)) < 0:
            self._more()
        line = self._buffer[self._at : end]
        self._at = end + 2
        return line

    def _bytes(self, size: int) -> bytes:
        while len(self._buffer) - self._at < size + 2:
            self._more()
        start = self._at
        self._at = start + size + 2
        return self._buffer[start : start + size]

    def _more(self) -> None:
        fresh = self._socket.recv(_READ)
        if not fresh:
            raise ConnectionError("NATS closed the connection")
        self._buffer = self._buffer[self._at :] + fresh
        self._at = 0
