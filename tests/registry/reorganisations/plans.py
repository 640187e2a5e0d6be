"""Steps of the tests of plans: areas, forces, rehearsals, decisions, execution."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

from services.contracts.registry.units import unit_id
from services.unit_directory.tree import Unit
from tests.registry.conftest import Door, Registry

EFFECTIVE: Final = date(2025, 3, 1)
DAY: Final = EFFECTIVE.isoformat()
COUNTRY: Final = unit_id("country", "VN", None)
BAC_KAN: Final = unit_id("province", "06", None)
FIRST, SECOND = "99001", "99002"
Plan = Callable[..., Awaitable[str]]
Split = Callable[[], Awaitable[str]]


def planner(registry: Registry) -> Door:
    """Return somebody who may change units of the whole country.

    He also sorts tips, so that he learns of units without any.
    """
    scopes = ("units:read", "units:write", "registry:read", "registry:write")
    scopes = (*scopes, "tips:triage")
    return registry.caller("officer", scopes=scopes, unit_roots=(COUNTRY,))


def new_unit(code: str, parent: UUID | None) -> dict[str, Any]:
    return {
        "code": code,
        "unit_type": "xa",
        "name": f"Xã Thử Nghiệm {code}",
        "bare_name": f"Thử Nghiệm {code}",
        "parent": {"id": str(parent)},
    }


async def an_area(eve: Registry, commune: Unit, name: str) -> str:
    body = {
        "unit": {"id": str(commune.id)},
        "kind": "thon",
        "name": name,
        "registered_on": "2020-01-01",
    }
    answer = await planner(eve).post("/residential-areas", body)
    assert 201 == answer.status_code, answer.text
    found: str = answer.json()["area_id"]
    return found


async def a_force(eve: Registry, commune: Unit, people: int) -> str:
    door = planner(eve)
    body = {
        "force_type": "civil_defence_team",
        "unit": {"id": str(commune.id)},
        "established_on": "2021-01-01",
    }
    found: str = (await door.post("/force-units", body)).json()["force_unit_id"]
    members = [
        {"full_name": f"Người Thử Nghiệm {n}", "enrolled_on": "2021-02-01"}
        for n in range(people)
    ]
    path = f"/force-units/{found}/members"
    enrolled = await door.post(path, {"members": members})
    assert 201 == enrolled.status_code, enrolled.text
    return found


async def rehearsal(eve: Registry, path: str, **asked: Any) -> dict[str, Any]:
    answer = await planner(eve).get(f"{path}/rehearsal", **asked)
    assert 200 == answer.status_code, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def decide(eve: Registry, path: str, *decisions: tuple[str, str, str]) -> Any:
    body = [
        {
            "kind": kind,
            "dependant_id": dependant,
            "successor_id": str(unit_id("commune", code, EFFECTIVE)),
        }
        for kind, dependant, code in decisions
    ]
    return await planner(eve).post(f"{path}/decisions", {"decisions": body})


async def execute(eve: Registry, path: str) -> Any:
    digest = (await rehearsal(eve, path))["digest"]
    return await planner(eve).post(f"{path}/execution", {"digest": digest})


async def areas_of(eve: Registry, unit: UUID, on: str) -> list[str]:
    answer = await planner(eve).get("/residential-areas", unit_id=str(unit), on=on)
    return [row["id"] for row in answer.json()["rows"]]
