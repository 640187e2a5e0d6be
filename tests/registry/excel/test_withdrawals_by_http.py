"""An import is taken back whole, and what was built on it decides whether it can."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.chassis.schemas import rebuild_read_schema
from tests.registry.conftest import Registry
from tests.registry.excel.conftest import Imports
from tests.registry.excel.made_files import roster
from tests.registry.excel.rows import row, strength


async def test_somebody_known_joins_again_and_may_be_taken_out(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """One person in two services, one after the other; a withdrawal frees the way."""
    ward, other = wards(), wards()
    one = row(ward)
    first = await imports.done(roster([one]), unit=old_unit)
    unit = await imports.door.get("/unit", code=ward, on="2023-06-01")
    units = await imports.door.get("/force-units", unit_id=unit.json()["id"])
    force_unit = units.json()["rows"][0]["id"]
    members = await imports.door.get("/members", force_unit_ids=[force_unit])
    member = members.json()["force_units"][0]["rows"][0]["id"]
    path = f"/force-units/{force_unit}/members/{member}/cessation"
    await imports.door.post(path, {"ceased_on": "2022-01-01", "ground": "own_request"})
    again = roster([row(other, citizen_id=one[5], first_day=datetime(2022, 3, 1))])  # noqa: DTZ001
    for _ in range(2):
        found = await imports.done(again, unit=old_unit)
        assert ("applied", 1) == (found["state"], found["members"])
        answer = await imports.door.post(f"/imports/{found['id']}/withdrawal", {})
        assert 200 == answer.status_code
    assert {} == await strength(imports, other)
    assert "applied" == (await imports.batch(first["id"]))["state"]


async def test_a_batch_is_withdrawn_as_one_act(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """Counts, lists and records are as before; the same file may come again."""
    ward = wards()
    content = roster([row(ward), row(ward, team_name="Đội hai")])
    found = await imports.done(content, unit=old_unit)
    answer = await imports.door.post(f"/imports/{found['id']}/withdrawal", {})
    assert {"batch_id": found["id"], "members": 2, "established": 2} == answer.json()
    assert {} == await strength(imports, ward)
    after = await imports.batch(found["id"])
    assert ("withdrawn", 0, 0) == (
        after["state"],
        after["members"],
        after["established"],
    )
    again = await imports.door.post(f"/imports/{found['id']}/withdrawal", {})
    assert (409, "registry.import.not_applied") == (
        again.status_code,
        again.json()["code"],
    )
    anew = await imports.done(content, unit=old_unit)
    assert found["id"] != anew["id"]
    assert {"civil_defence_team": (2, 2)} == await strength(imports, ward)


async def test_later_facts_refuse_a_withdrawal_unless_they_are_kept(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """What has been built on stays when the officer lists it."""
    ward = wards()
    found = await imports.done(roster([row(ward), row(ward)]), unit=old_unit)
    unit = await imports.door.get("/unit", code=ward, on="2023-06-01")
    units = await imports.door.get("/force-units", unit_id=unit.json()["id"])
    force_unit = units.json()["rows"][0]["id"]
    members = await imports.door.get("/members", force_unit_ids=[force_unit])
    member = members.json()["force_units"][0]["rows"][0]["id"]
    path = f"/force-units/{force_unit}/members/{member}/cessation"
    ended = await imports.door.post(
        path, {"ceased_on": "2022-01-01", "ground": "own_request"}
    )
    assert 200 == ended.status_code
    path = f"/imports/{found['id']}/withdrawal"
    refused = await imports.door.post(path, {})
    assert (409, "registry.import.later_facts") == (
        refused.status_code,
        refused.json()["code"],
    )
    assert member in refused.json()["params"]["ids"]
    assert {"civil_defence_team": (1, 1)} == await strength(imports, ward)
    done = await imports.door.post(path, {"keep": [member]})
    assert (1, 0) == (done.json()["members"], done.json()["established"])
    assert {"civil_defence_team": (1, 1)} == await strength(imports, ward, "2021-06-01")


async def test_one_row_may_be_taken_back_before_the_others(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """Who was taken out alone neither hinders the rest nor is counted again."""
    ward = wards()
    found = await imports.done(roster([row(ward), row(ward)]), unit=old_unit)
    unit = await imports.door.get("/unit", code=ward, on="2023-06-01")
    units = await imports.door.get("/force-units", unit_id=unit.json()["id"])
    force_unit = units.json()["rows"][0]["id"]
    members = await imports.door.get("/members", force_unit_ids=[force_unit])
    member = members.json()["force_units"][0]["rows"][0]["id"]
    path = f"/force-units/{force_unit}/members/{member}/enrolment-withdrawal"
    one = await imports.door.post(path, {"reason": "entered_wrongly"})
    assert 200 == one.status_code, one.text
    assert {"civil_defence_team": (1, 1)} == await strength(imports, ward)
    rest = await imports.door.post(f"/imports/{found['id']}/withdrawal", {})
    assert (1, 1) == (rest.json()["members"], rest.json()["established"])
    assert {} == await strength(imports, ward)


async def test_a_unit_with_one_force_gets_it_again_after_a_withdrawal(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """Where the unit is the force's name, its life begins anew under the same id."""
    ward = wards()
    rows = [row(ward, force_type="Công an xã bán chuyên trách", post="Công an viên")]
    for _ in range(2):
        found = await imports.done(roster(rows), unit=old_unit)
        assert ("applied", 1) == (found["state"], found["established"])
        assert {"part_time_commune_police": (1, 1)} == await strength(imports, ward)
        path = f"/imports/{found['id']}/withdrawal"
        assert 200 == (await imports.door.post(path, {})).status_code
        assert {} == await strength(imports, ward)


async def test_the_lists_are_the_same_when_built_anew(
    imports: Imports, old_unit: str, working: Registry, wards: Callable[[], str]
) -> None:
    """Imports, forces and members, with withdrawals among them."""
    found = await imports.done(roster([row(wards())]), unit=old_unit)
    await imports.door.post(f"/imports/{found['id']}/withdrawal", {})
    tables = ("import_list", "force_unit_list", "member_list", "import_rows_skipped")

    def content() -> dict[str, list[Any]]:
        with working.runtime.engine.connect() as connection:
            return {
                table: sorted(
                    map(str, connection.exec_driver_sql(
                        f"SELECT * FROM registry_read.{table}"))
                )
                for table in tables
            }  # fmt: skip

    before = content()
    rebuild_read_schema(working.runtime)
    assert before == content()
