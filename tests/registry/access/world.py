"""The registry and the services that follow it, on one database and one NATS."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, Final
from uuid import UUID, uuid4

import httpx2
from nats.aio.client import Client
from pydantic import SecretStr

from deploy.embedded.issuer import COUNTRY, Issuer
from services.access_directory.follower import AccessFollower
from services.access_directory.holdings import Holdings
from services.campaigns import wiring as campaigns
from services.chassis import nats
from services.chassis.clock import local_today, utc_now
from services.chassis.followers import Delivered
from services.chassis.http import create_app
from services.chassis.movement import MovingPart, moving_parts
from services.chassis.schemas import prepare_schema
from services.chassis.service import Runtime, build_runtime, close_runtime
from services.chassis.settings import Settings
from services.contracts.envelope import PublicEvent
from services.contracts.registry.access_events import AccessGrantedV1
from services.registry import wiring as registry
from services.registry.domain.roles import ROLES
from services.reporting import wiring as reporting
from services.tips import wiring as tips
from services.unit_directory.directory import units_of
from services.unit_directory.tree import UnitTree
from tests.registry.conftest import Door
from tests.support.servers import Database, TestNatsServer

FOLLOWING: Final[dict[str, ModuleType]] = {
    "campaigns": campaigns,
    "tips": tips,
    "reporting": reporting,
}
EVERYTHING: Final = frozenset().union(*(role.scopes for role in ROLES.values()))
# A right and its end are known everywhere within about two seconds.
SOON_SECONDS: Final = 5.0


@dataclass
class Process:
    """One running service, with what works beside its doors."""

    runtime: Runtime
    client: httpx2.AsyncClient
    parts: list[MovingPart] = field(default_factory=list)
    working: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def holdings(self) -> Holdings:
        found: Holdings = self.runtime.extras["holdings"]
        return found

    async def end(self) -> None:
        for part in reversed(self.parts):
            part.stop()
        await asyncio.wait_for(asyncio.gather(*self.working), 30)
        await self.holdings.close()
        await self.runtime.extras["units"].close()
        if self.runtime.nats is not None:
            await self.runtime.nats.close()
        await close_runtime(self.runtime)


@dataclass
class World:
    """Every service at work, and callers at their doors."""

    processes: dict[str, Process]
    issuer: Issuer
    server: TestNatsServer

    @property
    def tree(self) -> UnitTree:
        return units_of(self.processes["registry"].runtime)

    def by(self, service: str, subject: str, **rights: Any) -> Door:
        """Somebody whose token gives nothing but a name, unless told otherwise."""
        chosen = {"scopes": (), "unit_roots": (), **rights}
        token = self.issuer.token("officer", claims={"sub": subject}, **chosen)
        return Door(self.processes[service].client, token)

    async def give(
        self,
        subject: str,
        role: str,
        unit: UUID,
        *,
        approved: bool = True,
        **changed: Any,
    ) -> str:
        """Hand a role on through the registry's doors; return the grant's id."""
        body = {
            "subject": subject,
            "role": role,
            "unit": {"id": str(unit)},
            "first_day": local_today().isoformat(),
            "last_day": local_today().isoformat(),
            **changed,
        }
        everywhere = {"scopes": EVERYTHING, "unit_roots": [COUNTRY]}
        giver = self.by("registry", "giver", **everywhere)
        answer = await giver.post("/v1/access-grants", body)
        assert 201 == answer.status_code, answer.text
        grant_id = str(answer.json()["grant_id"])
        if answer.json()["needs_approval"] and approved:
            await self.approve(grant_id)
        return grant_id

    async def approve(self, grant_id: str) -> None:
        second = self.by(
            "registry", "second", scopes=["access:approve"], unit_roots=[COUNTRY]
        )
        answer = await second.post(f"/v1/access-grants/{grant_id}/approval", {})
        assert 200 == answer.status_code, answer.text

    async def revoke(self, grant_id: str) -> None:
        giver = self.by(
            "registry", "giver", scopes=["access:grant"], unit_roots=[COUNTRY]
        )
        answer = await giver.post(
            f"/v1/access-grants/{grant_id}/revocation", {"reason": "mistake"}
        )
        assert 200 == answer.status_code, answer.text

    def follower(self, service: str) -> AccessFollower:
        """Return what keeps a service's copy of the grants."""
        followers = self.processes[service].runtime.definition.followers
        return next(one for one in followers if isinstance(one, AccessFollower))

    async def entered(self, user: str) -> Client:
        """Connect as one of the server's users."""
        name, password = self.server.user(user)
        return await nats.connect(
            self.server.url, name=user, user=name, password=password
        )

    async def plant(self, service: str, *told: PublicEvent) -> None:
        """Let a service have followed facts that the registry cannot tell today."""
        process, follower = self.processes[service], self.follower(service)
        batch = [
            Delivered("registry", "", 0, 0, "", one.TYPE, one.grant_id, utc_now(), one)  # type: ignore[attr-defined]
            for one in told
        ]
        await process.runtime.write(follower.apply, batch)
        await follower.after_commit(process.runtime, batch)

    async def knows(self, service: str, subject: str, grants: int = 1) -> None:
        """Wait until a service knows so many grants of somebody."""
        holdings = self.processes[service].holdings
        await until(
            lambda: holdings.known and grants == len(holdings._grants.get(subject, ()))
        )


