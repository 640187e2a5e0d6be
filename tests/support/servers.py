"""Which real servers does a test talk to? The fixtures' own classes."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from deploy.embedded.nats import NatsServer
from deploy.embedded.postgres import PostgresServer
from deploy.embedded.provision import provision
from deploy.nats_permissions import SERVICES, NatsUser

# May do everything in the account PLATFORM; exists in tests only, to plant faults:
# forged, doubled, reordered events and streams that vanish.
TESTER = NatsUser("tester", (">",), (">",))


@dataclass(frozen=True)
class Database:
    """A fresh database with every service's role and schemas."""

    name: str
    admin_url: str
    urls: dict[str, str]

    def url(self, service: str) -> str:
        """Return the address for the service's own role."""
        return self.urls[service]


def fresh_database(
    server: PostgresServer, passwords: dict[str, str], name: str | None = None
) -> Database:
    """Make a database that nobody else uses; the roles are shared by the server."""
    name = name or f"t_{secrets.token_hex(6)}"
    urls = provision(server.admin_url(), passwords, database=name)
    return Database(name, server.admin_url(name), urls)


def copied_database(server: PostgresServer, database: Database) -> Database:
    """Make a database like another one, to which nobody may be connected."""
    name = f"t_{secrets.token_hex(6)}"
    with psycopg.connect(server.admin_url(), autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(database.name)
            )
        )
    urls = {
        service: url.replace(f"/{database.name}", f"/{name}")
        for service, url in database.urls.items()
    }
    return Database(name, server.admin_url(name), urls)


def drop_database(server: PostgresServer, database: Database) -> None:
    """Throw the database away, whoever is still connected to it."""
    with psycopg.connect(server.admin_url(), autocommit=True) as admin:
        name = sql.Identifier(database.name)
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def role_passwords() -> dict[str, str]:
    return {service: secrets.token_hex(12) for service in SERVICES}


class TestNatsServer(NatsServer):
    """A NATS server with one more user, `tester`, who may do everything."""

    __test__ = False

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, also=(TESTER,))

    @property
    def tester(self) -> tuple[str, str]:
        return self.user(TESTER.name)


# What the fixtures own_nats, own_postgres and own_database give.
NatsMaker = Callable[[], TestNatsServer]
PostgresMaker = Callable[[], PostgresServer]
DatabaseMaker = Callable[[PostgresServer], Database]
