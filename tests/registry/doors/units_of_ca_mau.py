"""Communes of Cà Mau, which tests of changes may change; how they ask and order."""

from datetime import date, timedelta
from typing import Any, Final

import httpx2

from services.chassis.clock import local_today
from services.contracts.registry.units import unit_id
from tests.registry.conftest import Door, Registry

REFORM: Final = date(2025, 7, 1)
CA_MAU: Final = unit_id("province", "96", REFORM)
DECREE: Final = {"legal_basis": "77/NQ-UBTVQH16", "decree_date": "2026-10-02"}


def commune(registry: Registry, index: int) -> str:
    """Return a commune of Cà Mau; each test changes its own ones."""
    return str(registry.tree.children(CA_MAU, local_today())[index].id)


def ahead(days: int) -> str:
    return str(local_today() + timedelta(days=days))


async def named(door: Door, unit: str, **when: str) -> str:
    found = await door.get("/unit", id=unit, **when)
    return str(found.json()["name"])


async def last_change(door: Door, unit: str) -> dict[str, Any]:
    found = await door.get("/units/changes", unit_id=unit)
    row: dict[str, Any] = found.json()["rows"][-1]
    return row


async def rename(
    door: Door, unit: str, name: str, on: str, **more: Any
) -> httpx2.Response:
    body = {"bare_name": name, "effective_on": on, **DECREE, **more}
    return await door.post(f"/units/{unit}/renaming", body)


def problem(answer: httpx2.Response) -> tuple[int, str, str | None]:
    told = answer.json()
    return answer.status_code, told["code"], told["errors"][0].get("field")
