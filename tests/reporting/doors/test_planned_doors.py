"""Planned beside actual by HTTP: what was set, what there is, who may ask."""

from datetime import date
from typing import Any, Final
from uuid import uuid4

import pytest

from tests.reporting import facts, planning, units
from tests.reporting.conftest import Counter, Doors

TEAM: Final = "security_order_team"
DAY: Final = "2024-12-01"


@pytest.fixture
def counted(counter: Counter) -> Counter:
    """Give a ward one team under its quota and one commune one above what it may."""
    first = planning.FIRST
    quota = uuid4()
    counter.count(
        planning.issued(
            planning.line(units.QUANG, 3, 9),
            planning.line(units.PHUC, 1, 3),
            quota=quota,
        ),
        planning.roadmap(quota, units.PHUC, 2, 3, date(2025, 1, 1)),
        *(facts.board(units.QUANG, TEAM, first) for _ in range(2)),
        *(facts.board(units.PHUC, TEAM, first) for _ in range(3)),
        *(facts.enrolled(units.QUANG, TEAM, first) for _ in range(7)),
        facts.board(units.SONG, TEAM, first),
    )
    return counter


def numbers(row: dict[str, Any], what: str) -> tuple[int | None, ...]:
    names = ("quota", "allowed", "actual", "gap", "over")
    return tuple(row[what][name] for name in names)


async def test_planned_and_actual_stand_side_by_side(
    doors: Doors, counted: Counter
) -> None:
    """Under the quota the gap is below zero; a roadmap allows more for its time."""
    door = doors.of("officer")
    answer = await door.get(f"/units/{units.CITY}/planned", on=DAY)
    assert 200 == answer.status, answer.body
    (table,) = answer.body["rows"]
    by_id = {row["unit_id"]: row for row in table["children"]}
    assert (3, 3, 2, -1, 0) == numbers(by_id[str(units.QUANG)], "teams")
    assert (9, 9, 7, -2, 0) == numbers(by_id[str(units.QUANG)], "members")
    without = by_id[str(units.SONG)]
    assert (0, 0, 1, None, None) == numbers(without, "teams")
    assert (0, 1) == tuple(
        row["communes_with_quota"] for row in (without, table["parent"])
    )
    (above,) = (await door.get(f"/units/{units.BA_BE}/planned", on=DAY)).body["rows"]
    assert (1, 2, 3, 2, 1) == numbers(above["parent"], "teams")
    later = await door.get(f"/units/{units.BA_BE}/planned", on="2025-01-01")
    assert (1, 1, 3, 2, 2) == numbers(later.body["rows"][0]["parent"], "teams")


async def test_before_the_law_nothing_was_planned(
    doors: Doors, counted: Counter
) -> None:
    """No quota is no gap."""
    path = f"/units/{units.QUANG}/planned"
    answer = await doors.of("officer").get(path, on="2024-06-30")
    assert (0, 0, 0, None, None) == numbers(answer.body["rows"][0]["parent"], "teams")


async def test_a_unit_that_is_no_more_has_no_numbers(
    doors: Doors, counted: Counter
) -> None:
    """After the merger the old ward answers null; today's ward has what it absorbed."""
    door = doors.of("agency")
    gone = await door.get(f"/units/{units.QUANG}/planned", on="2025-08-01")
    assert (None,) * 5 == numbers(gone.body["rows"][0]["parent"], "teams")
    heir = await door.get(f"/units/{units.NEW_BAC_KAN_WARD}/planned", on="2025-08-01")
    assert (3, 3, 3, 0, 0) == numbers(heir.body["rows"][0]["parent"], "teams")


async def test_another_area_looks_absent(doors: Doors, counted: Counter) -> None:
    """Who covers another province learns nothing, and a missing day is refused."""
    door = doors.of("officer", unit_roots=(units.LANG_SON,))
    answer = await door.get(f"/units/{units.CITY}/planned", on=DAY)
    assert (404, "reporting.unit.not_visible", "$.unit_id") == answer.refusal
    missing = await doors.of("officer").get(f"/units/{units.CITY}/planned")
    assert (422, "body.invalid", "$") == missing.refusal
