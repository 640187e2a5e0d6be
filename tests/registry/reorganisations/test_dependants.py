"""What depends on units that a plan touches: listed, decided, passed on, taken back."""

from typing import Any

import sqlalchemy as sa

from services.contracts.registry.units import unit_id
from services.registry.read_models.area_tables import HOMES
from services.registry.read_models.area_writing import AreaListReadModel
from services.registry.read_models.plan_list import PlanListReadModel
from services.registry.read_models.plan_tables import PLAN_TABLES
from services.unit_directory.directory import units_of
from services.unit_directory.tree import Unit
from tests.registry.conftest import Registry
from tests.registry.doors.parts import refusal
from tests.registry.reorganisations.plans import (
    DAY,
    EFFECTIVE,
    FIRST,
    SECOND,
    Plan,
    Split,
    a_force,
    an_area,
    areas_of,
    decide,
    execute,
    planner,
    rehearsal,
)


async def test_a_divided_unit_asks_who_takes_over(
    eve: Registry, communes: list[Unit], split: Split
) -> None:
    """Each dependant is listed with candidates and owner; execution waits for all."""
    force = await a_force(eve, communes[0], 3)
    area = await an_area(eve, communes[0], "1")
    await an_area(eve, communes[1], "1")
    path = await split()
    found = await rehearsal(eve, path)
    heirs = [str(unit_id("commune", code, EFFECTIVE)) for code in (FIRST, SECOND)]
    assert {
        "force_unit": (1, 3, 1, 1),
        "residential_area": (1, 0, 1, 1),
    } == {
        row["kind"]: (row["dependants"], row["people"], row["must_decide"], row["open"])
        for row in found["totals"]
    }
    for row in found["rows"]:
        assert (heirs, True, None, str(communes[0].parent_id)) == (
            row["candidate_ids"],
            row["must_decide"],
            row["decided_successor_id"],
            row["owner_unit_id"],
        )
    refused = await execute(eve, path)
    assert (409, "registry.reorganisation.decisions_open", None) == refusal(refused)
    assert 2 == refused.json()["params"]["count"]
    await decide(eve, path, ("force_unit", force, FIRST))
    still = await rehearsal(eve, path, only_open="true")
    assert [area] == [row["id"] for row in still["rows"]]


async def test_the_areas_of_a_divided_unit_pass_as_decided_and_back(
    eve: Registry, communes: list[Unit], split: Split
) -> None:
    """From the day on each lies in its new unit; before it, and undone, in the old."""
    one, two = [await an_area(eve, communes[0], name) for name in ("1", "2")]
    path = await split()
    await decide(
        eve,
        path,
        ("residential_area", one, FIRST),
        ("residential_area", two, SECOND),
    )
    done = await execute(eve, path)
    assert (2, 1, 2) == tuple(
        done.json()[name] for name in ("established", "abolished", "areas_reassigned")
    )
    first, second = (unit_id("commune", code, EFFECTIVE) for code in (FIRST, SECOND))
    assert [one] == await areas_of(eve, first, DAY)
    assert [two] == await areas_of(eve, second, DAY)
    assert [one, two] == await areas_of(eve, communes[0].id, "2025-02-28")
    assert [] == await areas_of(eve, communes[0].id, DAY)
    await _built_again_are_the_same(eve)
    undone = await planner(eve).post(f"{path}/undoing", {"reason": "decree_postponed"})
    assert 200 == undone.status_code, undone.text
    assert [one, two] == await areas_of(eve, communes[0].id, DAY)
    assert [] == await areas_of(eve, second, DAY)
    await _built_again_are_the_same(eve)


async def _built_again_are_the_same(eve: Registry) -> None:
    tables = (*PLAN_TABLES, HOMES)

    def rows(conn: sa.Connection) -> list[list[Any]]:
        return [
            sorted(map(tuple, conn.execute(sa.select(table))), key=repr)
            for table in tables
        ]

    before = await eve.runtime.read(rows)
    assert all(before)
    recorded = eve.runtime.log.read_after(0, 100_000)

    def rebuild(conn: sa.Connection) -> None:
        for table in tables:
            conn.execute(sa.delete(table))
        for model in (AreaListReadModel(), PlanListReadModel()):
            model.apply(conn, recorded)

    await eve.runtime.write(rebuild)
    assert before == await eve.runtime.read(rows)


async def test_a_merger_asks_nobody_and_moves_nothing(
    eve: Registry, communes: list[Unit], plan: Plan
) -> None:
    """The heir covers what the old units had: no decision, no fact about an area."""
    area = await an_area(eve, communes[0], "1")
    force = await a_force(eve, communes[1], 2)
    path = await plan(
        {
            "kind": "merge",
            "units": [{"code": communes[0].code}, {"code": communes[1].code}],
            "into": [{"code": communes[2].code}],
        },
        {
            "kind": "rename",
            "units": [{"code": communes[2].code}],
            "name": "Xã Hợp Nhất",
            "bare_name": "Hợp Nhất",
        },
    )
    found = await rehearsal(eve, path)
    assert [] == found["problems"]
    assert {area, force} == {row["id"] for row in found["rows"]}
    assert {False} == {row["must_decide"] for row in found["rows"]}
    assert {str(communes[2].id)} == {
        row["proposed_successor_id"] for row in found["rows"]
    }
    done = (await execute(eve, path)).json()
    assert (0, 2, 1, 0) == tuple(
        done[name]
        for name in ("established", "abolished", "changed", "areas_reassigned")
    )
    assert [area] == await areas_of(eve, communes[2].id, DAY)
    forces = await planner(eve).get("/force-units", unit_id=str(communes[2].id), on=DAY)
    assert [(force, 2)] == [
        (row["id"], row["members"]) for row in forces.json()["rows"]
    ]
    named = units_of(eve.runtime).unit(communes[2].id).named(EFFECTIVE)
    assert "Xã Hợp Nhất" == named.name


async def test_a_part_leaves_while_the_rest_stays(
    eve: Registry, communes: list[Unit], plan: Plan
) -> None:
    """An area goes with the part or stays, as decided."""
    staying, leaving = [await an_area(eve, communes[0], name) for name in ("1", "2")]
    path = await plan(
        {
            "kind": "partial_transfer",
            "units": [{"code": communes[0].code}],
            "into": [{"code": communes[1].code}],
        }
    )
    ids = [str(communes[0].id), str(communes[1].id)]
    found = await rehearsal(eve, path)
    assert [ids, ids] == [row["candidate_ids"] for row in found["rows"]]
    decisions = [
        {"kind": "residential_area", "dependant_id": area, "successor_id": successor}
        for area, successor in zip((staying, leaving), ids, strict=True)
    ]
    await planner(eve).post(f"{path}/decisions", {"decisions": decisions})
    done = await execute(eve, path)
    assert 1 == done.json()["areas_reassigned"], done.text
    assert [staying] == await areas_of(eve, communes[0].id, DAY)
    assert [leaving] == await areas_of(eve, communes[1].id, DAY)