def a_grant(subject: str, role: str, unit: UUID, **changed: Any) -> AccessGrantedV1:
    """Give the fact of a role in a unit, for today unless told otherwise."""
    told = {
        "grant_id": uuid4(),
        "subject": subject,
        "role": role,
        "scopes": tuple(sorted(ROLES[role].scopes)),
        "unit_id": unit,
        "first_day": local_today(),
        "last_day": local_today(),
        "needs_approval": False,
        **changed,
    }
    return AccessGrantedV1(**told)


async def until(condition: Callable[[], Any], seconds: float = SOON_SECONDS) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


def settings_of(
    service: str,
    database: Database,
    server: TestNatsServer,
    issuer: Issuer,
    kek_file: Path,
) -> Settings:
    user, password = server.user(service)
    return Settings(
        service=service,
        database_url=SecretStr(database.url(service)),
        jwks_file=issuer.jwks_file,
        kek_file=kek_file,
        nats_url=server.url,
        nats_user=user,
        nats_password=SecretStr(password),
    )


@contextlib.asynccontextmanager
async def running(wiring: ModuleType, settings: Settings) -> AsyncIterator[Process]:
    """Run all that the process of a service runs, but for its sockets."""
    runtime = build_runtime(wiring.definition(), settings)
    prepare_schema(runtime)
    password = settings.nats_password
    runtime.nats = await nats.connect(
        settings.nats_url,
        name=settings.service,
        user=settings.nats_user,
        password=password.get_secret_value() if password else None,
    )
    assert runtime.definition.on_start is not None
    await runtime.definition.on_start(runtime)
    transport = httpx2.ASGITransport(
        app=create_app(runtime, runtime.definition.routers)
    )
    base = f"http://{settings.service}"
    async with httpx2.AsyncClient(transport=transport, base_url=base) as client:
        process = Process(runtime, client, moving_parts(runtime))
        process.working = [asyncio.create_task(p.run()) for p in process.parts]
        yield process
        await process.end()


@contextlib.asynccontextmanager
async def world_of(
    database: Database,
    server: TestNatsServer,
    issuer: Issuer,
    kek_file: Path,
    following: Iterable[str] = FOLLOWING,
) -> AsyncIterator[World]:
    """Run the registry and those who follow it, until they know all its units."""
    wirings = {"registry": registry} | {name: FOLLOWING[name] for name in following}
    processes: dict[str, Process] = {}
    async with contextlib.AsyncExitStack() as stack:
        for name, wiring in wirings.items():
            settings = settings_of(name, database, server, issuer, kek_file)
            processes[name] = await stack.enter_async_context(running(wiring, settings))
        for process in processes.values():
            await until(lambda p=process: p.runtime.extras["units"].loaded, 60)
            await until(lambda p=process: p.holdings.known, 60)
        yield World(processes, issuer, server)
