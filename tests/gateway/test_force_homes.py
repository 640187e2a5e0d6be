"""A force shows the units that it served, and the one of a day."""

from tests.gateway.parts import gid, key, units_by_name
from tests.gateway.served import Caller, Players

HOMES = """
  query {
    nodes(ids: ["%s"]) {
      ... on ForceUnit {
        unit { id }
        eve: homeOn(on: "2025-02-28") { unit { id } }
        day: homeOn(on: "2025-03-01") { unit { id } }
        homes { since until decision unit { id } }
      }
    }
  }
"""


async def test_a_force_tells_its_unit_of_a_day_and_all_its_homes(
    officer: Caller, players: Players
) -> None:
    """Before the division the old unit, from the day on the one that goes on."""
    old, new = key("Bắc Kạn"), key("Thái Nguyên")
    team = {
        "id": key("team"),
        "unit_id": new,
        "homes": [
            {
                "unit_id": old,
                "since": None,
                "until": "2025-03-01",
                "decision": None,
            },
            {"unit_id": new, "since": "2025-03-01", "until": None, "decision": "1/NQ"},
        ],
        "cursor": None,
    }
    await players.play("registry.force_units.get", lambda _: {"rows": [team]})
    await players.play("registry.units.get", units_by_name("Bắc Kạn", "Thái Nguyên"))
    answer = await officer.ask(HOMES % gid("ForceUnit", "team"))
    (shown,) = answer.data["nodes"]
    before, after = ({"id": gid("Unit", name)} for name in ("Bắc Kạn", "Thái Nguyên"))
    assert {
        "unit": after,
        "eve": {"unit": before},
        "day": {"unit": after},
        "homes": [
            {"since": None, "until": "2025-03-01", "decision": None, "unit": before},
            {"since": "2025-03-01", "until": None, "decision": "1/NQ", "unit": after},
        ],
    } == shown
