"""The work behind the door breaks off, is taken up, meets what changed meanwhile."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.chassis.clock import utc_now
from services.registry import import_vault
from services.registry.person_vault import EXTRA
from services.registry.reactions import import_runner
from services.registry.use_cases import check_roster
from services.registry.use_cases.import_work import ImportWork
from tests.registry.excel.conftest import Imports
from tests.registry.excel.made_files import roster
from tests.registry.excel.rows import row, strength


@pytest.fixture
def alone(imports: Imports, monkeypatch: pytest.MonkeyPatch) -> Iterator[Imports]:
    """Keep the running work away, and let chunks have two rows."""
    monkeypatch.setattr(check_roster, "CHUNK_ROWS", 2)
    engine = imports.registry.runtime.engine
    holding = import_runner._LOCK.replace("pg_try_advisory", "pg_advisory")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as holder:
        holder.exec_driver_sql(holding)
        yield imports
        holder.exec_driver_sql(import_runner._UNLOCK)


def work(imports: Imports) -> ImportWork:
    """Make the work as a process has it that has just started."""
    runtime = imports.registry.runtime
    people, files = runtime.extras[EXTRA], runtime.extras[import_vault.EXTRA]
    return ImportWork(runtime, people, files)


def after(steps: int) -> Callable[[], bool]:
    """Give a question that is answered with yes after some steps."""
    asked = iter([False] * steps)
    return lambda: next(asked, True)


async def received(imports: Imports, rows: list[list[Any]], unit: str,
                   **how: Any) -> UUID:  # fmt: skip
    answer = await imports.upload(roster(rows), unit=unit, **how)
    assert 202 == answer.status_code, answer.text
    return UUID(answer.json()["batch_id"])


async def test_another_process_goes_on_where_one_stopped(
    alone: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """No row is lost and none comes twice; every step happens once under its id."""
    ward = wards()
    rows = [row(ward, post="Đội trưởng")] + [row(ward) for _ in range(6)]
    batch_id = await received(alone, rows, old_unit)
    await work(alone).advance(batch_id, after(2))
    half = await alone.batch(str(batch_id))
    assert ("applying", 4) == (half["state"], half["rows_applied"])
    assert batch_id in await work(alone).waiting()
    await work(alone).advance(batch_id, after(100))
    done = await alone.batch(str(batch_id))
    assert ("applied", 7, 7) == (done["state"], done["rows_applied"], done["members"])
    assert {"civil_defence_team": (1, 7)} == await strength(alone, ward)


async def test_a_chunk_whose_answer_was_lost_is_not_applied_again(
    alone: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """The step's id answers for it."""
    ward = wards()
    batch_id = await received(alone, [row(ward) for _ in range(4)], old_unit)
    first = work(alone)
    await first.advance(batch_id, after(1))
    change = await first._prepared(batch_id, 0)
    assert await first._apply(batch_id, 0, change)
    assert 2 == (await alone.batch(str(batch_id)))["rows_applied"]
    assert {"civil_defence_team": (1, 2)} == await strength(alone, ward)


@pytest.mark.parametrize(
    ("policy", "state", "members"), [("all_or_nothing", "refused", 0),
                                     ("valid_rows", "applied", 3)],
)  # fmt: skip
async def test_what_changed_after_the_check_decides(
    alone: Imports, old_unit: str, wards: Callable[[], str],
    policy: str, state: str, members: int,
) -> None:  # fmt: skip
    """A leader who came meanwhile: all rows are taken back, or the one is left out."""
    ward = wards()
    rows = [row(ward), row(ward), row(ward, post="Đội trưởng"), row(ward)]
    batch_id = await received(alone, rows, old_unit, policy=policy)
    await work(alone).advance(batch_id, after(1))
    unit = await alone.door.get("/unit", code=ward, on="2023-06-01")
    units = await alone.door.get("/force-units", unit_id=unit.json()["id"])
    force_unit = units.json()["rows"][0]["id"]
    leader = {"full_name": "Trần Đến Trước", "post": "leader",
              "enrolled_on": "2021-02-01"}  # fmt: skip
    answer = await alone.door.post(
        f"/force-units/{force_unit}/members", {"members": [leader]}
    )
    assert 201 == answer.status_code, answer.text
    await work(alone).advance(batch_id, after(100))
    found = await alone.batch(str(batch_id))
    assert (state, members) == (
        found["state"],
        found["members"] if state == "applied" else 0,
    )
    told = [one["code"] for one in await alone.faults(str(batch_id))]
    left_out = ["registry.import.row_changed_meanwhile"]
    assert (left_out if state == "applied" else []) == told
    ours = 1 + members
    assert {"civil_defence_team": (1, ours)} == await strength(alone, ward)


async def test_a_file_is_destroyed_after_its_time(
    alone: Imports, old_unit: str, wards: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Its pages cannot be opened any more; what it brought stays."""
    ward = wards()
    batch_id = await received(alone, [row(ward), row(ward)], old_unit)
    doing = work(alone)
    await doing.advance(batch_id, after(100))
    later = utc_now() + timedelta(days=31)
    monkeypatch.setattr(
        "services.registry.use_cases.import_work.utc_now", lambda: later
    )
    assert await doing.destroy_old_files() > 0
    assert 0 == await doing.destroy_old_files()
    assert not (await alone.batch(str(batch_id)))["file_kept"]
    for path in ("faults", "workbook"):
        answer = await alone.door.get(f"/imports/{batch_id}/{path}")
        assert (404, "registry.import.file_destroyed") == (
            answer.status_code,
            answer.json()["code"],
        )
    with alone.registry.runtime.engine.connect() as connection:
        left = connection.exec_driver_sql(
            "SELECT count(*) FROM registry_write.import_parts WHERE batch_id = %s",
            (batch_id,),
        ).scalar_one()
    assert 0 == left
    assert {"civil_defence_team": (1, 2)} == await strength(alone, ward)
