"""A plan shows what it would close in a named hierarchy, before it does."""

from typing import Any
from uuid import UUID, uuid4

from services.unit_directory.tree import Unit
from tests.registry.conftest import Registry
from tests.registry.doors.parts import refusal
from tests.registry.reorganisations.plans import (
    COUNTRY,
    DAY,
    Plan,
    execute,
    planner,
    rehearsal,
)


async def a_line(eve: Registry) -> str:
    code = f"line_{uuid4().hex[:8]}"
    body = {"hierarchy": code, "name": "Cụm", "owner": {"id": str(COUNTRY)}}
    made = await planner(eve).post("/hierarchies", body)
    assert 201 == made.status_code, made.text
    return code


async def place(
    eve: Registry, code: str, unit: UUID, above: UUID, on: str = "2024-01-01"
) -> None:
    body = {"unit": {"id": str(unit)}, "parent": {"id": str(above)},
            "effective_on": on}  # fmt: skip
    answer = await planner(eve).post(f"/hierarchies/{code}/placings", body)
    assert 200 == answer.status_code, answer.text


def merger(old: Unit, heir: Unit) -> dict[str, Any]:
    return {
        "kind": "merge",
        "units": [{"code": old.code}],
        "into": [{"code": heir.code}],
    }


async def test_a_plan_that_closes_a_ring_waits_for_another_place(
    eve: Registry, communes: list[Unit], plan: Plan
) -> None:
    """It names units and hierarchy; when a place is withdrawn, it is carried out."""
    first, second, third = (unit.id for unit in communes[:3])
    code = await a_line(eve)
    await place(eve, code, first, second)
    await place(eve, code, third, first)
    path = await plan(merger(communes[1], communes[2]))
    found = await rehearsal(eve, path)
    assert [("hierarchy_ring", code)] * 2 == [
        (row["problem"], row["hierarchy"]) for row in found["problems"]
    ]
    assert {str(first), str(third)} == {row["unit_id"] for row in found["problems"]}
    refused = await execute(eve, path)
    assert (409, "registry.reorganisation.has_problems", None) == refusal(refused)
    withdrawn = f"/hierarchies/{code}/placings/{third}/withdrawal"
    assert 200 == (await planner(eve).post(withdrawn, {})).status_code
    assert [] == (await rehearsal(eve, path))["problems"]
    assert 200 == (await execute(eve, path)).status_code


async def test_what_was_built_on_a_merger_holds_its_undoing(
    eve: Registry, communes: list[Unit], plan: Plan
) -> None:
    """Undone it would close a ring: refused until the later place is withdrawn."""
    first, second, _, fourth = (unit.id for unit in communes[3:7])
    code = await a_line(eve)
    await place(eve, code, first, second)
    await place(eve, code, second, fourth)
    path = await plan(merger(communes[4], communes[5]))
    executed = await execute(eve, path)
    assert 200 == executed.status_code, executed.text
    await place(eve, code, fourth, first, on=DAY)
    body = {"reason": "entered_wrongly"}
    refused = await planner(eve).post(f"{path}/undoing", body)
    assert (409, "registry.hierarchy.ring_by_units", None) == refusal(refused)
    single = await planner(eve).post(
        f"/units/{second}/undoing",
        {"version": eve.tree.unit(second).version, **body},
    )
    assert (409, "registry.hierarchy.ring_by_units", None) == refusal(single)
    assert code == single.json()["params"]["hierarchy"]
    withdrawn = f"/hierarchies/{code}/placings/{fourth}/withdrawal"
    assert 200 == (await planner(eve).post(withdrawn, {})).status_code
    undone = await planner(eve).post(f"{path}/undoing", body)
    assert 200 == undone.status_code, undone.text
