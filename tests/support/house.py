"""All four services of the platform in this process, moving facts on a real NATS.

For tests of what passes between them: the register is that of some provinces.
"""

import asyncio
import importlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import httpx2
from pydantic import SecretStr

from deploy.embedded.issuer import Issuer
from services.chassis import nats
from services.chassis.bus import Bus
from services.chassis.http import create_app
from services.chassis.movement import MovingPart, moving_parts
from services.chassis.schemas import prepare_schema
from services.chassis.service import Runtime, build_runtime, close_runtime
from services.chassis.settings import Settings
from services.registry.read_models.tables import UNITS
from services.registry.reference.snapshot import Snapshot
from services.registry.use_cases.import_units import import_units
from services.registry.wiring import open_import_vault, open_vault
from services.unit_directory.directory import EXTRA, UnitDirectory
from tests.support.servers import Database, TestNatsServer

OTHERS: Final = ("campaigns", "tips", "reporting")


@dataclass(frozen=True)
class Door:
    """One caller before one service's HTTP door."""

    client: httpx2.AsyncClient
    token: str

    async def post(
        self, path: str, body: Any, *, key: UUID | None = None
    ) -> httpx2.Response:
        headers = {**self._auth(), "Idempotency-Key": str(key or uuid4())}
        return await self.client.post(path, json=body, headers=headers)

    async def get(self, path: str, **params: Any) -> httpx2.Response:
        return await self.client.get(path, params=params, headers=self._auth())

    def _auth(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@dataclass
class House:
    """The running services by name, with a door of each for whoever calls."""

    issuer: Issuer
    server: TestNatsServer
    runtimes: dict[str, Runtime] = field(default_factory=dict)
    clients: dict[str, httpx2.AsyncClient] = field(default_factory=dict)
    _parts: dict[str, tuple[list[MovingPart], list[asyncio.Task[None]]]] = field(
        default_factory=dict
    )

    def door(self, service: str, caller: str, **changes: Any) -> Door:
        return Door(self.clients[service], self.issuer.token(caller, **changes))

    async def start(self, name: str) -> None:
        """Let a service hear, answer and follow."""
        runtime = self.runtimes[name]
        runtime.nats = await self.connected(name)
        parts = moving_parts(runtime)
        self._parts[name] = (
            parts,
            [asyncio.create_task(part.run()) for part in parts],
        )

    async def connected(self, name: str) -> Bus:
        """Enter the bus as one of the services."""
        user, password = self.server.user(name)
        return await nats.connect(
            self.server.url, name=name, user=user, password=password
        )

    async def stop(self, name: str) -> None:
        """Let a service be away: nobody answers for it any more."""
        parts, tasks = self._parts.pop(name)
        for part in parts:
            part.stop()
        await asyncio.wait_for(asyncio.gather(*tasks), 30)
        bus = self.runtimes[name].nats
        assert bus is not None
        await bus.close()

    async def until_units_are_known(self) -> None:
        """Wait until all services know every unit fact of the registry."""
        ours = self.runtimes["registry"].extras[EXTRA]
        await self.runtimes["registry"].read(ours.reload)

        def caught_up() -> bool:
            theirs = [self.runtimes[name].extras[EXTRA] for name in OTHERS]
            return all(
                one.loaded and one.present.mark.facts == ours.present.mark.facts
                for one in theirs
            )

        await until(caught_up)

    async def close(self) -> None:
        for name in tuple(self._parts):
            await self.stop(name)
        # Lets the sockets be closed before the loop of the tests ends.
        await asyncio.sleep(0.1)
        for runtime in self.runtimes.values():
            await runtime.extras[EXTRA].close()
            await close_runtime(runtime)


async def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.02)


@asynccontextmanager
async def house_of(
    database: Database,
    server: TestNatsServer,
    issuer: Issuer,
    kek_file: Path,
    register: Snapshot,
    **registry_settings: Any,
) -> AsyncIterator[House]:
    """Run the four services on a database, with this register in the registry."""
    house = House(issuer, server)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(house.close)
        for name in ("registry", *OTHERS):
            also = registry_settings if name == "registry" else {}
            settings = Settings(
                service=name,
                database_url=SecretStr(database.url(name)),
                jwks_file=issuer.jwks_file,
                kek_file=kek_file,
                **also,
            )
            definition = importlib.import_module(f"services.{name}.wiring").definition()
            runtime = house.runtimes[name] = build_runtime(definition, settings)
            prepare_schema(runtime)
            await _begin(runtime, register)
            app = create_app(runtime, definition.routers)
            client = httpx2.AsyncClient(
                transport=httpx2.ASGITransport(app=app), base_url=f"http://{name}"
            )
            house.clients[name] = await stack.enter_async_context(client)
            await house.start(name)
        await house.until_units_are_known()
        yield house


async def _begin(runtime: Runtime, register: Snapshot) -> None:
    on_start: Callable[[Runtime], Awaitable[None]] | None = runtime.definition.on_start
    assert on_start is not None
    if runtime.name != "registry":
        await on_start(runtime)
        return
    # As the registry's own start, with a smaller register.
    await open_vault(runtime)
    await open_import_vault(runtime)
    await import_units(runtime, register)
    await UnitDirectory(UNITS).attach(runtime)
