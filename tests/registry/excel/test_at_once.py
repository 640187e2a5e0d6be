"""An import and a command about the same person at one moment, in two processes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from deploy.embedded.issuer import Issuer
from services.chassis.settings import Settings
from services.registry.person_vault import KEYS
from services.registry.read_models.person_list import PEOPLE
from tests.registry.at_once import PILING_UP_SECONDS, at_once, passed, processes
from tests.registry.conftest import Registry
from tests.registry.doors.parts import decision, establish
from tests.registry.excel.conftest import Imports
from tests.registry.excel.rows import row, strength
from tests.registry.excel.test_import_work import after, alone, received, work

__all__ = ["alone"]
NOW = "2023-01-02"
DEFENCE = "civil_defence_team"


@pytest.fixture(scope="module")
async def other_process(
    registry: Registry, settings: Settings, issuer: Issuer
) -> AsyncIterator[Registry]:
    async with processes(registry, settings, issuer) as found:
        yield found[1]


async def left(alone: Imports, ward: str, old_unit: str) -> tuple[str, Any, str]:
    """Give who came by an import and left the team: id, number and the team."""
    brought = row(ward)
    batch_id = await received(alone, [brought], old_unit)
    await work(alone).advance(batch_id, after(100))
    unit = await alone.door.get("/unit", code=ward, on="2023-06-01")
    units = await alone.door.get("/force-units", unit_id=unit.json()["id"])
    team = units.json()["rows"][0]["id"]
    members = await alone.door.get("/members", force_unit_ids=[team])
    (member,) = members.json()["force_units"][0]["rows"]
    ended = await alone.door.post(
        f"/force-units/{team}/members/{member['id']}/cessation",
        {"ceased_on": "2022-06-01", "ground": "own_request"},
    )
    assert 200 == ended.status_code, ended.text
    return member["person_id"], brought[5], team


@pytest.mark.parametrize("first", ["import", "enrolment"])
@pytest.mark.parametrize("policy", ["all_or_nothing", "valid_rows"])
async def test_an_import_and_an_enrolment_at_once(
    alone: Imports, other_process: Registry, old_unit: str,
    wards: Callable[[], str], policy: str, first: str,
) -> None:  # fmt: skip
    """One of them takes somebody in; a row that comes too late is left out."""
    home, ward = wards(), wards()
    person, citizen_id, team = await left(alone, home, old_unit)
    again = row(ward, citizen_id=citizen_id, first_day=datetime(2023, 1, 2))  # noqa: DTZ001
    batch_id = await received(alone, [row(ward), again], old_unit, policy=policy)
    await work(alone).advance(batch_id, after(0))
    enrolled = other_process.officer.post(
        f"/force-units/{team}/members",
        {"members": [{"person_id": person, "enrolled_on": NOW}]},
    )
    hold = sa.select(PEOPLE.c.id).where(PEOPLE.c.id == UUID(person)).with_for_update()
    commands = [work(alone).advance(batch_id, after(100)), enrolled]
    with alone.registry.runtime.engine.connect() as conn, conn.begin():
        conn.execute(hold)
        waiting = []
        for command in commands if first == "import" else reversed(commands):
            waiting.append(asyncio.ensure_future(command))
            await asyncio.sleep(PILING_UP_SECONDS)
    answers = [one for one in await asyncio.gather(*waiting) if one is not None]
    batch = await alone.batch(str(batch_id))
    late = bool(passed(answers))
    whole = policy == "all_or_nothing"
    brought = (0 if whole else 1) if late else 2
    assert ("refused" if late and whole else "applied", brought) == (
        batch["state"],
        batch["members"] if batch["state"] == "applied" else 0,
    )
    assert (1 if late else 0) == (await strength(alone, home)).get(DEFENCE, (0, 0))[1]
    assert brought == (await strength(alone, ward)).get(DEFENCE, (0, 0))[1]
    told = [] if whole or not late else ["registry.import.row_changed_meanwhile"]
    assert told == [one["code"] for one in await alone.faults(str(batch_id))]


@pytest.mark.parametrize("order", [1, -1], ids=["withdrawal first", "enrolment first"])
async def test_a_withdrawal_and_an_enrolment_at_once(
    alone: Imports, other_process: Registry, old_unit: str,
    wards: Callable[[], str], order: int,
) -> None:  # fmt: skip
    """Whom another force took in meanwhile keeps the record; else nobody can be."""
    ward = wards()
    batch_id = await received(alone, [row(ward)], old_unit)
    await work(alone).advance(batch_id, after(100))
    unit = await alone.door.get("/unit", code=ward, on="2023-06-01")
    units = await alone.door.get("/force-units", unit_id=unit.json()["id"])
    members = await alone.door.get(
        "/members", force_unit_ids=[units.json()["rows"][0]["id"]]
    )
    person = members.json()["force_units"][0]["rows"][0]["person_id"]
    team = await establish(alone.registry, "security_order_team", ward, on="2024-07-01")
    commands = (
        alone.door.post(f"/imports/{batch_id}/withdrawal", {}),
        other_process.officer.post(
            f"/force-units/{team}/members",
            {
                "members": [{"person_id": person, "enrolled_on": "2024-07-01"}],
                "decision": decision("2024-07-01"),
            },
        ),
    )
    answers = (await at_once(alone.registry, [person], *commands[::order]))[::order]
    withdrawn, enrolled = answers
    assert 200 == withdrawn.status_code, withdrawn.text
    with alone.registry.runtime.engine.connect() as conn:
        key = sa.select(KEYS.c.subject_id).where(KEYS.c.subject_id == UUID(person))
        has_record = conn.execute(key).first() is not None
    assert has_record == (201 == enrolled.status_code), enrolled.text
    if not has_record:
        assert "registry.person.unknown" == enrolled.json()["code"]
