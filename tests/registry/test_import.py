"""An import that is broken off or run twice at once ends with the same register."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from deploy.embedded.issuer import Issuer
from services.chassis.schemas import prepare_schema
from services.chassis.service import (
    Runtime,
    build_runtime,
    close_runtime,
)
from services.chassis.settings import Settings
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS, UNITS
from services.registry.reference.snapshot import Snapshot, read_snapshot
from services.registry.use_cases import import_units as importing
from services.registry.wiring import definition
from tests.registry.conftest import Registry
from tests.support.servers import Database

FEW = 300


@pytest.fixture
def few() -> Snapshot:
    """Give the country, all provinces and the first districts."""
    head, units = read_snapshot()
    chosen = units[:FEW]
    return Snapshot(type(head)(head.edition, head.sources, len(chosen)), chosen)


@pytest.fixture
async def replicas(
    database: Database, issuer: Issuer, tmp_path: Path
) -> AsyncIterator[Callable[[], Runtime]]:
    """Give a maker of registry processes on one empty store."""
    made: list[Runtime] = []

    def make() -> Runtime:
        settings = Settings(
            service="registry",
            database_url=SecretStr(database.url("registry")),
            jwks_file=issuer.jwks_file,
        )
        made.append(build_runtime(definition(), settings))
        prepare_schema(made[-1])
        return made[-1]

    yield make
    for runtime in made:
        await close_runtime(runtime)


async def test_a_broken_import_goes_on_where_it_stopped(
    replicas: Callable[[], Runtime], few: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was stored is not stored again, even when two replicas start at once.

    The tree is whole only at the end.
    """
    first = replicas()
    ran: list[Any] = []
    run = importing._run

    async def dies_after_100(*args: Any) -> None:
        ran.append(args)
        if len(ran) > 100:
            raise ConnectionError
        await run(*args)

    monkeypatch.setattr(importing, "_run", dies_after_100)
    with pytest.raises(ConnectionError):
        await importing.import_units(first, few)
    monkeypatch.setattr(importing, "_run", run)
    assert None is await first.read(UNITS.revision)
    second, third = replicas(), replicas()
    added = await asyncio.gather(
        importing.import_units(second, few), importing.import_units(third, few)
    )
    assert {0, FEW - 100} == set(added)
    facts = await second.read(UNITS.revision)
    events = second.log.read_after(0, 10_000)
    assert len(events) == len({(e.aggregate_id, e.version) for e in events})
    assert facts == len(events) - 1  # the mark itself is no fact of a unit


def rows(conn: sa.Connection) -> list[list[Any]]:
    tables = (
        FORCE_UNITS, MEMBERS, UNITS.units, UNITS.facts, UNITS.editions
    )  # fmt: skip
    # In which order facts came here is no part of what they say.
    columns = ([c for c in table.c if c.name != "arrival"] for table in tables)
    return [
        sorted(map(tuple, conn.execute(sa.select(*chosen))), key=repr)
        for chosen in columns
    ]


async def test_the_lists_built_again_from_the_log_are_the_same(
    registry: Registry,
) -> None:
    """Every row of `registry_read` comes back from the events alone."""
    runtime = registry.runtime
    body = {
        "force_type": "civil_defence_team",
        "unit": {"code": "01843"},
        "established_on": "2022-01-01",
    }
    made = (await registry.officer.post("/force-units", body)).json()["force_unit_id"]
    people = [
        {"full_name": f"Người Thử Nghiệm {n}", "enrolled_on": "2022-02-01"}
        for n in range(3)
    ]
    path = f"/force-units/{made}"
    enrolled = await registry.officer.post(f"{path}/members", {"members": people})
    who = enrolled.json()["member_ids"][0]
    await registry.officer.post(
        f"{path}/members/{who}/cessation",
        {"ceased_on": "2023-01-01", "ground": "own_request"},
    )
    await registry.officer.post(f"{path}/disbandment", {"disbanded_on": "2024-01-01"})
    before = await runtime.read(rows)
    recorded = runtime.log.read_after(0, 100_000)

    def rebuild(conn: sa.Connection) -> None:
        UNITS.forget(conn)
        conn.execute(sa.delete(MEMBERS))
        conn.execute(sa.delete(FORCE_UNITS))
        for start in range(0, len(recorded), 4_000):
            for model in runtime.definition.inline_read_models:
                model.apply(conn, recorded[start : start + 4_000])

    await runtime.write(rebuild)
    assert before == await runtime.read(rows)
