"""Residential areas by typed names, as the schema shows them."""

from tests.gateway.parts import gid, key
from tests.gateway.served import Caller, Players

AREA = {
    "id": key("Trung"), "unit_id": key("Hải Ninh"), "number": 4, "kind": "ap",
    "name": "Trung Mới", "registered_on": "2025-08-01", "ended_on": None,
    "households": None, "people": None, "counted_on": None, "categories": [],
    "heirs": [], "cursor": None,
}  # fmt: skip


async def test_a_found_area_says_which_name_matched(
    officer: Caller, players: Players
) -> None:
    """The one meant, and the former name with its last day."""
    match = {
        "area": AREA, "state": "in_force", "matched": "former", "matched_kind": "ap",
        "matched_name": "Trung", "borne_from": "2025-08-01", "borne_to": "2026-01-01",
        "likeness": "name", "marks_differ": False, "kind_differs": False,
        "ambiguous": False, "heirs": [],
    }  # fmt: skip
    await players.play(
        "registry.areas.find",
        lambda _: {
            "on": "2026-10-01", "verdict": "one",
            "area_id": key("Trung"), "rows": [match],
        },
    )  # fmt: skip
    await players.play("registry.areas.get", lambda _: {"rows": [AREA]})
    answer = await officer.ask(
        """{ residentialAreaFind(unit: {code: "06701"}, text: "ap trung",
                                 on: "2026-10-01") {
          verdict area { id name }
          matches { area { id } matched matchedName borneTo likeness }
        } }"""
    )
    found = answer.data["residentialAreaFind"]
    area = gid("ResidentialArea", "Trung")
    assert ("one", {"id": area, "name": "Trung Mới"}) == (
        found["verdict"],
        found["area"],
    )
    assert [
        {
            "area": {"id": area},
            "matched": "former",
            "matchedName": "Trung",
            "borneTo": "2026-01-01",
            "likeness": "name",
        }
    ] == found["matches"]
    assert {
        "unit": {"code": "06701"}, "text": "ap trung", "on": "2026-10-01", "first": 10,
    } == players.asked[0].body  # fmt: skip
