"""Units by typed names, and their heirs, as the schema shows them."""

from typing import Any

from tests.gateway.parts import Row, gid, key, unit, units_by_name
from tests.gateway.served import Caller, Players

FIND = """
query Find($within: UnitRef) {
  unitFind(text: "hai tien", on: "2026-10-01", level: COMMUNE, within: $within,
           knownAt: "2026-10-02T00:00:00Z") {
    verdict
    unit { id name }
    matches {
      unit { id name }
      matched matchedText borneTo ambiguous
      heirs { unit { id name } whole reason }
    }
  }
}
"""


def heir(name: str, **changes: Any) -> Row:
    return {
        "unit_id": key(name), "code": "06701", "name": name, "whole": True,
        "reason": "merge", "since": "2025-07-01", "legal_basis": None, "through": [],
    } | changes  # fmt: skip


async def test_matches_show_their_unit_and_heirs(
    officer: Caller, players: Players
) -> None:
    """What the registry found comes with ids of the schema."""
    row = {
        "unit": unit("Hải Tiến"), "state": "ended", "matched": "former",
        "matched_text": "Xã Hải Tiến", "borne_from": None, "borne_to": "2025-07-01",
        "likeness": "name", "marks_differ": False, "kind_differs": False,
        "ambiguous": False, "heirs": [heir("Hải Ninh")],
    }  # fmt: skip
    await players.play(
        "registry.units.find",
        lambda _: {
            "on": "2026-10-01", "verdict": "one",
            "unit_id": key("Hải Ninh"), "rows": [row],
            "known_at": "2026-10-02T00:00:00Z",
        },
    )  # fmt: skip
    await players.play("registry.units.get", units_by_name("Hải Ninh"))
    within = {"id": gid("Unit", "Bắc Kạn")}
    found = (await officer.ask(FIND, {"within": within})).data["unitFind"]

    assert {"level": "commune", "within": {"id": key("Bắc Kạn")}} == {
        name: players.asked[0].body[name] for name in ("level", "within")
    }
    assert ("one", gid("Unit", "Hải Ninh")) == (found["verdict"], found["unit"]["id"])
    meant = players.asked[1].body
    assert ("2026-10-01", "2026-10-02T00:00:00Z") == (meant["on"], meant["known_at"])
    (match,) = found["matches"]
    assert {"id": gid("Unit", "Hải Tiến"), "name": "Hải Tiến"} == match["unit"]
    assert ("former", "Xã Hải Tiến") == (match["matched"], match["matchedText"])
    assert "Hải Ninh" == match["heirs"][0]["unit"]["name"]


async def test_heirs_of_many_units_cost_one_question(
    officer: Caller, players: Players
) -> None:
    """A list of units asks for all their heirs at once."""
    names = ("A", "B", "C")
    await players.play("registry.units.get", units_by_name(*names))
    await players.play(
        "registry.units.successors",
        lambda body: {
            "on": body["on"],
            "rows": [
                {"id": one, "state": "ended", "ambiguous": False, "heirs": [heir("X")]}
                for one in body["ids"]
            ],
        },
    )
    answer = await officer.ask(
        """query Q($ids: [ID!]!) {
          nodes(ids: $ids) {
            ... on Unit {
              heirs(on: "2026-10-01", knownAt: "2026-09-01T00:00:00Z") { name }
            }
          }
        }""",
        {"ids": [gid("Unit", name) for name in names]},
    )

    assert [[{"name": "X"}]] * 3 == [node["heirs"] for node in answer.data["nodes"]]
    assert 1 == players.times("registry.units.successors")
    (asked,) = (one.body for one in players.asked if "on" in one.body)
    assert "2026-09-01T00:00:00+00:00" == asked["known_at"]
