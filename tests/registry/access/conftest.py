"""Every service at work at once, for tests of rights that are handed on."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.embedded.issuer import Issuer
from deploy.embedded.postgres import PostgresServer
from tests.registry.access.world import World, world_of
from tests.support.servers import (
    Database,
    TestNatsServer,
    copied_database,
    drop_database,
)


@pytest.fixture(scope="session")
async def whole(
    postgres_server: PostgresServer,
    registered: Database,
    server_folder: Path,
    issuer: Issuer,
    registry_kek: Path,
) -> AsyncIterator[World]:
    """Give the registry and all who follow it, once for all tests of this folder."""
    database = copied_database(postgres_server, registered)
    server = TestNatsServer(Path(tempfile.mkdtemp(prefix="nats-", dir=server_folder)))
    server.start()
    async with world_of(database, server, issuer, registry_kek) as running:
        yield running
    server.remove()
    drop_database(postgres_server, database)
