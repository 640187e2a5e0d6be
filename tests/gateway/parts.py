"""Rows as the services' contracts shape them, for the players of the tests."""

from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import msgspec

from gateway.schema.base import global_id
from gateway.schema.build import strawberry_schema

Row = dict[str, Any]


def key(name: str) -> str:
    """Identity that a test means by a name."""
    return str(uuid5(NAMESPACE_OID, name))


def gid(typename: str, name: str) -> str:
    return global_id(typename, UUID(key(name)))


def unit(name: str, **changes: Any) -> Row:
    return {
        "id": key(name),
        "code": "06",
        "level": "province",
        "unit_type": "tỉnh",
        "name": name,
        "bare_name": name,
        "parent_id": None,
        "path": "VN.06-0",
        "valid_from": None,
        "valid_to": "2025-07-01",
        "legal_basis": None,
        "successors": [],
        "predecessors": [],
        "cursor": None,
    } | changes


def session(name: str, **changes: Any) -> Row:
    return {
        "id": key(name),
        "campaign_id": None,
        "unit_id": key("Bắc Kạn"),
        "held_on": "2023-03-15",
        "kind": "outreach",
        "attendance": 60,
        "organiser": "police",
        "origin": "own",
        "venue": "",
        "corrections": 0,
        "withdrawn": False,
        "cursor": f"c-{name}",
    } | changes


def units_by_name(*names: str) -> Any:
    """Player of registry.units.get that knows these units."""
    known = {key(name): unit(name) for name in names}
    return lambda body: {"rows": [known.get(one) for one in body["ids"]]}


def period(year: int) -> Row:
    return {
        "code": str(year),
        "kind": "year",
        "year": year,
        "number": None,
        "calendar": "official",
        "first_day": f"{year - 1}-12-15",
        "last_day": f"{year}-12-14",
        "name_vi": f"Năm {year}",
        "name_en": f"Year {year}",
    }


def line(indicator: str, value: int) -> Row:
    return {
        "indicator": indicator,
        "name_vi": "Số buổi",
        "name_en": "Sessions",
        "unit_of_count": "buổi",
        "kind": "flow",
        "value": value,
        "same_period_last_year": 0,
        "change": value,
        "change_percent": None,
        "comparable": True,
        "not_comparable_because": None,
    }


def figures(*names: str, value: int = 939) -> Row:
    return {
        "period": period(2023),
        "same_period_last_year": period(2022),
        "geography": "as_was",
        "rows": [
            {
                "unit_id": key(name),
                "unit_code": "06",
                "unit_name": name,
                "unit_type": "tỉnh",
                "level": "province",
                "lines": [line("sessions_held", value)],
                "refusal": None,
            }
            for name in names
        ],
        "freshness": {
            "sources": [],
            "waiting_facts": 0,
            "answered_at": "2024-01-01T00:00:00Z",
        },
    }


def command_requests() -> dict[str, type[msgspec.Struct]]:
    """List the requests of the table of commands, by service and verb."""
    root: Any = strawberry_schema().get_type_by_name("Mutation")
    asked = [field.metadata.get("question") for field in root.fields]
    return {f"{one.service}.{one.verb}": one.request for one in asked if one}
