"""Figures along named hierarchies by HTTP: sums below each unit, rights as ever."""

from datetime import date
from typing import Any, Final
from uuid import UUID

import pytest

from services.chassis.service import Runtime
from tests.reporting import facts, hierarchies, units
from tests.reporting.conftest import Counter, Doors

POLICE: Final = "police_line"
TEAMWORK: Final = "teamwork"
SPRING: Final = date(2025, 4, 10)
IN_SPRING: Final = {"year": 2025, "kind": "range", "indicators": "session_attendances",
                    "first_day": "2025-03-15", "last_day": "2025-05-14"}  # fmt: skip


@pytest.fixture
def counted(counter: Counter, runtime: Runtime) -> Counter:
    """Give sessions of one spring, one of them held by a district itself."""
    hierarchies.forget(runtime)
    hierarchies.tell(
        runtime,
        POLICE,
        hierarchies.defined(POLICE),
        hierarchies.skipped(POLICE, "district", hierarchies.POLICE_DAY),
    )
    counter.count(
        facts.held(units.QUANG, 1, SPRING),
        facts.held(units.SONG, 2, SPRING),
        facts.held(units.CITY, 4, SPRING),
        facts.held(units.PHUC, 8, SPRING),
        facts.held(units.TRUNG, 16, SPRING),
        facts.held(units.CHIA, 32, SPRING),
        facts.held(units.BAC_KAN, 64, SPRING),
    )
    return counter


def values(rows: list[dict[str, Any]]) -> dict[UUID, int | None]:
    return {UUID(row["unit_id"]): row["lines"][0]["value"] for row in rows}


async def table(
    doors: Doors, unit: UUID, caller: str = "agency", **asked: Any
) -> dict[str, Any]:
    path = f"/units/{unit}/figures/children"
    answer = await doors.of(caller).get(path, **IN_SPRING, **asked)
    assert 200 == answer.status, answer.body
    found: dict[str, Any] = answer.body
    return found


async def test_below_a_province_police_has_communes_since_march_2025(
    doors: Doors, counted: Counter
) -> None:
    """What a district did itself counts for the province, and nowhere below it."""
    answer = await table(doors, units.BAC_KAN, hierarchy=POLICE, on="2025-04-01")
    (rows,) = answer["rows"]
    assert {units.QUANG: 1, units.SONG: 2, units.PHUC: 8} == values(rows["children"])
    assert 79 == rows["parent"]["lines"][0]["value"]
    assert (POLICE, "2025-04-01") == (answer["hierarchy"], answer["on"])


async def test_before_that_day_districts_stood_between(
    doors: Doors, counted: Counter
) -> None:
    """The same days of facts through the order of another day."""
    answer = await table(doors, units.BAC_KAN, hierarchy=POLICE, on="2025-02-28")
    (rows,) = answer["rows"]
    assert {units.CITY: 7, units.BA_BE: 8} == values(rows["children"])


async def test_todays_order_holds_what_was_before(
    doors: Doors, counted: Counter
) -> None:
    """Facts of ended units go to who holds the whole of them; split ones higher up."""
    answer = await table(doors, units.THAI_NGUYEN, hierarchy=POLICE, on="2026-01-01")
    (rows,) = answer["rows"]
    expected = {units.NEW_BAC_KAN_WARD: 3, units.NEW_PHUC: 8, units.NEW_TRUNG: 16}
    assert expected == values(rows["children"])
    assert 127 == rows["parent"]["lines"][0]["value"]


@pytest.mark.parametrize("on", ["2025-02-28", "2025-04-01", "2026-01-01"])
async def test_the_country_is_the_same_along_any_of_them(
    doors: Doors, counted: Counter, on: str
) -> None:
    """The root's sum is the administrative sum."""
    plain = await table(doors, units.COUNTRY)
    along = await table(doors, units.COUNTRY, hierarchy=POLICE, on=on)
    built_in = await table(doors, units.COUNTRY, hierarchy="administration", on=on)
    sums = {
        a["rows"][0]["parent"]["lines"][0]["value"] for a in (plain, along, built_in)
    }
    assert {127} == sums


