"""A NATS user that speaks the bare protocol and hears every yes and no."""

import json
import socket
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.support.servers import TestNatsServer


class PlainNats:
    """One connection in verbose mode: each line sent is answered by +OK or -ERR."""

    def __init__(self, server: TestNatsServer, user: tuple[str, str]) -> None:
        address = urlsplit(server.url)
        self._socket = socket.create_connection(
            (str(address.hostname), int(address.port or 0)), timeout=5
        )
        self._lines = self._socket.makefile("rb")
        self._lines.readline()  # the greeting
        name, password = user
        options = {
            "verbose": True,
            "pedantic": False,
            "user": name,
            "pass": password,
            "headers": True,
            "no_responders": True,
        }
        self.accepted = self._tell(f"CONNECT {json.dumps(options)}\r\n")

    def may_publish(self, subject: str) -> bool:
        return self._tell(f"PUB {subject} 2\r\n{{}}\r\n")

    def may_subscribe(self, subject: str) -> bool:
        return self._tell(f"SUB {subject} 1\r\n")

    def _tell(self, line: str) -> bool:
        self._socket.sendall(line.encode())
        while True:
            answer = self._lines.readline()
            if answer.startswith(b"MSG"):
                self._lines.readline()
            elif answer.startswith(b"PING"):
                self._socket.sendall(b"PONG\r\n")
                self._lines.readline()
            elif answer.startswith((b"+OK", b"-ERR")) or not answer:
                return answer.startswith(b"+OK")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()
