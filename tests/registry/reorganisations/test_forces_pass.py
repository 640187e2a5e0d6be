"""Forces of a divided unit go on where it was decided: seen, commanded and counted."""

from typing import Any, Final
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.contracts.registry.units import unit_id
from services.registry.read_models.force_homes import FORCE_HOMES, ForceHomesReadModel
from services.unit_directory.tree import Unit
from tests.registry.conftest import Door, Registry
from tests.registry.doors.parts import refusal
from tests.registry.reorganisations.plans import (
    BAC_KAN,
    DAY,
    EFFECTIVE,
    FIRST,
    SECOND,
    Plan,
    Split,
    a_force,
    decide,
    execute,
    planner,
    rehearsal,
)

EVE: Final = "2025-02-28"
LATER: Final = "2025-06-01"
NEW: Final = {code: unit_id("commune", code, EFFECTIVE) for code in (FIRST, SECOND)}


def officer_of(eve: Registry, unit: UUID) -> Door:
    return eve.caller("officer", unit_roots=(unit,))


async def forces_of(door: Door, unit: UUID, on: str) -> dict[str, int]:
    answer = await door.get("/force-units", unit_id=str(unit), on=on)
    assert 200 == answer.status_code, answer.text
    return {row["id"]: row["members"] for row in answer.json()["rows"]}


async def strength_of(door: Door, unit: UUID, on: str) -> tuple[int, int]:
    answer = await door.get("/strength", ids=[str(unit)], on=on)
    rows = answer.json()["rows"]
    return sum(row["force_units"] for row in rows), sum(row["members"] for row in rows)


async def enrol(door: Door, force: str, on: str) -> Any:
    body = {"members": [{"full_name": "Người Đến Sau", "enrolled_on": on}]}
    return await door.post(f"/force-units/{force}/members", body)


async def undo(eve: Registry, path: str) -> None:
    undone = await planner(eve).post(f"{path}/undoing", {"reason": "decree_postponed"})
    assert 200 == undone.status_code, undone.text


@pytest.fixture
async def passed(
    eve: Registry, communes: list[Unit], split: Split
) -> tuple[str, str, str]:
    """Give a force of three in the first new commune, one of two in the second."""
    three, two = await a_force(eve, communes[0], 3), await a_force(eve, communes[0], 2)
    path = await split()
    await decide(eve, path, ("force_unit", three, FIRST), ("force_unit", two, SECOND))
    before = await rehearsal(eve, path)
    assert [(5, 2, 0)] == [
        (row["people"], row["must_decide"], row["open"]) for row in before["totals"]
    ]
    done = await execute(eve, path)
    assert (1, 2) == tuple(done.json()[name] for name in ("abolished", "forces_passed"))
    return path, three, two


async def test_forces_are_listed_and_counted_by_the_unit_of_the_day(
    eve: Registry, communes: list[Unit], passed: tuple[str, str, str]
) -> None:
    """Before the day the old unit has both, from it on each new unit its own."""
    path, three, two = passed
    door, old = planner(eve), communes[0].id
    assert {three: 3, two: 2} == await forces_of(door, old, EVE)
    assert {} == await forces_of(door, old, DAY)
    assert {three: 3} == await forces_of(door, NEW[FIRST], DAY)
    assert {two: 2} == await forces_of(door, NEW[SECOND], LATER)
    assert {} == await forces_of(door, NEW[FIRST], EVE)
    assert ((2, 5), (0, 0)) == (
        await strength_of(door, old, EVE),
        await strength_of(door, old, DAY),
    )
    assert ((1, 3), (1, 2)) == (
        await strength_of(door, NEW[FIRST], DAY),
        await strength_of(door, NEW[SECOND], DAY),
    )
    assert {(2, 5)} == {
        await strength_of(door, BAC_KAN, on) for on in (EVE, DAY, LATER)
    }
    await undo(eve, path)
    assert {three: 3, two: 2} == await forces_of(door, old, DAY)
    assert {} == await forces_of(door, NEW[FIRST], DAY)
    assert (2, 5) == await strength_of(door, BAC_KAN, DAY)


async def test_people_of_the_successor_see_and_command_the_force(
    eve: Registry, communes: list[Unit], passed: tuple[str, str, str]
) -> None:
    """They enrol on days of both units; a neighbour finds nothing; undone, neither."""
    path, three, _ = passed
    mine, other = (officer_of(eve, NEW[code]) for code in (FIRST, SECOND))
    for on in (EVE, LATER):
        assert 201 == (await enrol(mine, three, on)).status_code
    refused = await enrol(other, three, LATER)
    assert (404, "registry.force_unit.unknown", "$.force_unit_id") == refusal(refused)
    members = await mine.get("/members", force_unit_ids=[three])
    assert 5 == len(members.json()["force_units"][0]["rows"])
    assert (
        []
        == (await other.get("/members", force_unit_ids=[three])).json()["force_units"][
            0
        ]["rows"]
    )
    # Who was enrolled for the eve was the old unit's then, and passed with the force.
    assert (2, 6) == await strength_of(planner(eve), communes[0].id, EVE)
    assert (1, 4) == await strength_of(mine, NEW[FIRST], DAY)
    assert (1, 5) == await strength_of(mine, NEW[FIRST], LATER)
    await undo(eve, path)
    refused = await enrol(mine, three, LATER)
    assert (404, "registry.force_unit.unknown", "$.force_unit_id") == refusal(refused)
    old = officer_of(eve, communes[0].id)
    assert {(2, 7)} == {await strength_of(old, communes[0].id, LATER)}


