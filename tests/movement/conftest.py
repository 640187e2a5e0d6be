"""A world for each test: empty tables, no streams, parts that stop at its end."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from deploy.embedded.issuer import Issuer
from services.chassis.command_writer import CommandWriter
from services.chassis.commands import CommandPath
from services.chassis.identity import TokenVerifier
from services.chassis.requests import RequestRunner
from services.chassis.service import Runtime, ServiceDefinition
from services.chassis.service_client import ServiceClient
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
from tests.support.verbs import Doings, Start, verbs


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
    writer = CommandWriter(world.engine, SCHEMA, [TallyValues()], publish=publish)
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


@pytest.fixture
def doings() -> Doings:
    return Doings()


@pytest.fixture
async def start(world: World, runtime: Runtime, doings: Doings) -> Start:
    """Give a starter of runners, each on a connection of its own."""

    async def made(**kw: Any) -> RequestRunner:
        runner = RequestRunner(runtime, await world.client(), verbs(doings), **kw)
        world.start(runner)
        await runner.started.wait()
        return runner

    return made


@pytest.fixture
async def client(world: World) -> ServiceClient:
    return ServiceClient(await world.client())
