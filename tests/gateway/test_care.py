"""Credentials, care, ratings and deadlines as the schema shows and orders them."""

from tests.gateway.parts import gid, key, units_by_name
from tests.gateway.served import Caller, Players


async def test_what_is_due_is_a_connection(officer: Caller, players: Players) -> None:
    """With its unit; the question carries what was asked, and the columns needed."""
    row = {
        "id": "claim_payment:x", "kind": "claim_payment", "subject_id": key("c"),
        "unit_id": key("Na Rì"), "due_on": "2025-10-29", "overdue": True,
        "days_overdue": 3, "cursor": "k",
    }  # fmt: skip
    asked: list[object] = []

    def answer(body: dict[str, object]) -> dict[str, object]:
        asked.append(body)
        return {"rows": [row], "has_next": False}

    await players.play("registry.deadlines.list", answer)
    await players.play("registry.units.get", units_by_name("Na Rì"))
    told = await officer.ask(
        """query Q($unit: ID!) {
          deadlines(unit: {id: $unit}, first: 10, onlyOverdue: true,
                    kinds: ["claim_payment"], dueBefore: "2025-11-01") {
            nodes { kind subjectId dueOn overdue daysOverdue unit { name } }
          }
        }""",
        {"unit": gid("Unit", "Bắc Kạn")},
    )
    (node,) = told.data["deadlines"]["nodes"]
    assert ("claim_payment", True, 3, {"name": "Na Rì"}) == (
        node["kind"],
        node["overdue"],
        node["daysOverdue"],
        node["unit"],
    )
    assert [
        {
            "unit": {"id": key("Bắc Kạn")},
            "first": 10,
            "only_overdue": True,
            "kinds": ["claim_payment"],
            "due_before": "2025-11-01",
        }
    ] == asked


async def test_credentials_in_hand_can_be_asked_for_alone(
    officer: Caller, players: Players
) -> None:
    """What HTTP lets one keep, the schema does too."""
    asked: list[object] = []

    def answer(body: dict[str, object]) -> dict[str, object]:
        asked.append(body)
        return {"rows": [], "has_next": False}

    await players.play("registry.credentials.list", answer)
    told = await officer.ask(
        """query Q($unit: ID!) {
          credentials(unit: {id: $unit}, first: 5, onlyHeld: true) { nodes { number } }
        }""",
        {"unit": gid("Unit", "Bắc Kạn")},
    )
    assert [] == told.data["credentials"]["nodes"]
    assert [{"unit": {"id": key("Bắc Kạn")}, "first": 5, "only_held": True}] == asked


async def test_a_claim_is_filed_with_its_papers(
    officer: Caller, players: Players
) -> None:
    """Ids are opened, enums are the contract's words; a refusal is data."""
    asked: list[object] = []

    def answer(body: dict[str, object]) -> dict[str, object]:
        asked.append(body)
        return {"claim_id": key("c"), "state": "filed", "missing": ["receipts"]}

    await players.play("registry.claim.file", answer)
    mutation = """mutation M($member: ID!) {
      claimFile(input: {
        memberId: $member, kind: INJURY, occurredOn: "2025-10-01",
        filedOn: "2025-10-06", items: [{code: "application", receivedOn: "2025-10-06"}],
        idempotencyKey: "6b0c3c6e-8f0e-4c57-9d6a-3d1f5e0c7a84"
      }) { claimId state missing userErrors { code field } }
    }"""
    told = await officer.ask(mutation, {"member": gid("Member", "m")})
    assert {
        "claimId": gid("SupportClaim", "c"),
        "state": "FILED",
        "missing": ["receipts"],
        "userErrors": [],
    } == told.data["claimFile"]
    assert [
        {
            "member_id": key("m"),
            "kind": "injury",
            "occurred_on": "2025-10-01",
            "filed_on": "2025-10-06",
            "items": [{"code": "application", "received_on": "2025-10-06"}],
        }
    ] == asked
    wrong = await officer.ask(mutation, {"member": gid("Unit", "m")})
    (error,) = wrong.data["claimFile"]["userErrors"]
    assert ["input", "memberId"] == error["field"]


async def test_a_rating_is_ordered_for_teams_and_members(
    officer: Caller, players: Players
) -> None:
    """Subjects of both kinds go by their plain ids; what is not said stays out."""
    asked: list[object] = []

    def answer(body: dict[str, object]) -> dict[str, object]:
        asked.append(body)
        return {"round_id": key("r"), "state": "decided"}

    await players.play("registry.rating.decide", answer)
    told = await officer.ask(
        """mutation M($round: ID!, $team: ID!, $member: ID!) {
          ratingDecide(input: {
            roundId: $round, decisionNumber: "7/QĐ-UBND", decidedOn: "2026-11-25",
            subjects: [{id: $team, level: GOOD}, {id: $member, complaint: true}],
            idempotencyKey: "6b0c3c6e-8f0e-4c57-9d6a-3d1f5e0c7a85"
          }) { roundId state userErrors { code } }
        }""",
        {
            "round": gid("RatingRound", "r"),
            "team": gid("ForceUnit", "t"),
            "member": gid("Member", "m"),
        },
    )
    assert ("DECIDED", []) == (
        told.data["ratingDecide"]["state"],
        told.data["ratingDecide"]["userErrors"],
    )
    (body,) = asked
    assert isinstance(body, dict)
    assert [
        {
            "id": key("t"),
            "level": "good",
            "complaint": False,
            "newly_transferred": False,
        },
        {"id": key("m"), "complaint": True, "newly_transferred": False},
    ] == body["subjects"]


async def test_cards_and_results_name_nobody(officer: Caller, players: Players) -> None:
    """Ids say which member or team, the token is passed on as it is."""
    card = {"id": key("m"), "active": True, "day": "2026-11-25", "token": "a.b.c"}
    await players.play("registry.member_cards.get", lambda _: {"rows": [card, None]})
    row = {
        "subject_id": key("t"), "kind": "team", "self_level": "excellent",
        "proposed_level": "good", "level": "good", "not_rated": None,
        "corrected": False, "cursor": "k",
    }  # fmt: skip
    await players.play(
        "registry.rating_results.list", lambda _: {"rows": [row], "has_next": False}
    )
    told = await officer.ask(
        """query Q($ids: [ID!]!, $round: ID!) {
          memberCards(memberIds: $ids) { active day token }
          ratingResults(roundId: $round, first: 10) {
            nodes { subjectId kind selfLevel level notRated }
          }
        }""",
        {
            "ids": [gid("Member", "m"), gid("Member", "n")],
            "round": gid("RatingRound", "r"),
        },
    )
    shown = {"active": True, "day": "2026-11-25", "token": "a.b.c"}
    assert [shown, None] == told.data["memberCards"]
    (node,) = told.data["ratingResults"]["nodes"]
    assert (gid("ForceUnit", "t"), "EXCELLENT", "GOOD", None) == (
        node["subjectId"],
        node["selfLevel"],
        node["level"],
        node["notRated"],
    )
