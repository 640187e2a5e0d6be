"""The real reform of 2025 executed as a plan: same units as the full register."""

from typing import Any, Final

import pytest

from demo.reform_plan import DECREE, REFORM, reform_plan
from services.contracts.registry.units import unit_id
from services.registry.reference.snapshot import Snapshot
from services.unit_directory.directory import units_of
from tests.registry.conftest import Registry
from tests.registry.doors.parts import refusal
from tests.registry.reorganisations.conftest import PROVINCES
from tests.registry.reorganisations.plans import COUNTRY, planner

DRAFT: Final[dict[str, Any]] = {
    "unit": {"id": str(COUNTRY)},
    "decree_number": DECREE,
    "decree_date": "2025-06-12",
    "issuer": "national_assembly",
    "effective_on": REFORM.isoformat(),
}


async def drafted(registry: Registry, register: Snapshot) -> str:
    """Draft the reform of the four provinces; return the path of the plan."""
    door = planner(registry)
    answer = await door.post("/reorganisations", DRAFT)
    assert 201 == answer.status_code, answer.text
    path = f"/reorganisations/{answer.json()['reorganisation_id']}"
    for part in reform_plan(register, PROVINCES).parts():
        planned = await door.post(f"{path}/operations", part)
        assert 200 == planned.status_code, planned.text
    return path


async def rehearsed(registry: Registry, path: str, **asked: Any) -> dict[str, Any]:
    answer = await planner(registry).get(f"{path}/rehearsal", **asked)
    assert 200 == answer.status_code, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def executed(registry: Registry, path: str) -> dict[str, Any]:
    digest = (await rehearsed(registry, path))["digest"]
    answer = await planner(registry).post(f"{path}/execution", {"digest": digest})
    assert 200 == answer.status_code, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_plan_makes_the_units_of_the_full_register(
    eve: Registry, register: Snapshot
) -> None:
    """Ids, places, names, lives and succession are those of a full import."""
    path = await drafted(eve, register)
    plan = reform_plan(register, PROVINCES)
    rehearsal = await rehearsed(eve, path)
    assert [] == rehearsal["problems"]
    assert (len(plan.new_units), plan.ended) == (
        rehearsal["establishes"],
        rehearsal["abolishes"],
    )
    done = await executed(eve, path)
    assert (len(plan.new_units), plan.ended, 0) == (
        done["established"],
        done["abolished"],
        done["changed"],
    )
    assert [] == (await rehearsed(eve, path))["problems"]
    tree = units_of(eve.runtime)
    assert len(register.units) == len(tree)
    for expected in register.units:
        found = tree.unit(unit_id(*expected.key))
        assert (expected.name, expected.unit_type, expected.valid_to) == (
            found.name,
            found.unit_type,
            found.valid_to,
        )
        assert {(unit_id(*s.key), s.whole, s.kind) for s in expected.successors} == {
            (s.unit_id, s.whole, s.kind) for s in found.successors
        }
        if expected.parent is not None:
            assert unit_id(*expected.parent) == found.parent_id


async def test_everything_is_taken_back(eve: Registry, register: Snapshot) -> None:
    """After the undoing the old units stand, the new ones were in force on no day."""
    path = await drafted(eve, register)
    await executed(eve, path)
    answer = await planner(eve).post(f"{path}/undoing", {"reason": "decree_postponed"})
    assert 200 == answer.status_code, answer.text
    tree = units_of(eve.runtime)
    old = [unit for unit in tree if unit.valid_from is None]
    new = [unit for unit in tree if unit.valid_from == REFORM]
    assert all(unit.valid_to is None and not unit.successors for unit in old)
    assert new
    assert all(unit.valid_to == REFORM for unit in new)
    again = await planner(eve).post(f"{path}/undoing", {"reason": "decree_postponed"})
    assert (409, "registry.reorganisation.not_executed", None) == refusal(again)


async def test_what_was_undone_is_executed_again_by_another_plan(
    eve: Registry, register: Snapshot
) -> None:
    """The new units stand again under the same ids."""
    path = await drafted(eve, register)
    await executed(eve, path)
    await planner(eve).post(f"{path}/undoing", {"reason": "entered_wrongly"})
    second = await drafted(eve, register)
    await executed(eve, second)
    tree = units_of(eve.runtime)
    thai_nguyen = tree.unit(unit_id("province", "19", REFORM))
    assert None is thai_nguyen.valid_to
    bac_kan = tree.unit(unit_id("province", "06", None))
    assert [thai_nguyen.id] == [heir.unit_id for heir in bac_kan.successors]


@pytest.mark.parametrize("again", [False, True])
async def test_a_plan_is_not_executed_on_units_that_moved(
    eve: Registry, register: Snapshot, *, again: bool
) -> None:
    """The digest of the rehearsal has to be that of the moment of execution."""
    path, other = await drafted(eve, register), await drafted(eve, register)
    digest = (await rehearsed(eve, other))["digest"]
    await executed(eve, path)
    if again:
        digest = (await rehearsed(eve, other))["digest"]
    answer = await planner(eve).post(f"{other}/execution", {"digest": digest})
    code = "has_problems" if again else "units_moved"
    assert f"registry.reorganisation.{code}" == answer.json()["code"]
