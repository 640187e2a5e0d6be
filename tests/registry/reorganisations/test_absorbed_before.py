"""A commune that took another one over is divided: what lies in both is asked about."""

from datetime import date
from typing import Any, Final

from services.contracts.registry.units import unit_id
from services.unit_directory.tree import Unit
from tests.registry.conftest import Registry
from tests.registry.reorganisations.plans import (
    BAC_KAN,
    FIRST,
    SECOND,
    Plan,
    a_force,
    an_area,
    areas_of,
    execute,
    new_unit,
    planner,
    rehearsal,
)

LATER: Final = date(2025, 5, 1)


def merger(gone: Unit, taking: Unit) -> dict[str, Any]:
    into = [{"code": taking.code}]
    return {"kind": "merge", "units": [{"code": gone.code}], "into": into}


async def division(eve: Registry, old: Unit) -> str:
    """Plan that a commune is divided two months after the merger."""
    head = {
        "unit": {"id": str(BAC_KAN)},
        "decree_number": "2/NQ-UBTVQH15",
        "decree_date": "2025-04-01",
        "issuer": "standing_committee",
        "effective_on": LATER.isoformat(),
    }
    made = await planner(eve).post("/reorganisations", head)
    path = f"/reorganisations/{made.json()['reorganisation_id']}"
    operation = {
        "kind": "split",
        "units": [{"code": old.code}],
        "into": [{"new": FIRST}, {"new": SECOND}],
    }
    new = [new_unit(code, old.parent_id) for code in (FIRST, SECOND)]
    body = {"new_units": new, "operations": [operation]}
    planned = await planner(eve).post(f"{path}/operations", body)
    assert 200 == planned.status_code, planned.text
    return path


async def test_what_lay_in_an_absorbed_commune_passes_with_the_rest(
    eve: Registry, communes: list[Unit], plan: Plan
) -> None:
    """Its force and its area wait for a decision, and go where it says."""
    gone, taking = communes[1], communes[2]
    force, area = await a_force(eve, gone, 2), await an_area(eve, gone, "Bản Cũ")
    own = await a_force(eve, taking, 3)
    assert 200 == (await execute(eve, await plan(merger(gone, taking)))).status_code

    path = await division(eve, taking)
    before = await rehearsal(eve, path)
    told = {
        (row["kind"], row["id"], row["unit_id"], row["people"])
        for row in before["rows"]
        if row["must_decide"] and row["id"] != str(taking.id)
    }
    assert {
        ("force_unit", force, str(taking.id), 2),
        ("force_unit", own, str(taking.id), 3),
        ("residential_area", area, str(taking.id), 0),
    } == told
    refused = await execute(eve, path)
    assert "registry.reorganisation.decisions_open" == refused.json()["code"]

    heirs = [unit_id("commune", code, LATER) for code in (FIRST, SECOND)]
    chosen: list[dict[str, Any]] = [
        {"kind": kind, "dependant_id": one, "successor_id": str(heir)}
        for kind, one, heir in (
            ("force_unit", force, heirs[0]),
            ("force_unit", own, heirs[1]),
            ("residential_area", area, heirs[0]),
        )
    ]
    decided = await planner(eve).post(f"{path}/decisions", {"decisions": chosen})
    assert 200 == decided.status_code, decided.text
    done = await execute(eve, path)
    assert (200, 2, 1) == (
        done.status_code,
        done.json()["forces_passed"],
        done.json()["areas_reassigned"],
    )
    door = planner(eve)
    for heir, forces, areas in ((heirs[0], [force], [area]), (heirs[1], [own], [])):
        on = LATER.isoformat()
        rows = (await door.get("/force-units", unit_id=str(heir), on=on)).json()["rows"]
        assert forces == [row["id"] for row in rows]
        assert areas == await areas_of(eve, heir, on)
    earlier = await door.get("/force-units", unit_id=str(taking.id), on="2025-04-30")
    assert {force, own} == {row["id"] for row in earlier.json()["rows"]}
