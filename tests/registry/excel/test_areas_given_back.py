"""The residential areas of teams as they leave: template, export, and back again."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from services.chassis.clock import local_today
from services.registry.documents.roster_book import Choices, template
from services.registry.documents.roster_columns import COLUMNS
from services.unit_directory.tree import Unit
from tests.registry.conftest import Registry
from tests.registry.excel.conftest import Imports
from tests.registry.excel.made_files import roster
from tests.registry.excel.rows import row
from tests.registry.excel.test_areas_of_teams import ON, Take, covered, take
from tests.registry.excel.test_export_by_http import SCOPES, exported
from tests.registry.excel.test_units_of_other_days import AFTER, ended, today_unit

__all__ = ["take", "today_unit"]


async def take_in(registry: Registry, unit: Unit, name: str, on: str) -> str:
    """Enter an area of a unit and give its id."""
    body = {"unit": {"id": str(unit.id)}, "kind": "thon", "name": name,
            "registered_on": on, "decision": "12/QĐ-UBND"}  # fmt: skip
    answer = await registry.officer.post("/residential-areas", body)
    assert 201 == answer.status_code, answer.text
    return str(answer.json()["area_id"])


@pytest.fixture
def take_today(registry: Registry) -> Take:
    """Enter areas of a commune of today that has none; give the commune and ids."""

    async def taken(*names: str) -> Any:
        unit = min(
            (one for one in registry.tree
             if one.level == "commune" and one.valid_to is None
             and one.path.startswith("VN.19")),
            key=lambda one: one.code,
        )  # fmt: skip
        ids = [await take_in(registry, unit, name, "2025-08-01") for name in names]
        return unit, ids

    return taken


async def test_what_was_exported_comes_back_without_an_effect(
    imports: Imports, old_unit: str, wards: Callable[[], str], take: Take
) -> None:
    """Areas leave with number, name and day, also of a day that is long past."""
    ward = wards()
    ids = [await take(ward, name) for name in ("Trung", "2")]
    rows = [row(ward, areas="Trung; thôn 2", areas_from=ON), row(ward, team_name="B")]
    await imports.done(roster(rows), unit=old_unit)
    later = [row(ward, areas="Trung", areas_from=datetime(2024, 5, 1))]  # noqa: DTZ001
    await imports.done(roster(later), unit=old_unit)
    content = await exported(imports.registry, ward)
    sheet = openpyxl.load_workbook(BytesIO(content))["Danh sách"]
    at = [one.key for one in COLUMNS].index("areas") + 1
    told = [(sheet.cell(n, at).value, sheet.cell(n, at + 1).value) for n in (2, 3, 4)]
    assert {("1 - Thôn Trung; 2 - Thôn 2", ON), (None, None)} == set(told)
    found = await imports.done(content, unit=old_unit)
    assert ("applied", 3, 0, 0, 0) == (
        found["state"],
        found["unchanged_rows"],
        found["planned_rows"],
        found["faulty_rows"],
        found["covers"],
    )
    assert {ids[0]} == (await covered(imports.registry, ward, "2024-06-01"))["Đội một"]


async def test_the_template_lists_the_areas_as_a_cell_names_them(
    imports: Imports, registry: Registry, take_today: Take
) -> None:
    """Those of the unit that is asked for, today's alone."""
    unit, areas = await take_today("Trung", "Hạ")
    ended = await imports.door.post(
        f"/residential-areas/{areas[1]}/end",
        {"ended_on": "2026-01-01", "heirs": [], "decision": "1/QĐ-UBND"},
    )
    assert 200 == ended.status_code, ended.text
    answer = await imports.door.get("/imports/roster/template", unit_id=str(unit.id))
    assert 200 == answer.status_code, answer.text
    sheet = openpyxl.load_workbook(BytesIO(answer.content))["Khu dân cư"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(f"{unit.code} - {unit.name}", "1 - Thôn Trung")] == rows
    content = roster([
        row(unit.code, areas=rows[0][1], first_day=datetime(2025, 8, 1))  # noqa: DTZ001
    ])  # fmt: skip
    found = await imports.done(content, unit=str(unit.id))
    assert ("applied", 1) == (found["state"], found["covers"])


async def test_a_team_of_a_merged_commune_covers_areas_of_both(
    imports: Imports, registry: Registry, today_unit: str
) -> None:
    """Names are those of the row's commune first; the export is read back as it was."""
    names = [unit.name for unit in registry.tree]
    old = [one for one in ended(registry) if names.count(one.name) == 1][4]
    heir = registry.tree.unit(old.successors[0].unit_id)
    await take_in(registry, old, "Gộp Cũ", "2020-03-01")
    await take_in(registry, heir, "Gộp Mới", "2025-08-01")
    await take_in(registry, heir, "Gộp Khác", "2025-08-01")
    first = roster([row(old.code, team_name="Đội gộp")])
    batch = await imports.done(first, unit=today_unit)
    assert "applied" == batch["state"]
    later = {"first_day": AFTER, "team_name": "Đội gộp"}
    rows = [row(heir.code, **later, areas="Gộp Mới; thôn gộp cũ", areas_from=AFTER)]
    batch = await imports.done(roster(rows), unit=today_unit)
    assert ("applied", 1, 0, 1) == (
        batch["state"],
        batch["members"],
        batch["established"],
        batch["covers"],
    ), await imports.faults(batch["id"])
    door = registry.caller("officer", scopes=SCOPES)
    answer = await door.get(
        "/exports/roster", unit_id=str(heir.id), on="2025-09-01", purpose="roster"
    )
    assert 200 == answer.status_code, answer.text
    sheet = openpyxl.load_workbook(BytesIO(answer.content))["Danh sách"]
    at = [one.key for one in COLUMNS].index("areas") + 1
    told = [
        cells[at - 1]
        for cells in sheet.iter_rows(min_row=2, values_only=True)
        if "Đội gộp" in cells
    ]
    assert 2 == len(told)
    assert all("Thôn Gộp Cũ" in str(one) and "Gộp Mới" in str(one) for one in told)
    found = await imports.done(answer.content, unit=today_unit)
    assert ("applied", 0, 0, 0) == (
        found["state"],
        found["planned_rows"],
        found["faulty_rows"],
        found["covers"],
    ), await imports.faults(found["id"])


def test_too_many_areas_are_not_listed() -> None:
    """The sheet says where a list is to be had."""
    content = template(Choices([], local_today(), None))
    sheet = openpyxl.load_workbook(BytesIO(content))["Khu dân cư"]
    assert "Quá nhiều khu dân cư" in str(sheet["A2"].value)
