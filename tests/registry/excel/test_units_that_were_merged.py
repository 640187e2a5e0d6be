"""A roster of today's commune whose people joined before it was made."""

from datetime import datetime
from typing import Any

import pytest

from services.unit_directory.lineage import with_absorbed
from services.unit_directory.tree import Unit
from tests.registry.conftest import Registry
from tests.registry.excel.conftest import Imports
from tests.registry.excel.made_files import roster
from tests.registry.excel.rows import row, strength
from tests.registry.excel.test_units_of_other_days import today_unit

__all__ = ["today_unit"]

BEFORE = datetime(2024, 8, 1)  # noqa: DTZ001 - a day of Excel has no zone
AFTER = datetime(2025, 9, 1)  # noqa: DTZ001
ON = "2025-10-01"
KIND = "civil_defence_team"


@pytest.fixture(scope="module")
def joined(registry: Registry) -> list[tuple[Unit, list[Unit]]]:
    """Give communes of today that took several of Bắc Kạn over whole, with these."""
    found = []
    for unit in registry.tree:
        if unit.level == "commune" and unit.path.startswith("VN.19-2025."):
            before = [one for one in with_absorbed(registry.tree, unit) if one != unit]
            if len(before) > 1 and all(b.path.startswith("VN.06-0.") for b in before):
                found.append((unit, before))
    return found


def people(unit: str, team: str, *days: datetime) -> list[list[Any]]:
    return [row(unit, team_name=team, first_day=day) for day in days]


async def test_a_team_of_a_merged_commune_is_found_under_the_new_one(
    imports: Imports, joined: list[tuple[Unit, list[Unit]]], today_unit: str
) -> None:
    """No second team is set up, in a later file as in the same one."""
    (unit, (first, second, *_)) = joined[0]
    content = roster(people(first.code, "Đội Đầu Làng", BEFORE))
    assert "applied" == (await imports.done(content, unit=today_unit))["state"]
    content = roster(
        [
            *people(unit.code, "Đội Đầu Làng", AFTER),
            *people(second.code, "Đội Cuối Làng", BEFORE),
            *people(unit.code, "Đội Cuối Làng", AFTER),
        ]
    )
    batch = await imports.done(content, unit=today_unit)
    assert ("applied", 3) == (batch["state"], batch["members"])
    assert (2, 4) == (await strength(imports, unit.code, ON))[KIND]
    again = await imports.done(content + b"", unit=today_unit)
    assert batch["id"] == again["id"]


async def test_two_teams_of_one_name_are_asked_about(
    imports: Imports, joined: list[tuple[Unit, list[Unit]]], today_unit: str
) -> None:
    """Each of the merged communes had one: which of them is meant is not guessed."""
    (unit, (first, second, *_)) = joined[1]
    content = roster(
        [row for one in (first, second) for row in people(one.code, "Đội 1", BEFORE)]
    )
    assert "applied" == (await imports.done(content, unit=today_unit))["state"]
    content = roster(people(unit.code, "Đội 1", AFTER))
    batch = await imports.done(content, unit=today_unit)
    (fault,) = await imports.faults(batch["id"])
    assert "registry.import.team_ambiguous" == fault["code"]


async def test_who_joined_before_the_commune_was_made_has_to_say_where(
    imports: Imports, joined: list[tuple[Unit, list[Unit]]], today_unit: str
) -> None:
    """The fault names the communes out of which it was made."""
    # A new name: most communes took that of one of those that they were made of.
    old = {one.bare_name for one in imports.registry.tree if one.valid_to}
    (unit, before) = next(pair for pair in joined if pair[0].bare_name not in old)
    content = roster(people(unit.name, "Đội hai", BEFORE))
    batch = await imports.done(content, unit=today_unit)
    (fault,) = await imports.faults(batch["id"])
    assert "registry.import.unit_to_choose" == fault["code"]
    for one in before:
        assert f"{one.code} - {one.name}" in fault["message_vi"]
