"""Trees of a day and the feed of changes by HTTP."""

from datetime import date
from typing import Any

from services.contracts.registry.units import unit_id
from services.registry.domain.unit import Unit
from tests.registry.conftest import Door, Registry
from tests.registry.doors.units_of_ca_mau import (
    DECREE,
    REFORM,
    ahead,
    commune,
    last_change,
    problem,
    rename,
)


async def test_the_trees_before_and_after_the_reform_both_answer(
    registrar: Door,
) -> None:
    """63 provinces on the last day of June 2025, 34 on the next; the same country."""
    provinces = {}
    for day in ("2025-06-30", "2025-07-01"):
        page = (await registrar.get("/units/tree", on=day, levels=1)).json()
        country, *below = page["rows"]
        assert ("VN", 0, False) == (country["code"], country["depth"], page["has_next"])
        assert {1} == {row["depth"] for row in below}
        provinces[day] = {row["id"] for row in below}
    before, after = provinces["2025-06-30"], provinces["2025-07-01"]
    assert (63, 34) == (len(before), len(after))
    assert 11 == len(before & after)


async def test_a_tree_comes_by_pages_each_unit_behind_its_parent(
    registry: Registry, registrar: Door
) -> None:
    """All levels of a province of 2023, as many as there are."""
    bac_kan = unit_id("province", "06", None)
    asked = {"id": str(bac_kan), "on": "2023-06-01", "levels": 4, "first": 50}
    rows: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = (await registrar.get("/units/tree", **asked, **after)).json()
        rows += page["rows"]
        if not page["has_next"]:
            break
        after = {"after": page["end_cursor"]}
    day = date(2023, 6, 1)
    wanted = {
        str(unit.id)
        for unit in registry.tree
        if unit.in_force(day) and registry.tree.within((bac_kan,), unit.id)
    }
    assert len(rows) == len(wanted)
    assert wanted == {row["id"] for row in rows}
    seen: set[str] = set()
    for row in rows:
        assert row["depth"] == 0 or row["parent_id"] in seen
        seen.add(row["id"])


async def test_a_tree_is_bounded(registrar: Door) -> None:
    """No more than 4,000 rows at once, no cursor of another list."""
    many = await registrar.get("/units/tree", first=4001)
    assert 422 == many.status_code
    foreign = await registrar.get("/units/tree", after="bm9wZQ")
    assert (422, "lists.cursor_invalid") == problem(foreign)[:2]


async def test_a_partner_asks_for_what_it_has_not_seen(
    registry: Registry, registrar: Door
) -> None:
    """From a kept cursor come exactly the later changes, each with its words."""
    unit = commune(registry, 4)
    history = (await registrar.get("/units/changes", unit_id=unit)).json()
    (established,) = history["rows"]
    assert ("established", "2025-07-01", 1, False) == (
        established["kind"],
        established["effective_on"],
        established["version"],
        history["has_next"],
    )
    await rename(registrar, unit, "Theo Dõi", ahead(20))
    behind = await registrar.get(
        "/units/changes", unit_id=unit, after=established["cursor"]
    )
    (renamed,) = behind.json()["rows"]
    assert {
        "id": f"{unit}/2",
        "kind": "renamed",
        "effective_on": ahead(20),
        "legal_basis": "77/NQ-UBTVQH16",
        "decree_date": "2026-10-02",
        "undone": False,
    }.items() <= renamed.items()
    body = {"version": 2, "reason": "decree_postponed", **DECREE}
    await registrar.post(f"/units/{unit}/undoing", body)
    behind = await registrar.get(
        "/units/changes", unit_id=unit, after=renamed["cursor"]
    )
    (undoing,) = behind.json()["rows"]
    assert ("change_undone", 2, "decree_postponed", ahead(20)) == (
        undoing["kind"],
        undoing["change_version"],
        undoing["reason"],
        undoing["effective_on"],
    )
    assert established["name"] == undoing["name"]
    again = (await registrar.get("/units/changes", unit_id=unit)).json()["rows"]
    assert [False, True, False] == [row["undone"] for row in again]


async def test_the_feed_tells_every_fact_once_and_in_order(
    registry: Registry, registrar: Door
) -> None:
    """From the first fact to the last, in the order of the log."""
    told: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = (await registrar.get("/units/changes", first=500, **after)).json()
        told += [row["id"] for row in page["rows"]]
        if not page["has_next"]:
            break
        after = {"after": page["rows"][-1]["cursor"]}
    log = registry.runtime.log.read_after(0, 60_000)
    wanted = [
        f"{e.aggregate_id}/{e.version}" for e in log if isinstance(e.event, Unit.Event)
    ]
    assert wanted == told


async def test_a_closed_unit_keeps_its_last_name(registrar: Door) -> None:
    """Its end says who took over, and what it was called."""
    bac_kan = unit_id("province", "06", None)
    end = await last_change(registrar, str(bac_kan))
    heirs = [heir["unit_id"] for heir in end["heirs"]]
    assert ("abolished", "Tỉnh Bắc Kạn", "2025-07-01") == (
        end["kind"],
        end["name"],
        end["valid_to"],
    )
    assert [str(unit_id("province", "19", REFORM))] == heirs
