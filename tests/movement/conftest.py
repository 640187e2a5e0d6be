"""A world for each test: empty tables, no streams, parts that stop at its end."""

from collections.abc import AsyncIterator

import pytest

from tests.support.movement import World, drop_streams, sqlalchemy_url
from tests.support.servers import Database, TestNatsServer


@pytest.fixture
async def world(
    database: Database, nats_server: TestNatsServer
) -> AsyncIterator[World]:
    made = World(sqlalchemy_url(database), nats_server.url, nats_server.tester)
    made.create_tables()
    made.empty_tables()
    await drop_streams(await made.client())
    yield made
    await made.close()
