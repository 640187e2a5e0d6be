"""From outside there are three addresses, and nothing else.

The file is read where no Caddy is installed, and tried by a real one where it is.
"""

import contextlib
import http.client
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from deploy.embedded.ports import free_port

CADDYFILE = Path(__file__).parents[2] / "deploy" / "Caddyfile"
CADDY = shutil.which("caddy")
with_caddy = pytest.mark.skipif(CADDY is None, reason="Caddy is not installed")


def test_only_the_endpoint_and_the_open_doors_are_routed() -> None:
    """Every address that leads anywhere is named; the rest ends in 404."""
    text = CADDYFILE.read_text()

    routed = {path for line in re.findall(r"path (.+)", text) for path in line.split()}
    tips = {"/v1/tips", "/v1/tips/status"}
    cards = {"/v1/member-cards/check", "/v1/member-cards/keys"}
    lists = {"/v1/unit-lists", "/v1/unit-lists/*"}
    assert {"/graphql"} | tips | cards | lists == routed
    assert 5 == text.count("reverse_proxy {")
    assert ["POST", "POST", "GET", "GET"] == re.findall(r"method (\w+)", text)
    assert re.search(r"\thandle \{\n\t\trespond 404\n\t\}", text)


def test_slow_and_large_requests_are_ended() -> None:
    """Headers, bodies and idle connections have a deadline, bodies a limit."""
    text = CADDYFILE.read_text()

    for name in ("read_header", "read_body", "idle", "max_header_size"):
        assert re.search(rf"\b{name} \d+", text), name
    assert text.count("reverse_proxy {") == text.count("max_size")
    assert "log" not in re.findall(r"^\s*(\w+)", text, re.MULTILINE)


class Behind(BaseHTTPRequestHandler):
    """What stands behind the proxy: it tells which address it was asked for by whom."""

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.rfile.read(length)
        body = f"{self.path} {self.headers.get('X-Forwarded-For')}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):  # refused at the door meanwhile
            self.wfile.write(body)

    do_GET = do_POST  # noqa: N815  (the name that http.server asks for)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def proxy(server_folder: Path) -> Iterator[int]:
    """Give the port of a real Caddy that reads our file, with one server behind it."""
    behind = ThreadingHTTPServer(("127.0.0.1", 0), Behind)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    port, alive = free_port(), free_port()
    text = CADDYFILE.read_text()
    text = text.replace("{$BINHYEN_SITE::8080}", f"http://127.0.0.1:{port}")
    text = text.replace("127.0.0.1:8081", f"127.0.0.1:{alive}")
    text = re.sub(
        r"dynamic a \w+ 8080 \{[^}]*\}", f"to 127.0.0.1:{behind.server_port}", text
    )
    file = server_folder / "Caddyfile"
    file.write_text(text)
    server = subprocess.Popen(
        [str(CADDY), "run", "--adapter", "caddyfile", "--config", str(file)],
        env={"HOME": str(server_folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 30
    while not _listens(port):
        assert server.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    yield port
    server.terminate()
    server.wait(timeout=30)
    behind.shutdown()
    behind.server_close()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(
    port: int, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, named)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@with_caddy
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/graphql"),
        ("GET", "/graphql"),
        ("POST", "/v1/tips"),
        ("POST", "/v1/member-cards/check"),
        ("GET", "/v1/member-cards/keys"),
        ("GET", "/v1/unit-lists"),
        ("GET", "/v1/unit-lists/2026-12/manifest"),
    ],
)
def test_the_named_addresses_lead_inside(method: str, path: str, proxy: int) -> None:
    """The endpoint and the open doors are reached."""
    status, body = ask(proxy, method, path)

    assert (200, path) == (status, body.split()[0])


@with_caddy
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/metrics"),
        ("GET", "/health"),
        ("GET", "/v1/tips"),
        ("GET", "/v1/member-cards"),
        ("GET", "/v1/member-cards/check"),
        ("POST", "/v1/member-cards/keys"),
        ("POST", "/v1/unit-lists/2026-12"),
        ("POST", "/v1/tips/record"),
        ("POST", "/v1/tips/4b0c/read"),
        ("POST", "/v1/tips/"),
        ("POST", "/V1/TIPS/record"),
        ("POST", "/v1/tips/../../metrics"),
        ("POST", "/v1/sessions"),
        ("GET", "/docs"),
    ],
)
def test_everything_else_is_not_there(method: str, path: str, proxy: int) -> None:
    """Officers' routes, health and metrics do not exist outside."""
    assert 404 == ask(proxy, method, path)[0]


@with_caddy
def test_a_sender_cannot_choose_its_address(proxy: int) -> None:
    """The forwarding header is the proxy's own: budgets per address hold."""
    _, body = ask(proxy, "POST", "/v1/tips", X_Forwarded_For="203.0.113.9")

    assert "/v1/tips 127.0.0.1" == body


@with_caddy
@pytest.mark.parametrize(("path", "limit"), [("/graphql", 256), ("/v1/tips", 128)])
def test_a_body_over_the_limit_is_refused(path: str, limit: int, proxy: int) -> None:
    """What fits passes; one byte over the limit is refused at the door."""
    fits = b"x" * (limit * 1024)

    assert 200 == ask(proxy, "POST", path, fits)[0]
    # Caddy 2.6 says 502 where newer ones say 413.
    assert ask(proxy, "POST", path, fits + b"x")[0] in {413, 502}


@with_caddy
def test_a_half_sent_header_does_not_hold_a_connection(proxy: int) -> None:
    """After its deadline the connection is closed by the proxy."""
    with socket.create_connection(("127.0.0.1", proxy), timeout=15) as slow:
        slow.sendall(b"POST /v1/tips HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        started = time.monotonic()
        rest = slow.recv(1024)

    assert b"200" not in rest
    assert time.monotonic() - started < 10
