"""A commune's team with people in it, and callers with one right each."""

from typing import Any, Final

import pytest

from tests.registry.conftest import Door, Registry

READ: Final = "units:read registry:read registry:write"
TEAM: Final = "civil_defence_team"


class People:
    """What the tests of this folder do over and over."""

    def __init__(self, registry: Registry, codes: list[str]) -> None:
        self.registry = registry
        self._codes = codes
        self.teams: dict[str, str] = {}

    def door(self, *scopes: str, **more: Any) -> Door:
        """Give a caller of Bắc Kạn with these rights over people."""
        every = (*READ.split(), *(f"people:{scope}" for scope in scopes))
        return self.registry.caller("officer", scopes=every, **more)

    @property
    def reader(self) -> Door:
        return self.door("read")

    @property
    def keeper(self) -> Door:
        """Give a caller who may do everything to records but erase them."""
        return self.door("read_full", "write", "audit")

    async def commune(self) -> str:
        """Set a team up in a commune of its own; give its code."""
        code = self._codes.pop()
        body = {
            "force_type": TEAM,
            "unit": {"code": code},
            "established_on": "2020-03-01",
        }
        made = await self.registry.officer.post("/force-units", body)
        assert 201 == made.status_code, made.text
        self.teams[code] = made.json()["force_unit_id"]
        return code

    async def enrolled(self, code: str, *names: str) -> list[str]:
        """Enrol people by name in a commune's team; give their ids."""
        path = f"/force-units/{self.teams[code]}/members"
        members = [{"full_name": n, "enrolled_on": "2021-01-05"} for n in names]
        made = await self.registry.officer.post(path, {"members": members})
        assert 201 == made.status_code, made.text
        ids: list[str] = made.json()["member_ids"]
        return ids

    async def corrected(self, person_id: str, full_name: str, **record: Any) -> Any:
        """Put a record over the one that is there; give the answer."""
        return await self.keeper.post(
            f"/people/{person_id}/correction", {"full_name": full_name, **record}
        )

    async def known(self, code: str, full_name: str, **record: Any) -> str:
        """Enrol somebody whose record says more than a name."""
        (person_id,) = await self.enrolled(code, full_name)
        if record:
            answer = await self.corrected(person_id, full_name, **record)
            assert 200 == answer.status_code, answer.text
        return person_id

    async def ceased(self, code: str, person_id: str) -> None:
        """End somebody's service."""
        answer = await self.registry.officer.post(
            f"/force-units/{self.teams[code]}/members/{person_id}/cessation",
            {"ceased_on": "2022-06-01", "ground": "own_request"},
        )
        assert 200 == answer.status_code, answer.text

    async def read(self, door: Door, *ids: str, purpose: str = "roster") -> Any:
        """Read people's records; give the rows."""
        return await self.answer(door, "/people/read", ids=ids, purpose=purpose)

    async def found(self, door: Door, **asked: Any) -> Any:
        """Look for people; give the rows."""
        asked.setdefault("purpose", "duplicate_check")
        return await self.answer(door, "/people/search", **asked)

    async def answer(self, door: Door, path: str, **body: Any) -> Any:
        answer = await door.client.post(
            path, json=body, headers={"Authorization": f"Bearer {door.token}"}
        )
        assert 200 == answer.status_code, answer.text
        return answer.json()["rows"]

    async def reads(self, code: str, **asked: Any) -> list[dict[str, Any]]:
        """Give who read records of a commune, the latest first."""
        answer = await self.keeper.get(
            "/people/reads", unit_id=self.unit_id(code), **asked
        )
        assert 200 == answer.status_code, answer.text
        rows: list[dict[str, Any]] = answer.json()["rows"]
        return rows

    def unit_id(self, code: str) -> str:
        (unit,) = [
            unit
            for unit in self.registry.tree
            if unit.code == code and unit.path.startswith("VN.06-0.")
        ]
        return str(unit.id)


@pytest.fixture(scope="module")
def people(registry: Registry) -> People:
    communes = [
        unit.code
        for unit in registry.tree
        if unit.path.startswith("VN.06-0.") and unit.unit_type == "xa"
    ]
    return People(registry, communes)
