"""The tips service in this process, on a real database; doors as callers see them."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
import sqlalchemy as sa

from deploy.embedded.issuer import Issuer
from services.chassis.http import create_app
from services.chassis.schemas import prepare_schema
from services.chassis.service import (
    Runtime,
    build_runtime,
    close_runtime,
)
from services.chassis.settings import Settings
from services.chassis.vault import add_kek
from services.tips import wiring
from services.tips.api import GUARD
from services.tips.intake_guard import IntakeGuard
from services.unit_directory.directory import EXTRA
from tests.support.servers import Database
from tests.tips.units import plant_units


@dataclass(frozen=True)
class Door:
    """One caller before the HTTP door."""

    client: httpx2.AsyncClient
    token: str | None = None

    async def post(
        self, path: str, body: Any, *, key: UUID | str | None = None, **kw: Any
    ) -> httpx2.Response:
        headers = {"Idempotency-Key": str(key or uuid4()), **kw.pop("headers", {})}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if isinstance(body, bytes):
            headers["Content-Type"] = "application/json"
            return await self.client.post(path, content=body, headers=headers, **kw)
        return await self.client.post(path, json=body, headers=headers, **kw)

    async def get(self, path: str, **params: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return await self.client.get(path, params=params, headers=headers)


@dataclass(frozen=True)
class Service:
    """The running service, and a door for whoever calls."""

    runtime: Runtime
    client: httpx2.AsyncClient
    issuer: Issuer

    @property
    def sender(self) -> Door:
        return Door(self.client)

    def caller(self, name: str, **changes: Any) -> Door:
        return Door(self.client, self.issuer.token(name, **changes))

    @property
    def officer(self) -> Door:
        return self.caller("officer")

    @property
    def reviewer(self) -> Door:
        return self.caller("reviewer")

    def rows(self, statement: str, **values: Any) -> list[Any]:
        with self.runtime.engine.connect() as conn:
            return list(conn.execute(sa.text(statement), values))


@pytest.fixture(scope="module")
def kek_file(server_folder: Path) -> Path:
    path = server_folder / f"kek-{uuid4().hex}"
    add_kek(path)
    return path


@pytest.fixture(scope="module")
async def make_runtime(
    database: Database, issuer: Issuer, kek_file: Path
) -> AsyncIterator[Callable[[], Any]]:
    """Give a maker of processes of the service on one store."""
    made: list[Runtime] = []

    async def make() -> Runtime:
        settings = Settings(
            service="tips",
            database_url=database.url("tips"),
            jwks_file=issuer.jwks_file,
            kek_file=kek_file,
        )
        definition = wiring.definition()
        runtime = build_runtime(definition, settings)
        made.append(runtime)
        prepare_schema(runtime)
        with runtime.engine.begin() as conn:
            if wiring.UNITS.revision(conn) is None:
                plant_units(conn, wiring.UNITS)
        assert definition.on_start is not None
        await definition.on_start(runtime)
        runtime.extras[GUARD] = IntakeGuard(burst=1e9, address_burst=1e9)
        return runtime

    yield make
    for runtime in made:
        await runtime.extras[EXTRA].close()
        await close_runtime(runtime)


@pytest.fixture(scope="module")
async def service(
    make_runtime: Callable[[], Any], issuer: Issuer
) -> AsyncIterator[Service]:
    runtime = await make_runtime()
    app = create_app(runtime, runtime.definition.routers)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://tips") as http:
        yield Service(runtime, http, issuer)


def recorded(**changes: Any) -> dict[str, Any]:
    """Give a tip as an officer enters it."""
    return {
        "category": "gambling",
        "unit": {"code": "01840"},
        "channel": "phone_duty",
        "received_on": "2023-03-01",
        "late_reason": "migrated",
        "text": "Người lạ tụ tập đánh bạc sau nhà kho.",
        **changes,
    }


def submitted(**changes: Any) -> dict[str, Any]:
    """Give a tip as its sender enters it."""
    return {
        "category": "fire_hazard",
        "unit": {"code": "01840"},
        "text": "Đường dây điện chùng xuống mái nhà.",
        **changes,
    }


@pytest.fixture
def a_tip(service: Service) -> Callable[..., Any]:
    """Give a maker of tips of 1 March 2023, entered by the officer."""

    async def make(**changes: Any) -> str:
        answer = await service.officer.post("/v1/tips/record", recorded(**changes))
        assert 201 == answer.status_code, answer.text
        return str(answer.json()["tip_id"])

    return make


@pytest.fixture
def an_accepted_tip(service: Service, a_tip: Callable[..., Any]) -> Callable[..., Any]:
    """Give a maker of tips that the officer accepted on 2 March 2023."""

    async def make(**changes: Any) -> str:
        tip = str(await a_tip(**changes))
        triage = {"outcome": "accepted", "triaged_on": "2023-03-02"}
        answer = await service.officer.post(f"/v1/tips/{tip}/triage", triage)
        assert 200 == answer.status_code, answer.text
        return tip

    return make
