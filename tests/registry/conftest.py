"""The registry in this process, on a real database with the whole register in it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from pydantic import SecretStr

from deploy.embedded.issuer import Issuer
from deploy.embedded.postgres import PostgresServer
from services.chassis.http import create_app
from services.chassis.schemas import prepare_schema
from services.chassis.service import (
    Runtime,
    build_runtime,
    close_runtime,
)
from services.chassis.settings import Settings
from services.chassis.vault import add_kek
from services.registry.wiring import definition
from services.unit_directory.directory import EXTRA, units_of
from services.unit_directory.tree import UnitTree
from tests.support.servers import (
    Database,
    copied_database,
    drop_database,
    fresh_database,
)


@dataclass(frozen=True)
class Door:
    """One caller before the HTTP door."""

    client: httpx2.AsyncClient
    token: str | None

    async def post(
        self, path: str, body: Any, *, key: UUID | None = None
    ) -> httpx2.Response:
        headers = {**self._auth(), "Idempotency-Key": str(key or uuid4())}
        if isinstance(body, bytes):
            headers["Content-Type"] = "application/json"
            return await self.client.post(path, content=body, headers=headers)
        return await self.client.post(path, json=body, headers=headers)

    async def get(self, path: str, **params: Any) -> httpx2.Response:
        return await self.client.get(path, params=params, headers=self._auth())

    def _auth(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


@dataclass(frozen=True)
class Registry:
    """The running registry, and a door for whoever calls."""

    runtime: Runtime
    client: httpx2.AsyncClient
    issuer: Issuer

    @property
    def tree(self) -> UnitTree:
        return units_of(self.runtime)

    @property
    def officer(self) -> Door:
        return self.caller("officer")

    @property
    def stranger(self) -> Door:
        return Door(self.client, None)

    def caller(self, name: str, **changes: Any) -> Door:
        return Door(self.client, self.issuer.token(name, **changes))


@pytest.fixture(scope="session")
def registry_kek(server_folder: Path) -> Path:
    kek_file = server_folder / "registry-kek"
    add_kek(kek_file)
    return kek_file


def settings_for(database: Database, issuer: Issuer, kek_file: Path) -> Settings:
    return Settings(
        service="registry",
        database_url=SecretStr(database.url("registry")),
        jwks_file=issuer.jwks_file,
        kek_file=kek_file,
    )


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[Runtime]:
    """Run the registry's parts that need no bus."""
    described = definition()
    runtime = build_runtime(described, settings)
    prepare_schema(runtime)
    assert described.on_start is not None
    await described.on_start(runtime)
    yield runtime
    await runtime.extras[EXTRA].close()
    await runtime.extras["holdings"].close()
    await close_runtime(runtime)


@pytest.fixture(scope="session")
async def registered(
    postgres_server: PostgresServer,
    database_passwords: dict[str, str],
    issuer: Issuer,
    registry_kek: Path,
) -> AsyncIterator[Database]:
    """Give a database that has the whole register, to be copied: imported once."""
    fresh = fresh_database(postgres_server, database_passwords)
    async with started(settings_for(fresh, issuer, registry_kek)):
        pass
    yield fresh
    drop_database(postgres_server, fresh)


@pytest.fixture(scope="module")
def registry_database(
    postgres_server: PostgresServer, registered: Database
) -> Iterator[Database]:
    """Give each module a register of its own: what one does, no other sees."""
    copied = copied_database(postgres_server, registered)
    yield copied
    drop_database(postgres_server, copied)


@pytest.fixture(scope="module")
def settings(
    registry_database: Database, issuer: Issuer, registry_kek: Path
) -> Settings:
    return settings_for(registry_database, issuer, registry_kek)


@asynccontextmanager
async def opened(settings: Settings, issuer: Issuer) -> AsyncIterator[Registry]:
    """Run one process of the registry, with its HTTP door open."""
    async with started(settings) as runtime:
        transport = httpx2.ASGITransport(
            app=create_app(runtime, runtime.definition.routers)
        )
        base = "http://registry/v1"
        async with httpx2.AsyncClient(transport=transport, base_url=base) as client:
            yield Registry(runtime, client, issuer)


@pytest.fixture(scope="module")
async def registry(settings: Settings, issuer: Issuer) -> AsyncIterator[Registry]:
    async with opened(settings, issuer) as found:
        yield found


@pytest.fixture(scope="module")
def registrar(registry: Registry) -> Door:
    """Give the caller who changes units."""
    return registry.caller("registrar")
