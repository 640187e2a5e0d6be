"""Which processes make up the platform, and what each needs to know to run.

The supervisor starts them; the environment is the one that services.chassis.settings
reads.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from os import environ  # noqa: TID251  (children inherit what the operator set)
from pathlib import Path

from deploy.embedded.issuer import Issuer
from deploy.embedded.ports import free_port, is_free
from deploy.nats_permissions import GATEWAY, SERVICES
from services.chassis.vault import add_kek

INNER_OFFSET = 1000
PREFERRED_PORTS = {
    GATEWAY: 8080,
    "registry": 8101,
    "campaigns": 8102,
    "tips": 8103,
    "reporting": 8104,
}


@dataclass(frozen=True, slots=True)
class Program:
    """One process to run: its command, addresses and environment."""

    name: str
    command: tuple[str, ...]
    port: int
    inner_port: int
    environment: Mapping[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def inner_url(self) -> str:
        return f"http://127.0.0.1:{self.inner_port}"

    @property
    def moved(self) -> bool:
        """Whether somebody else sits on the port that the documents name."""
        return self.port != PREFERRED_PORTS[self.name]

    def on_free_ports(self) -> "Program":
        """Return the same program on ports that nobody else has taken meanwhile."""
        if is_free(self.port) and is_free(self.inner_port):
            return self
        port, inner_port = _ports(PREFERRED_PORTS[self.name])
        addresses = {
            "BINHYEN_HTTP_PORT": str(port),
            "BINHYEN_INNER_PORT": str(inner_port),
        }
        environment = {**self.environment, **addresses}
        return replace(self, port=port, inner_port=inner_port, environment=environment)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all processes share."""

    state: Path
    database_urls: Mapping[str, str]
    nats_url: str
    nats_users: Mapping[str, str]
    issuer: Issuer


def programs(around: Surroundings) -> tuple[Program, ...]:
    """Return the five processes, services first, each on ports that are free now."""
    return tuple(_program(name, around) for name in (*SERVICES, GATEWAY))


def _program(name: str, around: Surroundings) -> Program:
    port, inner_port = _ports(PREFERRED_PORTS[name])
    own = {
        "SERVICE": name,
        "NATS_URL": around.nats_url,
        "NATS_USER": name,
        "NATS_PASSWORD": around.nats_users[name],
        "HTTP_HOST": "127.0.0.1",
        "HTTP_PORT": str(port),
        "INNER_HOST": "127.0.0.1",
        "INNER_PORT": str(inner_port),
        "JWKS_FILE": str(around.issuer.jwks_file),
        "TOKEN_ISSUER": around.issuer.issuer,
        "TOKEN_AUDIENCE": around.issuer.audience,
    }
    if name == GATEWAY:
        own["GRAPHIQL"] = "true"
        module = "gateway.main"
    else:
        own["DATABASE_URL"] = around.database_urls[name]
        own["KEK_FILE"] = str(_key_file(around.state, name))
        module = f"services.{name}.main"
    ours = {f"BINHYEN_{key}": value for key, value in own.items()}
    inherited = {**environ, "PYTHONUNBUFFERED": "1"}
    command = (sys.executable, "-m", module)
    return Program(name, command, port, inner_port, inherited | ours)


def _ports(preferred: int) -> tuple[int, int]:
    """Return a free port and the inner one beside it."""
    port = preferred
    while not (is_free(port) and is_free(port + INNER_OFFSET)):
        port = free_port()
    return port, port + INNER_OFFSET


def _key_file(state: Path, service: str) -> Path:
    """Return the service's key-encryption keys; the first is made at first start."""
    file = state / "secrets" / f"{service}.kek"
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        add_kek(file)
    return file
