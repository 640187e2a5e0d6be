"""The whole service on real streams, one for each module."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from deploy.embedded.issuer import Issuer
from services.chassis.movement import moving_parts
from services.chassis.requests import ServiceClient
from services.chassis.schemas import prepare_schema
from services.chassis.service import (
    Runtime,
    build_runtime,
    close_runtime,
)
from services.chassis.settings import Settings
from services.reporting.wiring import definition
from tests.reporting import units
from tests.reporting.conftest import figures_of
from tests.reporting.sources import Source
from tests.reporting.world import World, connected, until
from tests.support.servers import Database, TestNatsServer


@pytest.fixture(scope="module")
async def world(
    database: Database, nats_server: TestNatsServer, issuer: Issuer
) -> AsyncIterator[World]:
    others = await connected(nats_server, "tester")
    sources = [Source(name, others) for name in ("registry", "campaigns", "tips")]
    for source in sources:
        await source.lay_out()
        await source.answer()
    settings = settings_for(database, nats_server, issuer)
    runtime = build_runtime(definition(), settings)
    prepare_schema(runtime)
    runtime.nats = await connected(nats_server, "reporting")
    assert runtime.definition.on_start is not None
    await runtime.definition.on_start(runtime)
    parts = moving_parts(runtime)
    running = [asyncio.create_task(part.run()) for part in parts]
    gateway = await connected(nats_server, "gateway")
    registry, campaigns, tips = sources
    made = World(
        runtime=runtime,
        settings=settings,
        registry=registry,
        campaigns=campaigns,
        tips=tips,
        gateway=ServiceClient(gateway),
        ears=gateway,
        issuer=issuer,
    )
    for aggregate, version, event in units.register():
        message = made.registry.record(event, aggregate, version)
        await made.registry.publish([message])
    await until(lambda: unready(runtime))
    yield made
    for part in reversed(parts):
        part.stop()
    await asyncio.gather(*running)
    await figures_of(runtime).close()
    await runtime.extras["units"].close()
    for client in (gateway, runtime.nats, others):
        await client.close()
    await close_runtime(runtime)


def settings_for(
    database: Database, nats_server: TestNatsServer, issuer: Issuer
) -> Settings:
    user, password = nats_server.user("reporting")
    return Settings(
        service="reporting",
        database_url=SecretStr(database.url("reporting")),
        jwks_file=issuer.jwks_file,
        nats_url=nats_server.url,
        nats_user=user,
        nats_password=SecretStr(password),
    )


async def unready(runtime: Runtime) -> bool:
    return not await runtime.unready()
