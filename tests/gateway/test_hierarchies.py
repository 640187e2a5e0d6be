"""Named hierarchies as the schema shows and changes them."""

from tests.gateway.parts import gid, key, unit, units_by_name
from tests.gateway.served import Caller, Players, Refuse


async def test_a_line_and_its_children_are_shown(
    officer: Caller, players: Players
) -> None:
    """Units come with the decision that placed them; a stranger has no line."""
    row = {
        "unit": unit("Na Rì"), "parent_id": key("Bắc Kạn"), "placed_on": "2024-05-01",
        "decision": "15/QĐ-UBND", "cursor": "c", "in_ring": True,
    }  # fmt: skip
    await players.play(
        "registry.hierarchies.children",
        lambda body: {
            "on": "2024-05-01",
            "parents": [{"id": body["ids"][0], "rows": [row], "has_next": False}],
        },
    )
    await players.play(
        "registry.hierarchies.ancestors",
        lambda body: {
            "on": "2024-05-01",
            "lines": [{"id": body["ids"][0], "belongs": False, "rows": []}],
        },
    )
    answer = await officer.ask(
        """query Q($id: ID!) {
          hierarchyChildren(hierarchy: "police_line", under: $id, on: "2024-05-01",
                            knownAt: "2026-03-01T00:00:00Z") {
            nodes { unit { id name } placedOn decision inRing }
          }
          hierarchyLine(hierarchy: "police_line", unit: $id,
                        knownAt: "2026-04-01T00:00:00Z") { unit { id } }
        }""",
        {"id": gid("Unit", "Bắc Kạn")},
    )

    (node,) = answer.data["hierarchyChildren"]["nodes"]
    assert {"id": gid("Unit", "Na Rì"), "name": "Na Rì"} == node["unit"]
    assert ("2024-05-01", "15/QĐ-UBND") == (node["placedOn"], node["decision"])
    assert node["inRing"]
    assert answer.data["hierarchyLine"] is None
    moments = {one.body.get("known_at") for one in players.asked}
    assert {"2026-03-01T00:00:00+00:00", "2026-04-01T00:00:00+00:00"} == moments


async def test_hierarchies_are_listed(officer: Caller, players: Players) -> None:
    """With the levels that they skip and the unit that keeps them."""
    row = {
        "id": key("h"), "code": "police_line", "name": "Công an", "base":
        "administration", "owner_id": key("VN"), "valid_from": None, "valid_to": None,
        "decision": None, "decided_on": None,
        "skipped": [{"level": "district", "effective_on": "2025-03-01",
                     "decision": None, "decided_on": None}],
    }  # fmt: skip
    await players.play("registry.hierarchies.list", lambda _: {"rows": [row]})
    await players.play("registry.units.get", units_by_name("VN"))
    answer = await officer.ask(
        "{ hierarchies { code owner { name } skipped { level effectiveOn } } }"
    )

    (shown,) = answer.data["hierarchies"]
    assert ("police_line", "VN") == (shown["code"], shown["owner"]["name"])
    assert [{"level": "district", "effectiveOn": "2025-03-01"}] == shown["skipped"]


async def test_a_unit_is_placed_or_the_refusal_is_data(
    officer: Caller, players: Players
) -> None:
    """The command carries what was given, and nothing else."""

    def ring(_: object) -> None:
        raise Refuse(422, "invalid", "registry.hierarchy.cycle", "$.parent")

    await players.play("registry.hierarchy.place_unit", ring)
    answer = await officer.ask(
        """mutation M($unit: ID!) {
          hierarchyPlaceUnit(input: {
            hierarchy: "police_line", unit: {id: $unit}, parent: {code: "066"},
            effectiveOn: "2024-05-01",
            idempotencyKey: "6e9a4c31-08f4-4a55-9a6b-9d0f0c1b2a3d"
          }) { hierarchy userErrors { code field } }
        }""",
        {"unit": gid("Unit", "A")},
    )

    payload = answer.data["hierarchyPlaceUnit"]
    assert {
        "hierarchy": "police_line",
        "unit": {"id": key("A")},
        "parent": {"code": "066"},
        "effective_on": "2024-05-01",
    } == players.asked[0].body
    (error,) = payload["userErrors"]
    assert ("registry.hierarchy.cycle", ["input", "parent"]) == (
        error["code"],
        error["field"],
    )
