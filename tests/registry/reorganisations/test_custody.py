"""What goes on in a divided unit, in every service: listed, decided on, kept."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from deploy.embedded.issuer import Issuer
from deploy.embedded.postgres import PostgresServer
from services.chassis.vault import add_kek
from services.registry.read_models.tables import UNITS
from services.registry.read_models.units import UnitsReadModel
from services.registry.reference.snapshot import Snapshot
from services.unit_directory.directory import units_of
from tests.registry.doors.parts import refusal
from tests.registry.reorganisations.conftest import EVE
from tests.registry.reorganisations.dividing import (
    Divided,
    Work,
    a_commune_at_work,
    a_tip,
    divided,
    done,
)
from tests.support.house import House, house_of
from tests.support.servers import TestNatsServer, drop_database, fresh_database


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


async def test_every_service_says_what_goes_on(house: House) -> None:
    """Counts by kind and unit, of tips nothing but that somebody has to keep them."""
    plan = await divided(house, 0)
    await a_commune_at_work(house, plan.old)
    found = await plan.rehearsal()
    assert [] == found["silent"]
    rows = {row["kind"]: row for row in found["rows"]}
    assert {
        "campaign": ("campaigns", 1, True),
        "model": ("campaigns", 1, True),
        "model_point": ("campaigns", 1, True),
        "tip": ("tips", None, True),
    } == {
        kind: (row["service"], row["how_many"], row["must_decide"])
        for kind, row in rows.items()
    }
    heirs = [str(heir) for heir in plan.heirs]
    for row in rows.values():
        assert (str(plan.old.id), heirs[0], heirs, str(plan.old.parent_id)) == (
            row["id"],
            row["proposed_successor_id"],
            row["candidate_ids"],
            row["owner_unit_id"],
        )
    refused = await plan.execute()
    assert (409, "registry.reorganisation.decisions_open", None) == refusal(refused)
    assert 4 == refused.json()["params"]["count"]


async def test_pages_of_all_services_make_one_list(house: House) -> None:
    """Row by row by the cursor: the same rows in the same order, each once."""
    plan = await divided(house, 1)
    await a_commune_at_work(house, plan.old)
    whole = (await plan.rehearsal())["rows"]
    paged: list[Any] = []
    after: dict[str, str] = {}
    while True:
        page = await plan.rehearsal(first="1", **after)
        paged += page["rows"]
        if not page["has_next"]:
            break
        after = {"after": page["rows"][-1]["cursor"]}
    assert whole == paged
    assert 4 == len(paged)


async def test_who_does_not_answer_is_named_and_waited_for(house: House) -> None:
    """Nothing is guessed: the rehearsal says who is silent, the execution can wait."""
    plan = await divided(house, 2)
    await plan.decide(tip=plan.heirs[0])
    await house.stop("tips")
    try:
        silent = (await plan.rehearsal())["silent"]
        digest = (await plan.rehearsal())["digest"]
        refused = await plan.planner.post(f"{plan.path}/execution", {"digest": digest})
    finally:
        await house.start("tips")
        while (await plan.rehearsal())["silent"]:
            await asyncio.sleep(0.1)
    assert [{"service": "tips", "code": "upstream.away"}] == silent
    assert (503, "registry.reorganisation.dependants_untold", None) == refusal(refused)
    assert "tips" == refused.json()["params"]["services"]
    assert "1" == refused.headers["Retry-After"]


async def kept(house: House, place: int) -> tuple[Divided, Work]:
    """Divide a commune at work; all but its point passes to the first heir."""
    plan = await divided(house, place)
    work = await a_commune_at_work(house, plan.old)
    first, second = plan.heirs
    await plan.decide(campaign=first, model=first, model_point=second, tip=first)
    executed = await plan.execute()
    assert (4, 0) == tuple(
        executed.json().get(name) for name in ("custodies_passed", "changed")
    ), executed.text
    return plan, work


def a_session(campaign: str, code: str) -> dict[str, Any]:
    return {
        "campaign_id": campaign,
        "unit": {"code": code},
        "held_on": "2025-04-01",
        "kind": "outreach",
        "attendance": 40,
        "organiser": "police",
        "venue": "",
    }


async def test_the_keeper_goes_on_with_the_drive(house: House) -> None:
    """It finds it in its own list and holds sessions of it; the other heir cannot."""
    plan, work = await kept(house, 3)
    first, second = plan.heirs
    drives = plan.officer("campaigns", first)
    for asked in ({}, {"unit_id": str(first)}, {"unit_id": str(plan.old.id)}):
        listed = await done(drives.get("/v1/campaigns", **asked))
        assert [work.campaign] == [row["id"] for row in listed["rows"]]
    session = a_session(work.campaign, plan.codes[0])
    await done(drives.post("/v1/sessions", session))
    others = plan.officer("campaigns", second)
    assert [] == (await done(others.get("/v1/campaigns")))["rows"]
    session = a_session(work.campaign, plan.codes[1])
    strange = await others.post("/v1/sessions", session)
    assert (404, "campaigns.campaign.not_found") == refusal(strange)[:2]


async def test_each_kind_has_its_own_keeper(house: House) -> None:
    """The point is closed by the heir that it was left to, and by no other."""
    plan, work = await kept(house, 4)
    first, second = plan.heirs
    closing, path = (
        {"closed_on": "2025-05-01"},
        f"/v1/model-points/{work.point}/closure",
    )
    refused = await plan.officer("campaigns", first).post(path, closing)
    assert (404, "campaigns.model_point.not_found") == refusal(refused)[:2]
    await done(plan.officer("campaigns", second).post(path, closing))
    path, ending = f"/v1/models/{work.model}/end", {"ended_on": "2025-05-02"}
    await done(plan.officer("campaigns", first).post(path, ending))


async def test_the_keeper_sorts_the_tips_until_it_is_undone(house: House) -> None:
    """What came late it records too; undone, the old commune's officer is back."""
    plan, work = await kept(house, 5)
    first, second = plan.heirs
    tips, other = plan.officer("tips", first), plan.officer("tips", second)
    listed = await done(tips.get("/v1/tips"))
    assert [work.tip] == [row["id"] for row in listed["rows"]]
    sorting = {"outcome": "accepted", "triaged_on": "2025-04-02"}
    path = f"/v1/tips/{work.tip}/triage"
    refused = await other.post(path, sorting)
    assert (404, "tips.tip.not_found", None) == refusal(refused)
    await done(tips.post(path, sorting))
    await done(tips.post("/v1/tips/record", a_tip(plan.old.code, "2025-02-11")))
    assert [] == (await done(other.get("/v1/tips")))["rows"]
    before = plan.officer("tips", plan.old.id)
    assert [] == (await done(before.get("/v1/tips")))["rows"]
    await _rebuilt_is_the_same(house)
    await plan.undo()
    await _rebuilt_is_the_same(house)
    assert [] == (await done(tips.get("/v1/tips")))["rows"]
    assert 2 == len((await done(before.get("/v1/tips")))["rows"])


async def _rebuilt_is_the_same(house: House) -> None:
    runtime = house.runtimes["registry"]

    def rows(conn: sa.Connection) -> list[Any]:
        found = conn.execute(sa.select(UNITS.units).order_by(UNITS.units.c.id))
        return [tuple(row) for row in found]

    before = await runtime.read(rows)
    recorded = runtime.log.read_after(0, 100_000)

    def rebuild(conn: sa.Connection) -> None:
        UNITS.forget(conn)
        UnitsReadModel().apply(conn, recorded)

    await runtime.write(rebuild)
    assert before == await runtime.read(rows)
    for name in ("campaigns", "tips", "reporting"):
        theirs = {unit.id: unit.custodies for unit in units_of(house.runtimes[name])}
        ours = {unit.id: unit.custodies for unit in units_of(runtime)}
        assert ours == theirs
