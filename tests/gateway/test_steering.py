"""Committees 138 and programmes as the schema shows and orders them."""

from gateway.schema.base import global_id
from tests.gateway.parts import gid, key, units_by_name
from tests.gateway.served import Caller, Players


async def test_committees_show_offices_and_their_unit(
    officer: Caller, players: Players
) -> None:
    """Only the columns asked for are fetched; the id is opaque."""
    row = {
        "id": key("c"), "unit_id": key("Thái Nguyên"), "name": "Ban Chỉ đạo 138",
        "seats": [{"post": "head", "office": "committee_chairman", "holders": 1}],
    }  # fmt: skip
    await players.play(
        "registry.steering_committees.list",
        lambda _: {"rows": [row], "has_next": False},
    )
    await players.play("registry.units.get", units_by_name("Thái Nguyên"))
    answer = await officer.ask(
        """query Q($id: ID!) {
          steeringCommittees(unit: {id: $id}, first: 5, level: PROVINCE) {
            nodes { id name unit { name } seats { post office holders } }
          }
        }""",
        {"id": gid("Unit", "Thái Nguyên")},
    )

    (node,) = answer.data["steeringCommittees"]["nodes"]
    assert gid("SteeringCommittee", "c") == node["id"]
    assert ("Thái Nguyên", "committee_chairman") == (
        node["unit"]["name"],
        node["seats"][0]["office"],
    )
    assert "province" == players.asked[0].body["level"]
    assert "id,name,seats,unit_id" == players.asked[0].headers["X-Fields"]


async def test_a_programme_is_signed_in_place_of_another(
    officer: Caller, players: Players
) -> None:
    """The command carries ids of the registry and answers with one of the schema."""
    await players.play(
        "registry.programme.sign", lambda _: {"programme_id": key("new")}
    )
    answer = await officer.ask(
        """mutation M($unit: ID!, $renews: ID!) {
          programmeSign(input: {
            unit: {id: $unit}, number: "05/CTr-CAT-MTTQ", parties: ["police", "mttq"],
            signedOn: "2025-08-01", validFrom: "2025-09-01", validTo: "2030-09-01",
            renews: $renews, idempotencyKey: "6e9a4c31-08f4-4a55-9a6b-9d0f0c1b2a3e"
          }) { programmeId userErrors { code } }
        }""",
        {
            "unit": gid("Unit", "A"),
            "renews": global_id("CoordinationProgramme", key("old")),
        },
    )

    payload = answer.data["programmeSign"]
    assert gid("CoordinationProgramme", "new") == payload["programmeId"]
    assert ({"id": key("A")}, key("old")) == (
        players.asked[0].body["unit"],
        players.asked[0].body["renews"],
    )


async def test_an_id_of_something_else_is_told_at_its_place(
    officer: Caller, players: Players
) -> None:
    """It is refused before the registry is asked."""
    answer = await officer.ask(
        """mutation M($id: ID!) {
          steeringCommitteeDissolve(input: {
            committeeId: $id, dissolvedOn: "2026-01-01", number: "1/QĐ-UBND",
            decidedOn: "2026-01-01", issuer: "committee_chairman",
            idempotencyKey: "6e9a4c31-08f4-4a55-9a6b-9d0f0c1b2a3f"
          }) { committeeId userErrors { code field } }
        }""",
        {"id": gid("Unit", "A")},
    )

    (error,) = answer.data["steeringCommitteeDissolve"]["userErrors"]
    assert ("gateway.id.invalid", ["input", "committeeId"]) == (
        error["code"],
        error["field"],
    )
    assert [] == players.asked