async def test_the_force_shows_its_homes(
    eve: Registry, communes: list[Unit], passed: tuple[str, str, str]
) -> None:
    """Each with its days; the unit is that of today, or of the day asked for."""
    path, three, _ = passed
    homes = [
        {
            "unit_id": str(communes[0].id),
            "since": None,
            "until": DAY,
            "decision": None,
        },
        {
            "unit_id": str(NEW[FIRST]),
            "since": DAY,
            "until": None,
            "decision": "1/NQ-UBTVQH15",
        },
    ]
    row = (await planner(eve).get("/force-units/by-id", ids=[three])).json()["rows"][0]
    assert (str(NEW[FIRST]), homes) == (row["unit_id"], row["homes"])
    listed = await planner(eve).get("/force-units", unit_id=str(BAC_KAN), on=EVE)
    assert {(str(communes[0].id), 2)} == {
        (one["unit_id"], len(one["homes"])) for one in listed.json()["rows"]
    }
    await undo(eve, path)
    row = (await planner(eve).get("/force-units/by-id", ids=[three])).json()["rows"][0]
    assert [{**homes[0], "until": None}] == row["homes"]


async def test_lists_are_paged_by_the_place_of_the_day(
    eve: Registry, passed: tuple[str, str, str]
) -> None:
    """A page follows on the one before it, by the homes of the day asked for."""
    door, found = planner(eve), list[str]()
    for on in (EVE, DAY):
        after: dict[str, str] = {}
        for has_next in (True, False):
            page = await door.get(
                "/force-units", unit_id=str(BAC_KAN), on=on, first=1, **after
            )
            assert has_next == page.json()["has_next"]
            found.append(page.json()["rows"][0]["id"])
            after = {"after": page.json()["rows"][0]["cursor"]}
    assert set(passed[1:]) == set(found[:2]) == set(found[2:])


async def test_homes_built_again_are_the_same(
    eve: Registry, passed: tuple[str, str, str]
) -> None:
    """The table follows from the facts alone, passed and taken back."""
    await _built_again_are_the_same(eve, 4)
    await undo(eve, passed[0])
    await _built_again_are_the_same(eve, 2)


async def _built_again_are_the_same(eve: Registry, homes: int) -> None:
    def rows(conn: sa.Connection) -> list[Any]:
        return sorted(map(tuple, conn.execute(sa.select(FORCE_HOMES))), key=repr)

    before = await eve.runtime.read(rows)
    assert homes == len(before)
    recorded = eve.runtime.log.read_after(0, 100_000)

    def rebuild(conn: sa.Connection) -> None:
        conn.execute(sa.delete(FORCE_HOMES))
        ForceHomesReadModel().apply(conn, recorded)

    await eve.runtime.write(rebuild)
    assert before == await eve.runtime.read(rows)


async def test_a_force_stays_with_the_rest_of_a_living_unit(
    eve: Registry, communes: list[Unit], plan: Plan
) -> None:
    """With a partial transfer one force stays, without a fact, and one goes."""
    staying, leaving = [await a_force(eve, communes[0], people) for people in (1, 2)]
    path = await plan(
        {
            "kind": "partial_transfer",
            "units": [{"code": communes[0].code}],
            "into": [{"code": communes[1].code}],
        }
    )
    decisions = [
        {"kind": "force_unit", "dependant_id": force, "successor_id": str(unit.id)}
        for force, unit in zip((staying, leaving), communes, strict=False)
    ]
    await planner(eve).post(f"{path}/decisions", {"decisions": decisions})
    done = await execute(eve, path)
    assert 1 == done.json()["forces_passed"], done.text
    old, new = (officer_of(eve, unit.id) for unit in communes[:2])
    # The numbers of before are still told in the old unit, the force itself no more.
    assert (2, 3) == await strength_of(old, communes[0].id, EVE)
    assert (1, 1) == await strength_of(old, communes[0].id, DAY)
    assert {leaving: 2} == await forces_of(new, communes[1].id, DAY)
    gone = await old.get("/force-units/by-id", ids=[leaving])
    assert [None] == gone.json()["rows"]


async def test_a_force_passes_once_on_a_day(
    eve: Registry, communes: list[Unit], plan: Plan
) -> None:
    """Two plans of one day cannot both pass it: the second is refused as a whole."""
    force = await a_force(eve, communes[0], 1)
    first = await plan(
        {
            "kind": "partial_transfer",
            "units": [{"code": communes[0].code}],
            "into": [{"code": communes[1].code}],
        }
    )
    decided = {"kind": "force_unit", "dependant_id": force}
    body = {"decisions": [{**decided, "successor_id": str(communes[1].id)}]}
    await planner(eve).post(f"{first}/decisions", body)
    await execute(eve, first)
    again = await plan(
        {
            "kind": "partial_transfer",
            "units": [{"code": communes[1].code}],
            "into": [{"code": communes[2].code}],
        }
    )
    body = {"decisions": [{**decided, "successor_id": str(communes[2].id)}]}
    await planner(eve).post(f"{again}/decisions", body)
    refused = await execute(eve, again)
    assert (409, "registry.force_unit.passed_on_later", None) == refusal(refused)
