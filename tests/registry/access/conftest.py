"""Every service at work at once, for tests of rights that are handed on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.embedded.issuer import Issuer
from tests.registry.access.world import World, world_of
from tests.support.servers import Database, TestNatsServer


@pytest.fixture(scope="module")
async def whole(
    registry_database: Database,
    nats_server: TestNatsServer,
    issuer: Issuer,
    registry_kek: Path,
) -> AsyncIterator[World]:
    """Give the registry and all who follow it."""
    async with world_of(
        registry_database, nats_server, issuer, registry_kek
    ) as running:
        yield running
