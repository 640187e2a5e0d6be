"""What tests of the forces' doors set up: forces and people, through the door."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import httpx2
import sqlalchemy as sa

from services.chassis.command_writer import InlineReadModel
from services.contracts.registry.units import UnitRef
from services.unit_directory.tree import Unit
from tests.registry.conftest import Door, Registry

BOARD: Final = "neighbourhood_guard_board"
NAME: Final = "Người Thử Nghiệm Thứ Nhất"


def unit_of(registry: Registry, code: str, on: date = date(2023, 6, 1)) -> Unit:
    """Return the unit that bore a code on a day."""
    return registry.tree.resolve(UnitRef(code=code), on)


async def establish(
    registry: Registry, force_type: str, code: str, on: str = "2020-03-01", **more: Any
) -> str:
    """Set a force up and return its id."""
    answer = await registry.officer.post(
        "/force-units",
        {
            "force_type": force_type,
            "unit": {"code": code},
            "established_on": on,
            **more,
        },
    )
    assert 201 == answer.status_code, answer.text
    return str(answer.json()["force_unit_id"])


def decision(on: str) -> dict[str, str]:
    """Cite the decision of a day: for a force of the new law nothing goes without."""
    return {"number": "7/QĐ-UBND", "decided_on": on, "issuer": "commune_chairman"}


async def enrol(
    registry: Registry, force_unit_id: str, *posts: str, on: str = "2021-01-05"
) -> list[str]:
    """Enrol one person for each post and return the members' ids."""
    answer = await registry.officer.post(
        f"/force-units/{force_unit_id}/members",
        {
            "members": [
                {"full_name": "Người Thử Nghiệm", "post": post, "enrolled_on": on}
                for post in posts
            ],
            "decision": decision(on),
        },
    )
    assert 201 == answer.status_code, answer.text
    return [str(one) for one in answer.json()["member_ids"]]


def refusal(answer: httpx2.Response) -> tuple[int, str, str | None]:
    """Return a refusal's status, code and field; its words are there."""
    problem = answer.json()
    assert problem["correlation_id"]
    assert problem["message_vi"]
    assert problem["message_en"]
    return answer.status_code, problem["code"], problem["errors"][0].get("field")


def board(code: str, **changed: Any) -> dict[str, Any]:
    """Return the body that sets a board up."""
    return {
        "force_type": BOARD,
        "unit": {"code": code},
        "established_on": "2020-03-01",
        **changed,
    }


def people(*posts: str, on: str = "2021-01-05") -> dict[str, Any]:
    """Return the body that enrols one person for each post."""
    members = [{"full_name": NAME, "post": post, "enrolled_on": on} for post in posts]
    return {"members": members, "decision": decision(on)}


async def established(door: Door, body: dict[str, Any]) -> str:
    """Set a force up by its body and return its id."""
    answer = await door.post("/force-units", body)
    assert 201 == answer.status_code, answer.text
    found: str = answer.json()["force_unit_id"]
    return found


def live_and_rebuilt(
    registry: Registry, table: sa.Table, models: Sequence[InlineReadModel]
) -> tuple[list[Any], list[Any]]:
    """Return a table as it stands and as the log makes it anew, one by one."""
    recorded = registry.runtime.log.read_after(0, 200_000)
    query = sa.select(table).order_by(*table.primary_key.columns)
    with registry.runtime.engine.connect() as conn:
        live = list(conn.execute(query))
        conn.execute(sa.delete(table))
        for item in recorded:
            for model in models:
                model.apply(conn, [item])
        anew = list(conn.execute(query))
        conn.rollback()
    return live, anew
