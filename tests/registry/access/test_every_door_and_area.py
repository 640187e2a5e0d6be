"""Every role before every door, and every area before the same rows: one rule."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

import pytest

from deploy.embedded.issuer import CALLERS, COUNTRY, THAI_NGUYEN
from services.chassis.openapi import Door
from services.contracts.registry.units import unit_id
from services.registry.domain.roles import ROLES
from services.registry.wiring import definition
from services.unit_directory.tree import Unit
from tests.registry.conftest import Registry

BAC_KAN: Final = unit_id("province", "06", None)
LANG_SON: Final = unit_id("province", "20", None)
EVE: Final = date(2025, 6, 30)


def doors() -> Iterator[Door]:
    for router in definition().routers:
        for route in router.routes:
            yield route.endpoint.door  # type: ignore[attr-defined]


DOORS: Final = {f"{door.method} {door.path}": door for door in doors()}
SCOPES_OF: Final[dict[str, frozenset[str]]] = {
    **{role.code: role.scopes for role in ROLES.values()},
    **{f"caller {n}": frozenset(one.scope.split()) for n, one in CALLERS.items()},
    "nobody": frozenset(),
}


def wanted(door: Door) -> frozenset[str]:
    scope = door.scope or ()
    return frozenset((scope,) if isinstance(scope, str) else scope)


@pytest.mark.parametrize("role", SCOPES_OF)
async def test_a_role_passes_exactly_the_doors_of_its_scopes(
    registry: Registry, role: str
) -> None:
    """The scope is asked for before anything else of a call is looked at."""
    caller = registry.caller("officer", scopes=SCOPES_OF[role])
    wrong = {}
    for name, door in DOORS.items():
        path = door.path
        for field in door.request.__struct_fields__:
            path = path.replace(f"{{{field}}}", str(uuid4()))
        if door.method == "GET":
            answer = await caller.get(path, no_such_field="x")
        else:
            answer = await caller.post(path, b"[]")
        stopped = 403 == answer.status_code and (
            "auth.scope_missing" == answer.json()["code"]
        )
        may = not wanted(door) or bool(wanted(door) & SCOPES_OF[role])
        if stopped == may:
            wrong[name] = answer.status_code
    assert {} == wrong


def test_every_door_asks_for_a_scope_that_somebody_can_have() -> None:
    """No door is closed to all, and no role opens a door that is not there."""
    asked = frozenset().union(*(wanted(door) for door in DOORS.values()))
    had = frozenset().union(*SCOPES_OF.values())
    assert asked <= had | {"access:approve", "units:write"}


class World:
    """Teams in units of today and of yesterday, and callers with every relation."""

    def __init__(self, registry: Registry) -> None:
        tree = registry.tree
        communes = [
            unit
            for unit in tree
            if unit.path.startswith("VN.19-2025.") and self._heir_of_bac_kan(tree, unit)
        ]
        self.here, self.beside = communes[0], communes[1]
        self.before = next(
            before
            for one in self.here.predecessors
            if one.whole and (before := tree.get(one.unit_id)) is not None
        )
        self.callers: dict[str, UUID] = {
            "its own commune": self.here.id,
            "a commune beside": self.beside.id,
            "the commune that it was": self.before.id,
            "the province of today": THAI_NGUYEN,
            "the province that was": BAC_KAN,
            "another province": LANG_SON,
            "the country": COUNTRY,
        }

    @staticmethod
    def _heir_of_bac_kan(tree: Any, unit: Unit) -> bool:
        found = (tree.get(one.unit_id) for one in unit.predecessors if one.whole)
        return any(one is not None and one.path.startswith("VN.06-0.") for one in found)

    def reaches(self, caller: str, team: str) -> bool:
        """Say what the rule of the house is, written down once more by hand."""
        if caller in {"the commune that it was", "the province that was"}:
            return False  # ended: nobody works for it any more
        if caller in {"the country", "the province of today"}:
            return True
        own = {"its own commune": {"now", "history"}, "a commune beside": {"beside"}}
        return team in own.get(caller, set())


async def made(registry: Registry, unit: Unit, on: date) -> str:
    answer = await registry.caller("officer", unit_roots=[COUNTRY]).post(
        "/force-units",
        {
            "force_type": "civil_defence_team",
            "unit": {"id": str(unit.id)},
            "established_on": on.isoformat(),
            "name": f"Đội {uuid4()}",
        },
    )
    assert 201 == answer.status_code, answer.text
    return str(answer.json()["force_unit_id"])


@pytest.fixture(scope="module")
def world(registry: Registry) -> World:
    return World(registry)


@pytest.fixture(scope="module")
async def teams(registry: Registry, world: World) -> dict[str, str]:
    return {
        "now": await made(registry, world.here, date(2025, 8, 1)),
        "history": await made(registry, world.before, EVE),
        "beside": await made(registry, world.beside, date(2025, 8, 1)),
    }


CALLERS_HERE: Final = (
    "its own commune",
    "a commune beside",
    "the commune that it was",
    "the province of today",
    "the province that was",
    "another province",
    "the country",
)


@pytest.mark.parametrize("caller", CALLERS_HERE)
async def test_lists_single_reads_and_commands_follow_one_rule(
    registry: Registry, world: World, teams: dict[str, str], caller: str
) -> None:
    """What is listed is what is read by id, by its members, and what can be ordered."""
    door = registry.caller("officer", unit_roots=[world.callers[caller]])
    seen: dict[str, dict[str, bool]] = {}
    for team, force_unit in teams.items():
        by_id = await door.get("/force-units/by-id", ids=[force_unit])
        listed = await listing(door, force_unit)
        # An order that is refused for its content, where it is not for its place.
        ordered = await door.post(
            f"/force-units/{force_unit}/disbandment", {"disbanded_on": "2999-01-01"}
        )
        seen[team] = {
            "single": [None] != by_id.json()["rows"],
            "list": listed,
            "command": 404 != ordered.status_code,
        }
    reach = {team: world.reaches(caller, team) for team in teams}
    assert {
        team: dict.fromkeys(("single", "list", "command"), may)
        for team, may in reach.items()
    } == seen


async def listing(door: Any, force_unit: str) -> bool:
    after: dict[str, str] = {}
    while True:
        page = await door.get("/force-units", unit_id=COUNTRY, first=100, **after)
        rows = page.json()["rows"]
        if force_unit in {row["id"] for row in rows}:
            return True
        if not page.json()["has_next"]:
            return False
        after = {"after": rows[-1]["cursor"]}
