"""Rights that are handed on, at the doors of the services that follow the registry."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID, uuid4

import pytest

from services.chassis.openapi import Door
from services.registry.domain.roles import ROLES
from tests.registry.access.world import FOLLOWING, World

PROVINCE: Final = "VN.19-2025."
DOORLESS: Final = frozenset({"events:subscribe"})


def doors(service: str) -> Iterator[Door]:
    for router in FOLLOWING[service].definition().routers:
        for route in router.routes:
            yield route.endpoint.door


def wanted(door: Door) -> frozenset[str]:
    scope = door.scope or ()
    return frozenset((scope,) if isinstance(scope, str) else scope)


@pytest.fixture(scope="module")
def communes(whole: World) -> list[UUID]:
    """Give two communes of today's Thái Nguyên."""
    return [unit.id for unit in whole.tree if unit.path.startswith(PROVINCE)][:2]


@pytest.fixture(scope="module")
async def grantees(whole: World, communes: list[UUID]) -> dict[str, str]:
    """Give somebody for each role, who has nothing else."""
    found = {}
    for role in ROLES:
        found[role] = f"only-{role}"
        await whole.give(found[role], role, communes[0])
    for service in FOLLOWING:
        for subject in found.values():
            await whole.knows(service, subject)
    return found


@pytest.mark.parametrize("service", FOLLOWING)
async def test_a_granted_role_passes_exactly_the_doors_of_its_scopes(
    whole: World, grantees: dict[str, str], service: str
) -> None:
    """Every role by grant before every door: as if the token said it."""
    wrong = {}
    for role, subject in grantees.items():
        caller = whole.by(service, subject)
        for door in doors(service):
            path = door.path
            for field in door.request.__struct_fields__:
                path = path.replace(f"{{{field}}}", str(uuid4()))
            path = path if path.startswith("/v1") else f"/v1{path}"
            if door.method == "GET":
                answer = await caller.get(path, no_such_field="x")
            else:
                answer = await caller.post(path, b"[]")
            stopped = 403 == answer.status_code and (
                "auth.scope_missing" == answer.json()["code"]
            )
            may = not wanted(door) or bool(wanted(door) & ROLES[role].scopes)
            if stopped == may:
                wrong[role, door.path] = answer.status_code
    assert {} == wrong
