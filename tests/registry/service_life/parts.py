"""What tests of a member's life set up: a team of the new law in Vĩnh Long."""

from datetime import date
from typing import Any, Final
from uuid import UUID

import httpx2

from services.contracts.registry.units import unit_id
from tests.registry.conftest import Door, Registry

VINH_LONG: Final = unit_id("province", "86", date(2025, 7, 1))
NAME: Final = "Người Thử Nghiệm Thứ Hai"


def decision(number: str = "12/QĐ-UBND", on: str = "2025-08-01") -> dict[str, str]:
    return {"number": number, "decided_on": on, "issuer": "commune_chairman"}


def officer(registry: Registry) -> Door:
    """Give the officer of today's Vĩnh Long."""
    return registry.caller("officer", unit_roots=(VINH_LONG,))


def commune(registry: Registry, number: int = 0) -> str:
    """Return the code of a commune of today's Vĩnh Long."""
    found = [
        unit.code
        for unit in registry.tree
        if unit.parent_id == VINH_LONG and unit.valid_to is None
    ]
    return sorted(found)[number]


async def team(registry: Registry, number: int = 0, **more: Any) -> str:
    """Set up a team and return its id."""
    body = {
        "force_type": "security_order_team",
        "unit": {"code": commune(registry, number)},
        "established_on": "2025-08-01",
        "name": "Tổ 1",
        **more,
    }
    answer = await officer(registry).post("/force-units", body)
    assert 201 == answer.status_code, answer.text
    return str(answer.json()["force_unit_id"])


async def enrolled(
    registry: Registry,
    team_id: str,
    *posts: str,
    on: str = "2025-08-01",
    by: dict[str, str] | None = None,
    **more: Any,
) -> list[str]:
    """Enrol people by a decision and return the ids of their memberships."""
    members = [
        {"full_name": NAME, "post": post, "enrolled_on": on, **more} for post in posts
    ]
    answer = await officer(registry).post(
        f"/force-units/{team_id}/members",
        {"members": members, "decision": by or decision()},
    )
    assert 201 == answer.status_code, answer.text
    return [str(one) for one in answer.json()["member_ids"]]


async def history(registry: Registry, member_id: str) -> list[dict[str, Any]]:
    answer = await officer(registry).get("/members/history", member_ids=[member_id])
    (found,) = answer.json()["members"]
    rows: list[dict[str, Any]] = found["rows"]
    return rows


def refusal(answer: httpx2.Response) -> tuple[int, str, str | None]:
    problem = answer.json()
    return answer.status_code, problem["code"], problem["errors"][0].get("field")


async def act(
    registry: Registry, team_id: str, member_id: str, step: str, **body: Any
) -> Any:
    path = f"/force-units/{team_id}/members/{member_id}/{step}"
    return await officer(registry).post(path, body)


def person_of(member_id: str) -> UUID:
    """Return the person who came with a membership and bears its id."""
    return UUID(member_id)
