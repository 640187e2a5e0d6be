"""The residential areas that teams cover, in a roster: found, said, asked about."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from services.chassis.clock import local_today
from services.registry.documents.roster_columns import COLUMNS
from services.registry.read_models.import_list import IMPORTS, ImportListReadModel
from services.registry.read_models.team_areas import TEAM_AREAS, TeamAreasReadModel
from tests.registry.conftest import Registry
from tests.registry.doors.parts import establish, live_and_rebuilt
from tests.registry.excel.conftest import Imports
from tests.registry.excel.made_files import roster
from tests.registry.excel.rows import row
from tests.registry.excel.test_import_work import after, alone, received, work

__all__ = ["alone"]
ON = datetime(2022, 3, 1)  # noqa: DTZ001 - a day of Excel has no zone
Take = Callable[..., Any]


@pytest.fixture
def take(registry: Registry) -> Take:
    """Enter an area of a commune of 2023 and give its id."""

    async def taken(ward: str, name: str, kind: str = "thon") -> str:
        unit = await registry.officer.get("/unit", code=ward, on="2023-06-01")
        answer = await registry.officer.post(
            "/residential-areas",
            {
                "unit": {"id": unit.json()["id"]}, "kind": kind, "name": name,
                "registered_on": "2020-03-01", "decision": "12/QĐ-UBND",
            },
        )  # fmt: skip
        assert 201 == answer.status_code, answer.text
        return str(answer.json()["area_id"])

    return taken


async def covered(
    registry: Registry, ward: str, on: str = "2023-06-01"
) -> dict[str, set[str]]:
    """Return what each team of a commune covers on a day, by its name."""
    unit = await registry.officer.get("/unit", code=ward, on="2023-06-01")
    answer = await registry.officer.get(
        "/force-units", unit_id=unit.json()["id"], on=on
    )
    assert 200 == answer.status_code, answer.text
    return {one["name"]: set(one["area_ids"]) for one in answer.json()["rows"]}


async def test_a_new_team_covers_the_areas_that_its_rows_name(
    imports: Imports, old_unit: str, wards: Callable[[], str], take: Take
) -> None:
    """By name, with or without its kind, and by number; a blank row says nothing."""
    ward = wards()
    ids = [await take(ward, name) for name in ("Trung", "Hạ", "Nà Pài")]
    rows = [
        row(ward, areas="Thôn Trung; hạ ;3", areas_from=ON),
        row(ward),
        row(ward, team_name="Đội hai", areas=2.0, areas_from=ON),
        row(ward, team_name="Đội ba"),
    ]
    found = await imports.done(roster(rows), unit=old_unit)
    assert ("applied", 4, 2) == (found["state"], found["members"], found["covers"])
    assert {"Đội một": set(ids), "Đội hai": {ids[1]}, "Đội ba": set()} == await covered(
        imports.registry, ward
    )
    before = await covered(imports.registry, ward, "2022-02-28")
    assert [set()] * 3 == list(before.values())


async def test_rows_that_are_there_already_still_say_the_areas(
    imports: Imports, old_unit: str, wards: Callable[[], str], take: Take
) -> None:
    """Without a day of their own they count from today; the same again is nothing."""
    ward = wards()
    area = await take(ward, "Trung")
    plain = row(ward)
    await imports.done(roster([plain]), unit=old_unit)
    told = list(plain)
    told[[one.key for one in COLUMNS].index("areas")] = "thôn trung"
    found = await imports.done(roster([told]), unit=old_unit)
    assert ("applied", 0, 1, 1) == (
        found["state"],
        found["planned_rows"],
        found["unchanged_rows"],
        found["covers"],
    )
    today = local_today().isoformat()
    assert {"Đội một": {area}} == await covered(imports.registry, ward, today)
    again = await imports.done(roster([told, row(ward)]), unit=old_unit)
    assert ("applied", 1, 0) == (again["state"], again["members"], again["covers"])


async def test_a_dry_run_tells_what_would_be_said_and_says_nothing(
    imports: Imports, old_unit: str, wards: Callable[[], str], take: Take
) -> None:
    """The answer counts the teams; the teams that are there cover nothing yet."""
    ward = wards()
    await take(ward, "Trung")
    await imports.done(roster([row(ward)]), unit=old_unit)
    rows = [row(ward, areas="1", areas_from=ON), row(ward, team_name="Đội hai")]
    found = await imports.done(roster(rows), unit=old_unit, dry_run=True)
    assert ("checked", 2, 1) == (found["state"], found["planned_rows"], found["covers"])
    assert {"Đội một": set()} == await covered(imports.registry, ward)


async def test_what_is_unknown_or_unclear_is_a_fault_of_its_cell(
    imports: Imports, old_unit: str, wards: Callable[[], str], take: Take
) -> None:
    """Candidates are told as they may be written; places count within the cell."""
    ward = wards()
    for kind in ("thon", "ban"):
        await take(ward, "Trung", kind)
    await take(ward, "Khe Riêng Thượng")
    rows = [
        row(ward, team_name="A", areas="Trung"),
        row(ward, team_name="B", areas="1; Không Có"),
        row(ward, team_name="C", areas="Khe Riêng"),
        row(ward, team_name="D", areas="thôn trung", areas_from=datetime(2019, 1, 1)),  # noqa: DTZ001
        row(ward, team_name="E", areas_from=ON),
        row(ward, team_name="F", areas="x" * 481),
        row(ward, team_name="G", areas=";".join(f"a{n}" for n in range(61))),
    ]
    found = await imports.done(roster(rows), unit=old_unit)
    assert ("refused", 7, 0) == (found["state"], found["faulty_rows"], found["covers"])
    faults = await imports.faults(found["id"])
    place = [one.key for one in COLUMNS].index("areas") + 1
    assert [
        (2, place, "registry.import.area_to_choose"),
        (3, place, "registry.import.area_not_found"),
        (4, place, "registry.import.area_to_choose"),
        (5, place, "registry.import.area_not_found"),
        (6, place + 1, "registry.import.areas_missing"),
        (7, place, "registry.import.cell_too_long"),
        (8, place, "registry.import.too_many_areas"),
    ] == [(one["row"], one["column"], one["code"]) for one in faults]
    assert "1 - Thôn Trung; 2 - Bản Trung" in faults[0]["message_vi"]
    assert "thứ 2" in faults[1]["message_vi"]
    assert "3 - Thôn Khe Riêng Thượng" in faults[2]["message_vi"]


async def test_a_candidate_may_be_written_as_it_was_told(
    imports: Imports, old_unit: str, wards: Callable[[], str], take: Take
) -> None:
    """Number and name together mean one of two areas of the same name."""
    ward = wards()
    ids = [await take(ward, "Trung", kind) for kind in ("thon", "ban")]
    await imports.done(
        roster([row(ward, areas="2 - Bản Trung", areas_from=ON)]), unit=old_unit
    )
    assert {"Đội một": {ids[1]}} == await covered(imports.registry, ward)


async def test_a_former_name_is_followed(
    imports: Imports, old_unit: str, wards: Callable[[], str], take: Take
) -> None:
    """What no area of the day is called goes to the finder of areas."""
    ward = wards()
    area = await take(ward, "Trung")
    renamed = await imports.door.post(
        f"/residential-areas/{area}/name",
        {"name": "Đoàn Kết", "effective_on": "2021-01-01", "decision": "1/QĐ-UBND"},
    )
    assert 200 == renamed.status_code, renamed.text
    rows = [row(ward, areas="Thôn Trung (cũ)", areas_from=ON)]
    await imports.done(roster(rows), unit=old_unit)
    assert {"Đội một": {area}} == await covered(imports.registry, ward)


async def test_rows_of_one_team_that_contradict_each_other_are_faults(
    imports: Imports, old_unit: str, wards: Callable[[], str], take: Take
) -> None:
    """Nobody knows which is right: all that say anything; the others are let in."""
    ward = wards()
    for name in ("Trung", "Hạ"):
        await take(ward, name)
    rows = [
        row(ward, areas="1; 2", areas_from=ON),
        row(ward, areas="hạ; trung", areas_from=ON),
        row(ward, areas="1", areas_from=ON),
        row(ward),
    ]
    found = await imports.done(roster(rows), unit=old_unit, policy="valid_rows")
    assert ("applied", 1, 3, 0) == (
        found["state"],
        found["members"],
        found["faulty_rows"],
        found["covers"],
    )
    faults = await imports.faults(found["id"])
    assert {"registry.import.areas_contradict"} == {one["code"] for one in faults}
    told = ["Dòng 4", "Dòng 4", "Dòng 2"]
    assert told == [one["message_vi"][:6] for one in faults]
    assert {"Đội một": set()} == await covered(imports.registry, ward)


async def test_a_force_that_covers_its_whole_commune_has_no_areas(
    imports: Imports, old_unit: str, wards: Callable[[], str], take: Take
) -> None:
    """The refusal of the force stands at the cell of the areas."""
    ward = wards()
    await take(ward, "Trung")
    police = {"force_type": "Công an xã bán chuyên trách", "post": "Công an viên"}
    rows = [row(ward, **police, areas="1", areas_from=ON)]
    found = await imports.done(roster(rows), unit=old_unit)
    (fault,) = await imports.faults(found["id"])
    place = [one.key for one in COLUMNS].index("areas") + 1
    assert ("registry.force_unit.areas_not_covered", place) == (
        fault["code"],
        fault["column"],
    )


async def test_a_day_before_the_team_is_a_fault_of_the_day(
    imports: Imports, old_unit: str, wards: Callable[[], str], take: Take
) -> None:
    """As at the door of the registry."""
    ward = wards()
    await take(ward, "Trung")
    rows = [row(ward, areas="1", areas_from=datetime(2020, 6, 1))]  # noqa: DTZ001
    found = await imports.done(roster(rows), unit=old_unit)
    (fault,) = await imports.faults(found["id"])
    place = [one.key for one in COLUMNS].index("areas_from") + 1
    assert ("registry.member.outside_force_unit_life", place) == (
        fault["code"],
        fault["column"],
    )


@pytest.mark.parametrize("policy", ["all_or_nothing", "valid_rows"])
async def test_an_area_that_ends_between_check_and_application(
    alone: Imports, old_unit: str, wards: Callable[[], str], take: Take, policy: str
) -> None:
    """Either nothing is written, or the members without the areas, and it is told."""
    ward = wards()
    area = await take(ward, "Trung")
    rows = [row(ward, areas="1", areas_from=ON)]
    batch_id = await received(alone, rows, old_unit, policy=policy)
    await work(alone).advance(batch_id, after(0))
    ended = await alone.door.post(
        f"/residential-areas/{area}/end",
        {"ended_on": "2021-06-01", "heirs": [], "decision": "1/QĐ-UBND"},
    )
    assert 200 == ended.status_code, ended.text
    await work(alone).advance(batch_id, after(100))
    batch = await alone.batch(str(batch_id))
    if policy == "all_or_nothing":
        assert "refused" == batch["state"]
        assert {} == await covered(alone.registry, ward)
    else:
        assert ("applied", 1) == (batch["state"], batch["members"])
        assert {"Đội một": set()} == await covered(alone.registry, ward)
        (fault,) = await alone.faults(str(batch_id))
        assert ("registry.import.areas_changed_meanwhile", 2) == (
            fault["code"],
            fault["row"],
        )


async def test_areas_come_with_the_first_rows_of_their_team(
    alone: Imports, old_unit: str, wards: Callable[[], str], take: Take
) -> None:
    """Teams of which no row is new have chunks of their own behind the rows."""
    ward = wards()
    area = await take(ward, "Trung")
    there = [
        await establish(
            alone.registry, "civil_defence_team", ward, on="2021-01-05", name=f"Cũ {n}"
        )
        for n in range(3)
    ]
    old = [row(ward, team_name=f"Cũ {n}") for n in range(3)]
    await work(alone).advance(await received(alone, old, old_unit), after(100))
    at = [one.key for one in COLUMNS].index("areas")
    for one in old:
        one[at], one[at + 1] = "1", ON
    rows = [*old, *(row(ward, areas="1", areas_from=ON) for _ in range(3))]
    batch_id = await received(alone, rows, old_unit)
    await work(alone).advance(batch_id, after(100))
    batch = await alone.batch(str(batch_id))
    assert ("applied", 3, 3, 4) == (
        batch["state"],
        batch["unchanged_rows"],
        batch["members"],
        batch["covers"],
    )
    assert 3 == len({UUID(one) for one in there})
    found = await covered(alone.registry, ward)
    assert [{area}] * 4 == list(found.values())


async def test_the_lists_are_the_same_when_built_anew(
    imports: Imports, old_unit: str, wards: Callable[[], str], take: Take
) -> None:
    """What teams cover, and what imports brought."""
    ward = wards()
    await take(ward, "Trung")
    await imports.done(roster([row(ward, areas="1", areas_from=ON)]), unit=old_unit)
    for table, models in (
        (TEAM_AREAS, [TeamAreasReadModel()]),
        (IMPORTS, [ImportListReadModel()]),
    ):
        live, anew = live_and_rebuilt(imports.registry, table, models)
        assert live
        assert live == anew
