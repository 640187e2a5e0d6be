"""A registry whose register stands as on 30 June 2025, of four provinces."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import httpx2
import pytest
from pydantic import SecretStr

from deploy.embedded.issuer import Issuer
from deploy.embedded.postgres import PostgresServer
from services.chassis.http import create_app
from services.chassis.schemas import prepare_schema
from services.chassis.service import build_runtime, close_runtime
from services.chassis.settings import Settings
from services.chassis.vault import add_kek
from services.registry.read_models.tables import UNITS
from services.registry.reference.snapshot import (
    Snapshot,
    SnapshotUnit,
    UnitKey,
    read_snapshot,
)
from services.registry.use_cases.import_units import import_units
from services.registry.wiring import definition, open_vault
from services.unit_directory.directory import EXTRA, UnitDirectory, units_of
from services.unit_directory.tree import Unit
from tests.registry.conftest import Registry
from tests.registry.reorganisations.plans import (
    BAC_KAN,
    DAY,
    FIRST,
    SECOND,
    Plan,
    Split,
    new_unit,
    planner,
)
from tests.support.house import House, house_of
from tests.support.servers import (
    Database,
    TestNatsServer,
    drop_database,
    fresh_database,
)

EVE: Final = date(2025, 6, 30)
# Bắc Kạn, Thái Nguyên, An Giang, Kiên Giang, by their codes before the reform.
PROVINCES: Final = ("06", "19", "89", "91")


@pytest.fixture(scope="session")
def register() -> Snapshot:
    """Give the whole register of the four provinces, before and after the reform."""
    head, units = read_snapshot()
    kept: dict[UnitKey, SnapshotUnit] = {}
    for unit in units:
        above = unit.parent in kept and kept[unit.parent].key.level != "country"
        if unit.parent is None or above or unit.key.code in PROVINCES:
            kept[unit.key] = unit
    chosen = tuple(kept.values())
    return Snapshot(type(head)(head.edition, head.sources, len(chosen)), chosen)


@pytest.fixture(scope="session")
async def neighbours(
    postgres_server: PostgresServer,
    database_passwords: dict[str, str],
    issuer: Issuer,
    server_folder: Path,
    register: Snapshot,
) -> AsyncIterator[House]:
    """Give the other services, who are asked when units are divided.

    They know the units of the eve, and nothing is bound to any of these.
    """
    database = fresh_database(postgres_server, database_passwords)
    server = TestNatsServer(Path(tempfile.mkdtemp(prefix="nats-", dir=server_folder)))
    server.start()
    kek = server_folder / "neighbours-kek"
    add_kek(kek)
    async with house_of(
        database, server, issuer, kek, register, register_until=EVE
    ) as house:
        await house.stop("registry")
        yield house
    server.remove()
    drop_database(postgres_server, database)


@pytest.fixture(scope="module")
async def house(
    postgres_server: PostgresServer,
    database_passwords: dict[str, str],
    issuer: Issuer,
    server_folder: Path,
    register: Snapshot,
) -> AsyncIterator[House]:
    """Give the four services on the eve of the reform, all of them moving."""
    database = fresh_database(postgres_server, database_passwords)
    server = TestNatsServer(Path(tempfile.mkdtemp(prefix="nats-", dir=server_folder)))
    server.start()
    kek = server_folder / "custody-kek"
    add_kek(kek)
    async with house_of(
        database, server, issuer, kek, register, register_until=EVE
    ) as house:
        yield house
    server.remove()
    drop_database(postgres_server, database)


@pytest.fixture
def eve_database(
    postgres_server: PostgresServer, database_passwords: dict[str, str]
) -> Iterator[Database]:
    """Give each test units of its own to change."""
    fresh = fresh_database(postgres_server, database_passwords)
    yield fresh
    drop_database(postgres_server, fresh)


@pytest.fixture
async def eve(
    eve_database: Database,
    issuer: Issuer,
    tmp_path: Path,
    register: Snapshot,
    neighbours: House,
) -> AsyncIterator[Registry]:
    """Give a registry on the eve of the reform, with the other services to ask."""
    kek_file = tmp_path / "kek"
    add_kek(kek_file)
    settings = Settings(
        service="registry",
        database_url=SecretStr(eve_database.url("registry")),
        jwks_file=issuer.jwks_file,
        kek_file=kek_file,
        register_until=EVE,
    )
    described = definition()
    runtime = build_runtime(described, settings)
    prepare_schema(runtime)
    await open_vault(runtime)
    await import_units(runtime, register)
    await UnitDirectory(UNITS).attach(runtime)
    runtime.nats = await neighbours.connected("registry")
    transport = httpx2.ASGITransport(app=create_app(runtime, described.routers))
    base = "http://registry/v1"
    async with httpx2.AsyncClient(transport=transport, base_url=base) as client:
        yield Registry(runtime, client, issuer)
    await runtime.nats.close()
    await runtime.extras[EXTRA].close()
    await close_runtime(runtime)


@pytest.fixture
def communes(eve: Registry) -> list[Unit]:
    """Give the communes of one district of Bắc Kạn that have part-time police."""
    tree = units_of(eve.runtime)
    found = [
        unit
        for unit in tree
        if unit.path.startswith("VN.06-0.060-0.") and unit.unit_type == "xa"
    ]
    assert len(found) > 5
    return sorted(found, key=lambda unit: unit.code)


@pytest.fixture
def plan(eve: Registry) -> Plan:
    """Give a maker of drafts for Bắc Kạn; it returns the plan's path."""

    async def make(
        *operations: dict[str, Any], new: tuple[Any, ...] = (), on: str = DAY
    ) -> str:
        door = planner(eve)
        answer = await door.post(
            "/reorganisations",
            {
                "unit": {"id": str(BAC_KAN)},
                "decree_number": "1/NQ-UBTVQH15",
                "decree_date": "2025-02-01",
                "issuer": "standing_committee",
                "effective_on": on,
            },
        )
        assert 201 == answer.status_code, answer.text
        path = f"/reorganisations/{answer.json()['reorganisation_id']}"
        body = {"new_units": new, "operations": operations}
        planned = await door.post(f"{path}/operations", body)
        assert 200 == planned.status_code, planned.text
        return path

    return make


@pytest.fixture
def split(plan: Plan, communes: list[Unit]) -> Split:
    """Give a maker of the plan that divides the first commune into two."""
    old = communes[0]
    return lambda: plan(
        {
            "kind": "split",
            "units": [{"code": old.code}],
            "into": [{"new": FIRST}, {"new": SECOND}],
        },
        new=(new_unit(FIRST, old.parent_id), new_unit(SECOND, old.parent_id)),
    )
