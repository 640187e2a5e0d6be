"""Teams of today's communes with people in them, each test module its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import httpx2
import pytest

from services.contracts.registry.units import unit_id
from services.unit_directory.tree import Unit
from tests.registry.conftest import Door, Registry

REFORM: Final = date(2025, 7, 1)
THAI_NGUYEN: Final = unit_id("province", "19", REFORM)
LANG_SON: Final = unit_id("province", "20", None)
# Whatever the ground, what it needs is among these.
ALL_PAPERS: Final = {
    "application_on": "2025-08-01",
    "health_certified_on": "2025-08-01",
    "refused_on": ["2025-07-30", "2025-08-01"],
    "measure": "administrative",
    "measure_on": "2025-08-01",
}


def decision(on: str) -> dict[str, str]:
    """Cite a decision of a day."""
    return {"number": "15/QĐ-UBND", "decided_on": on, "issuer": "commune_chairman"}


@dataclass(frozen=True)
class Team:
    """A Tổ of a commune with its members' ids, the leader first."""

    unit: Unit
    id: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Communes:
    """Communes of Thái Nguyên, each taken once, and its officer."""

    registry: Registry
    free: list[Unit]

    @property
    def officer(self) -> Door:
        return self.registry.caller("officer", unit_roots=(THAI_NGUYEN,))

    @property
    def stranger(self) -> Door:
        return self.registry.caller("officer", unit_roots=(LANG_SON,))

    def take(self) -> Unit:
        return self.free.pop()

    async def team(
        self,
        unit: Unit | None = None,
        *,
        people: int = 3,
        on: str = "2025-08-01",
    ) -> Team:
        unit = unit or self.take()
        body = {
            "force_type": "security_order_team",
            "unit": {"id": str(unit.id)},
            "established_on": on,
        }
        made = await self.done("/force-units", body)
        posts = ["leader"] + ["member"] * (people - 1)
        members = [
            {"full_name": f"Người Thử {post}", "post": post, "enrolled_on": on}
            for post in posts
        ]
        roster = f"/force-units/{made['force_unit_id']}/members"
        enrolled = await self.done(
            roster, {"members": members, "decision": decision(on)}
        )
        return Team(unit, made["force_unit_id"], tuple(enrolled["member_ids"]))

    async def cease(
        self, team: Team, member: str, on: str, ground: str = "own_request"
    ) -> None:
        path = f"/force-units/{team.id}/members/{member}/cessation"
        body = {"ceased_on": on, "ground": ground, "decision": decision(on)}
        await self.done(path, body | {"evidence": {**ALL_PAPERS}})

    async def done(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await self.officer.post(path, body)
        assert answer.status_code in {200, 201}, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def rows(self, path: str, unit: Unit, **more: Any) -> list[dict[str, Any]]:
        answer = await self.officer.get(path, unit_id=unit.id, **more)
        assert 200 == answer.status_code, answer.text
        rows: list[dict[str, Any]] = answer.json()["rows"]
        return rows

    async def chased(self, unit: Unit, **more: Any) -> list[dict[str, Any]]:
        """Give what is due, but for decisions that wait for their posting."""
        rows = await self.rows("/deadlines", unit, **more)
        return [row for row in rows if row["kind"] != "decision_posting"]


@pytest.fixture(scope="module")
def communes(registry: Registry) -> Communes:
    free = [
        unit
        for unit in registry.tree
        if unit.parent_id == THAI_NGUYEN and unit.in_force(date(2026, 1, 1))
    ]
    return Communes(registry, free)


def refusal(answer: httpx2.Response) -> tuple[int, str, str | None]:
    problem = answer.json()
    assert problem["message_vi"] != problem["message_en"]
    return answer.status_code, problem["code"], problem["errors"][0].get("field")
