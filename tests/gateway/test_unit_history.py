"""Units through time as the schema shows them: trees, moments, changes, commands."""

from typing import Any

from tests.gateway.parts import Row, gid, key, unit, units_by_name
from tests.gateway.served import Caller, Players

TREES = """
{
  before: unitTree(first: 100, on: "2025-06-30") { ...Tree }
  after: unitTree(first: 100, on: "2025-07-01", under: {code: "VN"}, levels: 2,
                  knownAt: "2026-03-01T08:00:00+07:00") { ...Tree }
}
fragment Tree on UnitTree {
  on knownAt hasNext endCursor rows { unit { id } parent { id } depth name }
}
"""


def row(name: str, depth: int, above: str | None) -> Row:
    return {
        "id": key(name), "parent_id": above and key(above), "depth": depth,
        "code": "06", "level": "province", "unit_type": "tinh", "name": name,
    }  # fmt: skip


async def test_two_trees_answer_in_one_request(
    officer: Caller, players: Players
) -> None:
    """Each with its day and moment; the ids are those of the units."""

    def tree(body: Any) -> Row:
        return {
            "on": body["on"],
            "known_at": body.get("known_at", "2026-11-25T00:00:00Z"),
            "rows": [row("Việt Nam", 0, None), row("Bắc Kạn", 1, "Việt Nam")],
            "has_next": False,
            "end_cursor": "c",
        }

    await players.play("registry.units.tree", tree)
    answer = await officer.ask(TREES)
    for name, day in (("before", "2025-06-30"), ("after", "2025-07-01")):
        found = answer.data[name]
        assert day == found["on"]
        assert {
            "unit": {"id": gid("Unit", "Bắc Kạn")},
            "parent": {"id": gid("Unit", "Việt Nam")},
            "depth": 1,
            "name": "Bắc Kạn",
        } == found["rows"][1]
    bodies = {one.body["on"]: one.body for one in players.asked}
    assert {"code": "VN"} == bodies["2025-07-01"]["root"]
    assert "2026-03-01T08:00:00+07:00" == bodies["2025-07-01"]["known_at"]
    assert "root" not in bodies["2025-06-30"]
    assert 2 == len(players.asked)  # ids alone cost no further question


async def test_a_unit_is_asked_for_as_of_a_day_and_a_moment(
    officer: Caller, players: Players
) -> None:
    """Two moments of one unit are two questions, not one answer twice."""
    await players.play("registry.units.get", units_by_name("Bắc Kạn"))
    moment = '"2026-03-01T00:00:00Z"'
    asked = f'id: "{gid("Unit", "Bắc Kạn")}", on: "2026-02-01"'
    await officer.ask(
        f"{{ now: unit({asked}) {{ name }}"
        f" then: unit({asked}, knownAt: {moment}) {{ name }} }}"
    )
    terms = sorted(one.body.get("known_at", "") for one in players.asked)
    assert ["", "2026-03-01T00:00:00+00:00"] == terms
    assert {"2026-02-01"} == {one.body["on"] for one in players.asked}


async def test_changes_are_followed_by_their_cursor(
    officer: Caller, players: Players
) -> None:
    """A partner reads kind, days and decree, and goes on from the end cursor."""
    change = {
        "id": f"{key('Bắc Kạn')}/3", "unit_id": key("Bắc Kạn"), "version": 3,
        "kind": "change_undone", "effective_on": "2025-07-01",
        "recorded_at": "2026-11-25T01:02:03Z", "legal_basis": None,
        "decree_date": None, "name": "Tỉnh Bắc Kạn", "change_version": 2,
        "reason": "entered_wrongly", "undone": False, "heirs": [], "cursor": "next",
    }  # fmt: skip
    await players.play(
        "registry.units.changes", lambda _: {"rows": [change], "has_next": False}
    )
    answer = await officer.ask(
        """{ unitChanges(first: 50, after: "kept") {
          nodes { unit { id } kind effectiveOn recordedAt changeVersion reason name }
          pageInfo { endCursor hasNextPage }
        } }"""
    )
    (found,) = answer.data["unitChanges"]["nodes"]
    assert {
        "unit": {"id": gid("Unit", "Bắc Kạn")},
        "kind": "change_undone",
        "effectiveOn": "2025-07-01",
        "recordedAt": "2026-11-25T01:02:03Z",
        "changeVersion": 2,
        "reason": "ENTERED_WRONGLY",
        "name": "Tỉnh Bắc Kạn",
    } == found
    assert "next" == answer.data["unitChanges"]["pageInfo"]["endCursor"]
    assert {"first": 50, "after": "kept"} == players.asked[0].body


COMMANDS = """
  mutation All($unit: ID!) {
    unitRename(input: {unitId: $unit, bareName: "Lộc Hưng",
      effectiveOn: "2027-01-01", legalBasis: "12/NQ-UBTVQH16",
      decreeDate: "2026-10-01"}) { version unit { id name } userErrors { code } }
    unitRetype(input: {unitId: $unit, unitType: "phuong",
      effectiveOn: "2027-01-01", legalBasis: "12/NQ-UBTVQH16",
      decreeDate: "2026-10-01"}) { version userErrors { code } }
    unitChangeUndo(input: {unitId: $unit, version: 2, reason: ENTERED_WRONGLY})
      { version userErrors { code } }
  }
"""


async def test_commands_reach_their_verbs(officer: Caller, players: Players) -> None:
    """Names and codes are the contract's; the unit is read back."""
    reply = {"unit_id": key("Bắc Kạn"), "version": 2}
    verbs = ["unit.rename", "unit.retype", "unit.undo_change"]
    for verb in verbs:
        await players.play(f"registry.{verb}", lambda _: reply)
    await players.play("registry.units.get", lambda _: {"rows": [unit("Bắc Kạn")]})
    answer = await officer.ask(COMMANDS, {"unit": gid("Unit", "Bắc Kạn")})
    assert all([] == payload["userErrors"] for payload in answer.data.values())
    renamed = answer.data["unitRename"]
    assert {"id": gid("Unit", "Bắc Kạn"), "name": "Bắc Kạn"} == renamed["unit"]
    assert 2 == renamed["version"]
    bodies = {one.verb: one.body for one in players.asked}
    assert {
        "unit_id": key("Bắc Kạn"),
        "bare_name": "Lộc Hưng",
        "effective_on": "2027-01-01",
        "legal_basis": "12/NQ-UBTVQH16",
        "decree_date": "2026-10-01",
    } == bodies["registry.unit.rename"]
    assert "phuong" == bodies["registry.unit.retype"]["unit_type"]
    assert {
        "unit_id": key("Bắc Kạn"),
        "version": 2,
        "reason": "entered_wrongly",
    } == bodies["registry.unit.undo_change"]