async def test_without_a_day_it_is_the_last_of_the_period(
    doors: Doors, counted: Counter
) -> None:
    """One figure alone, the year before beside it through the same order."""
    path = f"/units/{units.BAC_KAN}/figures"
    answer = await doors.of("officer").get(path, **IN_SPRING, hierarchy=POLICE)
    assert 200 == answer.status, answer.body
    assert "2025-05-14" == answer.body["on"]
    (row,) = answer.body["rows"]
    assert (79, 0) == (
        row["lines"][0]["value"],
        row["lines"][0]["same_period_last_year"],
    )


async def test_a_moved_unit_counts_where_it_was_placed(
    doors: Doors, counted: Counter, runtime: Runtime
) -> None:
    """In its new place and above it, no longer in the old one."""
    moved = hierarchies.placed(TEAMWORK, units.TRUNG, units.BA_BE, date(2025, 1, 1))
    hierarchies.tell(runtime, TEAMWORK, hierarchies.defined(TEAMWORK), moved)
    for unit, below, own in (
        (units.BAC_KAN, {units.CITY: 7, units.BA_BE: 24}, 95),
        (units.BA_BE, {units.PHUC: 8, units.TRUNG: 16}, 24),
        (units.OLD_THAI_NGUYEN, {UUID(int=0): 32}, 32),
    ):
        answer = await table(doors, unit, hierarchy=TEAMWORK, on="2025-04-01")
        (rows,) = answer["rows"]
        assert own == rows["parent"]["lines"][0]["value"]
        found = values(rows["children"])
        assert list(below.values()) == list(found.values())


async def test_a_sum_beyond_the_area_is_refused_in_its_row(
    doors: Doors, counted: Counter, runtime: Runtime
) -> None:
    """The other rows of the table stay."""
    code = "border_line"
    moved = hierarchies.placed(code, units.LANG_SON, units.NEW_PHUC, units.MERGER)
    hierarchies.tell(runtime, code, hierarchies.defined(code), moved)
    door = doors.of("officer", unit_roots=(units.THAI_NGUYEN,))
    asked = {**IN_SPRING, "hierarchy": code, "on": "2026-01-01"}
    answer = await door.get(f"/units/{units.NEW_BAC_KAN_WARD}/figures", **asked)
    assert 200 == answer.status, answer.body
    beyond = await door.get(f"/units/{units.NEW_PHUC}/figures", **asked)
    assert (403, "reporting.hierarchy.beyond_area", "$.unit_id") == beyond.refusal
    path = f"/units/{units.THAI_NGUYEN}/figures/children"
    table_refused = await door.get(path, **asked)
    assert 403 == table_refused.status, "the province's own sum holds it, too"


async def test_a_stranger_to_the_hierarchy_has_no_figures_in_it(
    doors: Doors, counted: Counter
) -> None:
    """A police district of after March 2025 answers null and says why."""
    path = f"/units/{units.CITY}/figures"
    asked = {**IN_SPRING, "hierarchy": POLICE, "on": "2025-04-01"}
    answer = await doors.of("officer").get(path, **asked)
    (line,) = answer.body["rows"][0]["lines"]
    assert (None, False) == (line["value"], line["comparable"])


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"hierarchy": "nobody"}, (404, "reporting.hierarchy.unknown", "$.hierarchy")),
        ({"on": "2025-04-01"}, (422, "reporting.hierarchy.missing", "$.on")),
        (
            {"hierarchy": "drive", "on": "2024-12-31"},
            (422, "reporting.hierarchy.not_then", "$.on"),
        ),
        (
            {"hierarchy": "drive", "on": "2025-06-01"},
            (422, "reporting.hierarchy.not_then", "$.on"),
        ),
    ],
)
async def test_what_is_no_hierarchy_then_is_refused(
    doors: Doors,
    counted: Counter,
    runtime: Runtime,
    asked: dict[str, str],
    refusal: tuple[int, str, str],
) -> None:
    """An unknown code, a day without one, a day outside its life."""
    begun = hierarchies.defined("drive", valid_from=date(2025, 1, 1))
    over = hierarchies.ended("drive", date(2025, 6, 1))
    hierarchies.tell(runtime, "drive", begun, over)
    path = f"/units/{units.BAC_KAN}/figures"
    answer = await doors.of("officer").get(path, **IN_SPRING, **asked)
    assert refusal == answer.refusal
