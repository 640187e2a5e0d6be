"""Fixtures of every test: a real PostgreSQL, a real NATS, tokens. Nothing to prepare.

| fixture         | life     | what                                                  |
|-----------------|----------|-------------------------------------------------------|
| postgres_server | run      | PostgresServer, shared                                |
| database        | module   | Database: .url("tips"), .admin_url, .name             |
| nats_server     | module   | TestNatsServer: .url, .user("tips"), .tester          |
| own_postgres    | function | makes private servers to kill: own_postgres()         |
| own_database    | function | makes a Database in a private server                  |
| own_nats        | function | makes private servers to kill or wipe: own_nats()     |
| issuer          | run      | Issuer: .token("officer", scopes=.., unit_roots=..),  |
|                 |          | .jwks_file, .issuer, .audience                        |

A server has start, stop, kill, restart, pause, resume, pid, port; NATS also wipe
(kill and lose the streams; start it again afterwards). The port stays the same.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.embedded.issuer import Issuer
from deploy.embedded.postgres import PostgresServer
from tests.support.servers import (
    Database,
    TestNatsServer,
    drop_database,
    fresh_database,
    role_passwords,
)


@pytest.fixture(scope="session")
def server_folder() -> Iterator[Path]:
    """Give a folder for the servers' files that vanishes with the run."""
    folder = Path(tempfile.mkdtemp(prefix="binhyen-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(server_folder: Path) -> Iterator[PostgresServer]:
    server = PostgresServer(server_folder / "postgres")
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def database_passwords() -> dict[str, str]:
    return role_passwords()


@pytest.fixture(scope="module")
def database(
    postgres_server: PostgresServer, database_passwords: dict[str, str]
) -> Iterator[Database]:
    fresh = fresh_database(postgres_server, database_passwords)
    yield fresh
    drop_database(postgres_server, fresh)


@pytest.fixture(scope="module")
def nats_server(server_folder: Path) -> Iterator[TestNatsServer]:
    """Give one server per module: streams have fixed names, so modules would mix."""
    server = TestNatsServer(Path(tempfile.mkdtemp(prefix="nats-", dir=server_folder)))
    server.start()
    yield server
    server.remove()


@pytest.fixture
def own_nats(server_folder: Path) -> Iterator[Callable[[], TestNatsServer]]:
    """Give a maker of started private servers; all are gone after the test."""
    made: list[TestNatsServer] = []

    def make() -> TestNatsServer:
        folder = Path(tempfile.mkdtemp(prefix="own-nats-", dir=server_folder))
        made.append(TestNatsServer(folder))
        made[-1].start()
        return made[-1]

    yield make
    for server in made:
        server.remove()


@pytest.fixture
def own_postgres(server_folder: Path) -> Iterator[Callable[[], PostgresServer]]:
    """Give a maker of started private servers; all are gone after the test."""
    made: list[PostgresServer] = []

    def make() -> PostgresServer:
        folder = Path(tempfile.mkdtemp(prefix="own-postgres-", dir=server_folder))
        made.append(PostgresServer(folder))
        made[-1].start()
        return made[-1]

    yield make
    for server in made:
        server.remove()


@pytest.fixture
def own_database(
    database_passwords: dict[str, str],
) -> Callable[[PostgresServer], Database]:
    """Give a maker of databases in a private server."""
    return lambda server: fresh_database(server, database_passwords, "binhyen")


@pytest.fixture(scope="session")
def issuer(server_folder: Path) -> Issuer:
    """Give a token issuer with its own key."""
    return Issuer(server_folder / "issuer")
