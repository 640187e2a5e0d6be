"""Rows of rosters for tests, and what the registry makes of them."""

from datetime import datetime
from itertools import count
from typing import Any

from services.registry.documents.roster_columns import COLUMNS
from tests.registry.excel.conftest import Imports

_numbers = count(1)
FIRST = datetime(2021, 1, 5)  # noqa: DTZ001 - a day of Excel has no zone


def row(unit: str, **changed: Any) -> list[Any]:
    cells: dict[str, Any] = {
        "unit": unit,
        "force_type": "Đội dân phòng",
        "team_name": "Đội một",
        "full_name": "Người Thử Nghiệm",
        "birth_date": datetime(1985, 3, 15),  # noqa: DTZ001
        "citizen_id": f"006{next(_numbers):09d}",
        "post": "Đội viên",
        "first_day": FIRST,
        **changed,
    }
    return [cells.get(column.key) for column in COLUMNS]


async def strength(imports: Imports, unit_code: str, on: str = "2023-06-01") -> Any:
    units = await imports.door.get("/unit", code=unit_code, on=on)
    answer = await imports.door.get("/strength", ids=[units.json()["id"]], on=on)
    return {
        one["force_type"]: (one["force_units"], one["members"])
        for one in answer.json()["rows"]
    }
