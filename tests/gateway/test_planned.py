"""Planned and actual strength through the gateway: one question for many units."""

from typing import Any

from tests.gateway.parts import Row, key, unit, units_by_name
from tests.gateway.served import Caller, Players

PLANNED = """
{ unit(code: "06", on: "2024-12-14") {
    children(first: 50, on: "2024-12-14") { nodes {
      plannedStrength(on: "2024-12-14", geography: RESTATED) {
        on geography
        parent { unit { name } unitName communesWithQuota teams { quota actual gap } }
        children { unitName members { allowed over } }
        freshness { waitingFacts }
      }
    } }
} }
"""


def row(name: str) -> Row:
    numbers = {"quota": 3, "allowed": 3, "actual": 2, "gap": -1, "over": 0}
    return {
        "unit_id": key(name),
        "unit_code": "x",
        "unit_name": name,
        "level": "commune",
        "communes_with_quota": 1,
        "teams": numbers,
        "members": numbers,
        "refusal": None,
    }


def tables(body: Any) -> Row:
    names = {key(name): name for name in ("A", "B")}
    return {
        "on": body["on"],
        "geography": body["geography"],
        "rows": [
            {"parent": row(names[one]), "children": [row(f"{names[one]}1")]}
            for one in body["unit_ids"]
        ],
        "freshness": {"sources": [], "waiting_facts": 4, "answered_at": "2026-01-01"},
    }


async def test_planned_strength_of_many_units_is_one_question(
    officer: Caller, players: Players
) -> None:
    """The day and the borders go along; each unit has its own table."""
    children = [unit(name, parent_id=key("Bắc Kạn")) for name in ("A", "B")]
    await players.play("registry.units.resolve", lambda _: unit("Bắc Kạn"))
    await players.play("registry.units.get", units_by_name("A", "B"))
    await players.play(
        "registry.units.children",
        lambda body: {
            "parents": [
                {"id": one, "rows": children, "has_next": False} for one in body["ids"]
            ]
        },
    )
    await players.play("reporting.planned.children", tables)
    answer = await officer.ask(PLANNED)
    found = [
        node["plannedStrength"] for node in answer.data["unit"]["children"]["nodes"]
    ]
    assert ["A", "B"] == [one["parent"]["unitName"] for one in found]
    assert {"quota": 3, "actual": 2, "gap": -1} == found[0]["parent"]["teams"]
    assert ("2024-12-14", "RESTATED", 4) == (
        found[0]["on"],
        found[0]["geography"],
        found[0]["freshness"]["waitingFacts"],
    )
    assert {"allowed": 3, "over": 0} == found[1]["children"][0]["members"]
    assert 1 == players.times("reporting.planned.children")
