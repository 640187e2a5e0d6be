"""What a plan does not take, and who does not see it."""

from typing import Any
from uuid import uuid4

import pytest

from services.contracts.registry.units import unit_id
from services.unit_directory.tree import Unit
from tests.registry.conftest import Registry
from tests.registry.doors.parts import refusal
from tests.registry.reorganisations.plans import (
    BAC_KAN,
    FIRST,
    Plan,
    Split,
    an_area,
    decide,
    execute,
    new_unit,
    planner,
    rehearsal,
)


async def test_a_plan_that_contradicts_the_units_is_not_executed(
    eve: Registry, communes: list[Unit], plan: Plan
) -> None:
    """A dissolved district leaves orphans; a code in use is not given again."""
    district = communes[0].parent_id
    path = await plan(
        {"kind": "dissolve", "units": [{"id": str(district)}]},
        new=(new_unit(communes[1].code, BAC_KAN),),
    )
    found = await rehearsal(eve, path)
    kinds = {row["problem"] for row in found["problems"]}
    assert {"orphaned", "code_taken"} == kinds
    refused = await execute(eve, path)
    assert (409, "registry.reorganisation.has_problems", None) == refusal(refused)


async def test_a_unit_ends_by_one_operation(
    eve: Registry, communes: list[Unit], plan: Plan
) -> None:
    """Told twice, who takes it over would be a guess."""
    path = await plan(
        *(
            {
                "kind": "split",
                "units": [{"code": communes[0].code}],
                "into": [{"code": into.code} for into in communes[1 : 1 + heirs]],
            }
            for heirs in (1, 2)
        )
    )
    found = await rehearsal(eve, path)
    assert [("ends_twice", str(communes[0].id))] == [
        (row["problem"], row["unit_id"]) for row in found["problems"]
    ]
    refused = await execute(eve, path)
    assert (409, "registry.reorganisation.has_problems", None) == refusal(refused)


@pytest.mark.parametrize(
    ("operation", "code", "field"),
    [
        (
            {"kind": "merge", "units": [{"code": "01"}], "into": [{"new": "99003"}]},
            "registry.reorganisation.new_unit_unknown",
            "$.operations[0].into[0].new",
        ),
        (
            {"kind": "split", "units": [{"code": "06"}]},
            "registry.reorganisation.operation_shape",
            "$.operations[0]",
        ),
        (
            {"kind": "dissolve", "units": [{"code": "06", "new": "06"}]},
            "registry.reorganisation.unit_incomplete",
            "$.operations[0].units[0]",
        ),
        (
            {"kind": "dissolve", "units": [{"code": "19"}]},
            "registry.reorganisation.unit_outside",
            None,
        ),
    ],
)
async def test_what_a_plan_does_not_take(
    eve: Registry, plan: Plan, operation: dict[str, Any], code: str, field: str | None
) -> None:
    """Each refusal has its code and the path of the field."""
    path = await plan()
    if operation["units"][0].get("code") == "01":
        operation = {**operation, "units": [{"code": "06"}]}
    answer = await planner(eve).post(f"{path}/operations", {"operations": [operation]})
    assert (422, code, field) == refusal(answer)


@pytest.mark.parametrize(
    ("name", "bare", "told"),
    [
        ("Xã Xã Mới", "Xã Mới", ("name_with_kind", "bare_name")),
        ("Xã Cũ", "Mới", ("name_differs", "name")),
        ("Xã Xã Mới", "Mới", ("name_differs", "name")),
    ],
)
async def test_a_plan_names_units_by_kind_and_own_name(
    eve: Registry,
    communes: list[Unit],
    plan: Plan,
    name: str,
    bare: str,
    told: tuple[str, str],
) -> None:
    """New units and renamings: the kind once, and not in the own name."""
    names = {"name": name, "bare_name": bare}
    path = await plan()
    renamed = {"kind": "rename", "units": [{"code": communes[0].code}], **names}
    answer = await planner(eve).post(f"{path}/operations", {"operations": [renamed]})
    code = f"registry.unit.{told[0]}"
    assert (422, code, f"$.operations[0].{told[1]}") == refusal(answer)
    body = {"new_units": [{**new_unit(FIRST, BAC_KAN), **names}]}
    answer = await planner(eve).post(f"{path}/operations", body)
    assert (422, code, f"$.new_units[0].{told[1]}") == refusal(answer)


async def test_decisions_name_dependants_and_candidates(
    eve: Registry, communes: list[Unit], split: Split
) -> None:
    """Neither a stranger nor a unit that takes nothing over is accepted."""
    area = await an_area(eve, communes[0], "1")
    path = await split()
    stranger = await decide(eve, path, ("residential_area", str(uuid4()), FIRST))
    assert (
        422,
        "registry.reorganisation.dependant_unknown",
        "$.decisions[0].dependant_id",
    ) == refusal(stranger)
    nobody = await decide(eve, path, ("residential_area", area, "99003"))
    assert (
        422,
        "registry.reorganisation.successor_not_candidate",
        "$.decisions[0].successor_id",
    ) == refusal(nobody)


async def test_a_plan_of_another_area_looks_absent(eve: Registry, split: Split) -> None:
    """Who has another province neither sees nor executes it; scopes are asked too."""
    path = await split()
    plan_id = path.rpartition("/")[2]
    an_giang = unit_id("province", "89", None)
    scopes = ("units:write", "registry:read")
    other = eve.caller("officer", scopes=scopes, unit_roots=(an_giang,))
    seen = await other.get("/reorganisations/by-id", ids=[plan_id])
    assert [None] == seen.json()["rows"]
    listed = await other.get("/reorganisations", unit_id=str(BAC_KAN))
    assert [] == listed.json()["rows"]
    for part, body in (
        ("rehearsal", None),
        ("execution", {"digest": "0" * 64}),
        ("undoing", {"reason": "entered_wrongly"}),
        ("withdrawal", {}),
    ):
        answer = await (
            other.get(f"{path}/{part}")
            if body is None
            else other.post(f"{path}/{part}", body)
        )
        assert (
            404,
            "registry.reorganisation.unknown",
            "$.reorganisation_id",
        ) == refusal(answer), part
    without = eve.caller("officer", scopes=("registry:write",), unit_roots=(BAC_KAN,))
    answer = await without.post(f"{path}/withdrawal", {})
    assert 403 == answer.status_code


async def test_a_withdrawn_plan_stays_as_it_was(eve: Registry, split: Split) -> None:
    """It is listed as withdrawn and takes nothing more; the same key replays."""
    path = await split()
    key = uuid4()
    first = await planner(eve).post(f"{path}/withdrawal", {}, key=key)
    again = await planner(eve).post(f"{path}/withdrawal", {}, key=key)
    assert (200, first.json()) == (again.status_code, again.json())
    listed = await planner(eve).get(
        "/reorganisations", unit_id=str(BAC_KAN), state="withdrawn"
    )
    assert [path.rpartition("/")[2]] == [row["id"] for row in listed.json()["rows"]]
    refused = await execute(eve, path)
    assert (409, "registry.reorganisation.not_draft", None) == refusal(refused)
