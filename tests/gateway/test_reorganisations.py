"""Plans of reorganisation as the schema shows them: dependants of every service."""

from typing import Any

from gateway.schema.base import global_id
from tests.gateway.parts import gid, key, units_by_name
from tests.gateway.served import Caller, Players

REHEARSAL: dict[str, Any] = {
    "reorganisation_id": key("plan"),
    "digest": "0" * 64,
    "establishes": 2,
    "abolishes": 1,
    "changes": 0,
    "problems": [],
    "totals": [
        {
            "kind": "tip",
            "dependants": 0,
            "people": 0,
            "must_decide": 1,
            "open": 1,
            "untold": 1,
        }
    ],
    "rows": [
        {
            "kind": "tip",
            "id": key("Old"),
            "unit_id": key("Old"),
            "proposed_successor_id": key("First"),
            "candidate_ids": [key("First"), key("Second")],
            "must_decide": True,
            "decided_successor_id": None,
            "owner_unit_id": key("Above"),
            "people": 0,
            "cursor": "c",
            "service": "tips",
            "how_many": None,
        }
    ],
    "has_next": False,
    "silent": [{"service": "reporting", "code": "upstream.away"}],
}


async def test_a_rehearsal_tells_whose_it_is_and_who_was_silent(
    officer: Caller, players: Players
) -> None:
    """Kind, number or none, proposed successor, owner; and the service that is away."""
    await players.play("registry.reorganisation.rehearse", lambda _: REHEARSAL)
    plan = {"id": key("plan"), "unit_id": key("Above"), "state": "draft"}
    await players.play("registry.reorganisations.get", lambda _: {"rows": [plan]})
    units = units_by_name("Old", "First", "Second", "Above")
    await players.play("registry.units.get", units)
    answer = await officer.ask(
        """query Q($id: ID!) { node(id: $id) { ... on Reorganisation { rehearsal {
          totals { kind dependants untold open }
          silent { service code }
          nodes {
            id kind service howMany mustDecide
            proposedSuccessor { name } owner { name }
          }
        } } } }""",
        {"id": global_id("Reorganisation", key("plan"))},
    )
    rehearsal = answer.data["node"]["rehearsal"]
    assert [{"service": "reporting", "code": "upstream.away"}] == rehearsal["silent"]
    assert {"kind": "tip", "dependants": 0, "untold": 1, "open": 1} == rehearsal[
        "totals"
    ][0]
    assert {
        "id": global_id("Dependant", key("Old")),
        "kind": "tip",
        "service": "tips",
        "howMany": None,
        "mustDecide": True,
        "proposedSuccessor": {"name": "First"},
        "owner": {"name": "Above"},
    } == rehearsal["nodes"][0]


async def test_a_group_is_left_to_an_heir_by_its_units_identity(
    officer: Caller, players: Players
) -> None:
    """The decision goes to the registry as the rehearsal has named it."""
    await players.play(
        "registry.reorganisation.decide", lambda _: {"reorganisation_id": key("plan")}
    )
    answer = await officer.ask(
        """mutation M($plan: ID!, $group: ID!, $heir: ID!) {
          reorganisationDecide(input: {
            reorganisationId: $plan, decisions: [
              {kind: "tip", dependantId: $group, successorId: $heir}
            ]
          }) { userErrors { code } }
        }""",
        {
            "plan": global_id("Reorganisation", key("plan")),
            "group": global_id("Dependant", key("Old")),
            "heir": gid("Unit", "First"),
        },
    )
    assert [] == answer.data["reorganisationDecide"]["userErrors"]
    (sent,) = [one for one in players.asked if one.verb.endswith("decide")]
    assert [
        {"kind": "tip", "dependant_id": key("Old"), "successor_id": key("First")}
    ] == sent.body["decisions"]
