"""A world for each test: empty tables, no streams, parts that stop at its end."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from deploy.embedded.issuer import Issuer
from services.chassis.command_writer import CommandWriter
from services.chassis.commands import CommandPath
from services.chassis.identity import TokenVerifier
from services.chassis.service import Runtime, ServiceDefinition
from services.chassis.settings import Settings
from tests.support.movement import World, drop_streams, sqlalchemy_url
from tests.support.sample import (
    SCHEMA,
    SERVICE,
    Tally,
    TallyValues,
    publish,
    read_metadata,
)
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


@pytest.fixture
async def runtime(world: World, issuer: Issuer) -> AsyncIterator[Runtime]:
    writer = CommandWriter(world.engine, SCHEMA, [TallyValues()])
    made = Runtime(
        definition=ServiceDefinition(
            name=SERVICE,
            aggregates=(Tally,),
            publish=publish,
            read_metadata=read_metadata,
        ),
        settings=Settings(service=SERVICE),
        engine=world.engine,
        log=world.log,
        commands=CommandPath(world.log, world.mapper, writer),
        verifier=TokenVerifier(issuer.jwks_file, issuer.issuer, issuer.audience),
        threads=ThreadPoolExecutor(2),
    )
    yield made
    await made.commands.close()
    made.threads.shutdown()
