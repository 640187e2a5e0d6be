"""Uploads before the registry's door, with the work behind it running."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from services.contracts.registry.imports import XLSX
from services.contracts.registry.units import unit_id
from services.registry.wiring import import_runner
from tests.registry.conftest import Door, Registry

FORCE = "Ban bảo vệ dân phố"


@dataclass(frozen=True)
class Imports:
    """The imports of one caller."""

    registry: Registry
    door: Door

    async def upload(
        self, content: bytes, *, unit: str = "06", key: UUID | None = None, **how: Any
    ) -> httpx2.Response:
        headers = {
            **self.door._auth(),
            "Idempotency-Key": str(key or uuid4()),
            "Content-Type": XLSX,
        }
        how = {name: str(value).lower() for name, value in how.items()}
        named = {"unit_code": unit} if len(unit) < 12 else {"unit_id": unit}
        return await self.door.client.post(
            "/imports", content=content, headers=headers, params={**named, **how}
        )

    async def batch(self, batch_id: str) -> dict[str, Any]:
        answer = await self.door.get("/imports/by-id", ids=[batch_id])
        (row,) = answer.json()["rows"]
        assert row is not None
        found: dict[str, Any] = row
        return found

    async def ended(self, batch_id: str) -> dict[str, Any]:
        for _ in range(600):
            found = await self.batch(batch_id)
            if found["ended_at"] is not None:
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(found)

    async def done(self, content: bytes, **how: Any) -> dict[str, Any]:
        answer = await self.upload(content, **how)
        assert 202 == answer.status_code, answer.text
        return await self.ended(answer.json()["batch_id"])

    async def faults(self, batch_id: str) -> list[dict[str, Any]]:
        answer = await self.door.get(f"/imports/{batch_id}/faults", first=500)
        assert 200 == answer.status_code, answer.text
        rows: list[dict[str, Any]] = answer.json()["rows"]
        return rows


@pytest.fixture(scope="module")
async def working(registry: Registry) -> AsyncIterator[Registry]:
    """Run the work behind the door."""
    runner = import_runner(registry.runtime)
    task = asyncio.create_task(runner.run())
    yield registry
    runner.stop()
    await task


@pytest.fixture
def imports(working: Registry, old_unit: str) -> Imports:
    return Imports(working, working.officer)


@pytest.fixture(scope="session")
def old_unit() -> str:
    """Give the id of Bắc Kạn, which the officer covers through its successor."""
    return str(unit_id("province", "06", None))


@pytest.fixture(scope="module")
def wards(registry: Registry) -> Callable[[], str]:
    """Give codes of Bắc Kạn's communes in 2023, a fresh one at each call."""
    codes = iter(
        sorted(
            unit.code
            for unit in registry.tree
            if unit.path.startswith("VN.06-0.")
            and unit.level == "commune"
            and unit.unit_type == "xa"
        )
    )
    return lambda: next(codes)
