"""Units in a roster by former names and old codes: followed, told, or asked about."""

from datetime import datetime
from io import BytesIO

import openpyxl
import pytest

from services.unit_directory.tree import Unit
from tests.registry.conftest import Registry
from tests.registry.excel.conftest import Imports
from tests.registry.excel.made_files import roster
from tests.registry.excel.rows import row, strength

AFTER = datetime(2025, 8, 1)  # noqa: DTZ001 - a day of Excel has no zone
ON = "2025-09-01"


def ended(registry: Registry) -> list[Unit]:
    """Return communes of Bắc Kạn that one unit absorbed, with codes of the past."""
    borne = {unit.code for unit in registry.tree if unit.valid_to is None}
    return [
        unit
        for unit in registry.tree
        if unit.path.startswith("VN.06-0.")
        and unit.level == "commune"
        and unit.code not in borne
        and [True] == [heir.whole for heir in unit.successors]
    ]


@pytest.fixture
def today_unit(registry: Registry) -> str:
    """Give the id of today's Thái Nguyên, which absorbed Bắc Kạn."""
    return next(
        str(unit.id)
        for unit in registry.tree
        if unit.code == "19" and unit.valid_to is None
    )


async def given_back(imports: Imports, batch_id: str) -> str:
    """Return the texts of the last column of the workbook given back."""
    answer = await imports.door.get(f"/imports/{batch_id}/workbook")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = sheet.iter_rows(min_row=2, min_col=sheet.max_column, values_only=True)
    return "\n".join(str(cell) for (cell,) in rows if cell)


@pytest.mark.parametrize("by", ["code", "name"])
async def test_a_former_unit_means_who_holds_it_whole(
    imports: Imports, registry: Registry, today_unit: str, by: str
) -> None:
    """The member serves in the heir; the workbook says which unit that is."""
    names = [unit.name for unit in registry.tree]
    old = [one for one in ended(registry) if names.count(one.name) == 1][
        0 if by == "code" else 1
    ]
    heir = registry.tree.unit(old.successors[0].unit_id)
    text = old.code if by == "code" else f"{old.name} (cũ)"
    content = roster([row(text, first_day=AFTER, team_name=f"Đội {old.code}")])
    before = (await strength(imports, heir.code, ON)).get("civil_defence_team", (0, 0))
    batch = await imports.done(content, unit=today_unit)
    assert ("applied", 1, 0) == (batch["state"], batch["members"], batch["faulty_rows"])
    after = (await strength(imports, heir.code, ON))["civil_defence_team"]
    assert before[1] + 1 == after[1]
    told = await given_back(imports, batch["id"])
    assert f"hiểu là {heir.code} - {heir.name}" in told


async def test_a_divided_unit_is_asked_about(
    imports: Imports, registry: Registry, today_unit: str
) -> None:
    """The fault names the units of the day to choose from, by code and name."""
    (old,) = [unit for unit in registry.tree if unit.name == "Xã Thượng Đình"]
    heirs = [registry.tree.unit(heir.unit_id) for heir in old.successors]
    assert len(heirs) > 1
    content = roster([row(old.name, first_day=AFTER)])
    batch = await imports.done(content, unit=today_unit)
    assert ("refused", 0) == (batch["state"], batch["members"])
    (fault,) = await imports.faults(batch["id"])
    assert "registry.import.unit_to_choose" == fault["code"]
    for heir in heirs:
        assert f"{heir.code} - {heir.name}" in fault["message_vi"]


async def test_what_nobody_is_called_is_no_unit(
    imports: Imports, today_unit: str
) -> None:
    """The beginning of a name is not guessed at."""
    content = roster([row("Xã Chưa Từng Có", first_day=AFTER)])
    batch = await imports.done(content, unit=today_unit)
    (fault,) = await imports.faults(batch["id"])
    assert "registry.import.unit_not_found" == fault["code"]


async def test_a_workbook_with_remarks_is_taken_again(
    imports: Imports, registry: Registry, today_unit: str
) -> None:
    """Nothing that we add stands in the way of sending it back."""
    old = ended(registry)[2]
    content = roster([row(old.code, first_day=AFTER, team_name="Đội gửi lại")])
    batch = await imports.done(content, unit=today_unit, dry_run=True)
    answer = await imports.door.get(f"/imports/{batch['id']}/workbook")
    again = await imports.done(answer.content, unit=today_unit)
    assert ("applied", 1) == (again["state"], again["members"])
