"""Which PostgreSQL and NATS does this installation use? Embedded ones or given ones.

DATABASE_URL (an administrator's address) and NATS_URL in the environment point at
servers that are there; whatever is not given is started from the wheels.
"""

import json
import socket
from os import environ  # noqa: TID251  (the two addresses are the operator's word)
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from deploy.embedded.nats import NatsServer
from deploy.embedded.postgres import PostgresServer
from deploy.embedded.private_file import passwords
from deploy.embedded.provision import DATABASE, provision
from deploy.nats_permissions import GATEWAY, SERVICES, user_names


class Server(Protocol):
    """An embedded server, as the supervisor watches it."""

    @property
    def pid(self) -> int | None: ...
    @property
    def running(self) -> bool: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


class Backing:
    """The two servers behind the processes."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._database_url = environ.get("DATABASE_URL")
        self._nats_url = environ.get("NATS_URL")
        self.postgres = None if self._database_url else _postgres(state)
        self.nats = None if self._nats_url else _nats(state)

    def servers(self) -> dict[str, Server]:
        """Return the embedded servers by name, in the order of their start."""
        found: dict[str, Server | None] = {"postgres": self.postgres, "nats": self.nats}
        return {name: server for name, server in found.items() if server}

    def database_urls(self) -> dict[str, str]:
        """Return each service's database address; makes what is missing."""
        kept = passwords(self._state / "secrets" / "database.json", SERVICES)
        if self.postgres is None:
            name = environ.get("DATABASE_NAME", DATABASE)
            return provision(str(self._database_url), kept, database=name)
        return provision(self.postgres.admin_url(), kept)

    @property
    def postgres_url(self) -> str:
        """The administrator's address of our database."""
        if self.postgres is None:
            return str(self._database_url)
        return self.postgres.admin_url(DATABASE)

    @property
    def nats_url(self) -> str:
        return self.nats.url if self.nats else str(self._nats_url)

    def nats_users(self) -> dict[str, str]:
        """Return the passwords of the users of NATS, by user."""
        if self.nats is not None:
            return dict(self.nats.user(name) for name in user_names())
        if given := environ.get("NATS_PASSWORDS_FILE"):
            found: dict[str, str] = json.loads(Path(given).read_text())
            return found
        return passwords(self._state / "nats" / "users.json", user_names())

    def check_nats(self) -> str | None:
        """Return what is wrong or weak with a given NATS server; None if nothing."""
        if self.nats is not None:
            return None
        return _judge(self.nats_url, self.nats_users()[GATEWAY])


def _judge(url: str, password: str) -> str | None:
    """Knock as the gateway would and read what the server says of itself."""
    address = urlsplit(url)
    try:
        greeting, answer = _knock(
            (str(address.hostname), address.port or 4222), password
        )
    except OSError as error:
        message = f"NATS at {url} does not answer: {error}"
        raise RuntimeError(message) from error
    if greeting.get("tls_required"):
        return None  # the processes will tell; knocking would need certificates
    if not greeting.get("jetstream"):
        message = f"NATS at {url} runs without JetStream"
        raise RuntimeError(message)
    if answer.startswith("-ERR"):
        message = (
            f"NATS at {url} refuses the user gateway: {answer.strip()}. Give it the"
            " users of deploy/nats/nats.conf and name a file with their passwords"
            " (JSON, by user) in NATS_PASSWORDS_FILE."
        )
        raise RuntimeError(message)
    if greeting.get("auth_required"):
        return None
    return f"NATS at {url} asks nobody who they are: partners' events cannot be told."


def _knock(address: tuple[str, int], password: str) -> tuple[dict[str, Any], str]:
    with socket.create_connection(address, timeout=5) as connection:
        lines = connection.makefile("rb")
        greeting: dict[str, Any] = json.loads(lines.readline().removeprefix(b"INFO "))
        if greeting.get("tls_required"):
            return greeting, ""
        who = {"user": GATEWAY, "pass": password, "verbose": False, "pedantic": False}
        connection.sendall(f"CONNECT {json.dumps(who)}\r\nPING\r\n".encode())
        return greeting, lines.readline().decode()


def _postgres(state: Path) -> PostgresServer:
    return PostgresServer(state / "postgres")


def _nats(state: Path) -> NatsServer:
    return NatsServer(state / "nats")
