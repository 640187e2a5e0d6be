"""Claims for support through the door: steps, clocks, refusals, areas."""

from typing import Any, Final

import pytest

from tests.registry.care.conftest import Communes, Team, refusal

PAPERS: Final = ("application", "receipts", "discharge_paper")


def items(*codes: str, on: str = "2025-10-06") -> list[dict[str, str]]:
    return [{"code": code, "received_on": on} for code in codes]


async def filed(
    communes: Communes, team: Team, *codes: str, **changed: Any
) -> dict[str, Any]:
    body = {
        "member_id": team.members[1],
        "kind": "injury",
        "occurred_on": "2025-10-01",
        "filed_on": "2025-10-06",
        "items": items(*codes),
        **changed,
    }
    return await communes.done("/claims", body)


async def due(communes: Communes, team: Team) -> list[tuple[str, str]]:
    rows = await communes.chased(team.unit)
    return [(row["kind"], row["due_on"]) for row in rows]


async def test_a_claim_goes_from_filing_to_payment(communes: Communes) -> None:
    """Each step closes its clock and begins the next one; the list tells both."""
    team = await communes.team()
    claim = await filed(communes, team, "application")
    path = f"/claims/{claim['claim_id']}"
    assert ["receipts", "discharge_paper"] == claim["missing"]
    assert [("claim_assessment", "2025-10-13")] == await due(communes, team)
    await communes.done(f"{path}/return", {"found_on": "2025-10-07"})
    assert [("claim_completion", "2025-11-06")] == await due(communes, team)
    rest = items("receipts", "discharge_paper", on="2025-10-08")
    await communes.done(
        f"{path}/completion", {"items": rest, "completed_on": "2025-10-08"}
    )
    await communes.done(
        f"{path}/assessment", {"amount": 3_500_000, "assessed_on": "2025-10-10"}
    )
    assert [("claim_decision", "2025-10-17")] == await due(communes, team)
    decision = {
        "amount": 3_000_000,
        "basis": "12/2024/NQ-HĐND",
        "decision_number": "345/QĐ-UBND",
        "approved_on": "2025-10-15",
    }
    await communes.done(f"{path}/approval", decision)
    assert [("claim_payment", "2025-10-29")] == await due(communes, team)
    wrong = {"amount": 3_500_000, "paid_on": "2025-10-20"}
    answer = await communes.officer.post(f"{path}/payment", wrong)
    assert (422, "registry.claim.paid_otherwise", "$.amount") == refusal(answer)
    await communes.done(f"{path}/payment", {**wrong, "amount": 3_000_000})
    assert [] == await due(communes, team)
    (row,) = await communes.rows("/claims", team.unit)
    assert ("paid", 3_000_000, "12/2024/NQ-HĐND", "345/QĐ-UBND", None, []) == tuple(
        row[name]
        for name in (
            "state",
            "amount",
            "basis",
            "decision_number",
            "due_on",
            "missing",
        )
    )


async def test_a_past_day_shows_the_clock_that_ran_then(communes: Communes) -> None:
    """A step that was late stays visible as overdue on the days on which it was."""
    team = await communes.team()
    claim = await filed(communes, team, *PAPERS)
    await communes.done(
        f"/claims/{claim['claim_id']}/assessment",
        {"amount": 1_000_000, "assessed_on": "2025-10-20"},
    )
    (late,) = [
        row
        for row in await communes.chased(team.unit, on="2025-10-15")
        if row["kind"] == "claim_assessment"
    ]
    assert (True, 2) == (late["overdue"], late["days_overdue"])


async def test_a_claim_may_be_refused_or_withdrawn(communes: Communes) -> None:
    """Both are ends: no further step, no clock."""
    team = await communes.team()
    claim = await filed(communes, team, *PAPERS)
    path = f"/claims/{claim['claim_id']}"
    await communes.done(
        f"{path}/assessment", {"amount": 1, "assessed_on": "2025-10-07"}
    )
    no = {
        "ground": "insured",
        "decision_number": "9/QĐ-UBND",
        "refused_on": "2025-10-08",
    }
    assert "refused" == (await communes.done(f"{path}/refusal", no))["state"]
    answer = await communes.officer.post(
        f"{path}/payment", {"amount": 1, "paid_on": "2025-10-09"}
    )
    assert (409, "registry.claim.step_not_possible", None) == refusal(answer)
    second = await filed(communes, team, occurred_on="2025-10-02")
    await communes.done(
        f"/claims/{second['claim_id']}/withdrawal", {"withdrawn_on": "2025-10-07"}
    )
    assert [] == await due(communes, team)
    rows = await communes.rows("/claims", team.unit, state="withdrawn")
    assert [second["claim_id"]] == [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"occurred_on": "2025-07-31", "filed_on": "2025-08-01"},
            (422, "registry.claim.outside_service", "$.occurred_on"),
        ),
        (
            {"filed_on": "2025-09-30"},
            (422, "registry.claim.day_out_of_order", "$.filed_on"),
        ),
        (
            {"filed_on": "2999-01-01"},
            (422, "registry.day_in_future", "$.filed_on"),
        ),
        (
            {"items": items("application", "death_extract")},
            (422, "registry.claim.item_not_asked", "$.items[1].code"),
        ),
        ({"kind": "burnout"}, (422, "body.invalid", "$.kind")),
        ({"diagnosis": "x"}, (422, "body.invalid", "$")),
    ],
)
async def test_a_claim_that_cannot_be_is_refused(
    communes: Communes, changed: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    """Days outside service, papers that nobody asks for, anything medical."""
    team = await communes.team()
    body = {
        "member_id": team.members[1],
        "kind": "injury",
        "occurred_on": "2025-10-01",
        "filed_on": "2025-10-06",
        "items": [],
    }
    answer = await communes.officer.post("/claims", {**body, **changed})
    assert expected == refusal(answer)


async def test_one_occurrence_is_claimed_for_once(communes: Communes) -> None:
    """Under whatever key; an incomplete dossier is not assessed."""
    team = await communes.team()
    claim = await filed(communes, team, "application")
    again = {
        "member_id": team.members[1],
        "kind": "injury",
        "occurred_on": "2025-10-01",
        "filed_on": "2025-10-09",
    }
    answer = await communes.officer.post("/claims", again)
    assert (409, "registry.claim.already_filed", None) == refusal(answer)
    assert claim["claim_id"] == answer.json()["params"]["claim_id"]
    answer = await communes.officer.post(
        f"/claims/{claim['claim_id']}/assessment",
        {"amount": 1, "assessed_on": "2025-10-09"},
    )
    assert (409, "registry.claim.dossier_incomplete", None) == refusal(answer)


async def test_death_on_the_last_day_of_service_is_claimed_for(
    communes: Communes,
) -> None:
    """Who died on duty ceased on that very day; nobody else is covered on it."""
    team = await communes.team()
    await communes.cease(team, team.members[1], "2025-10-01", "death")
    injury = {
        "member_id": team.members[1],
        "kind": "injury",
        "occurred_on": "2025-10-01",
        "filed_on": "2025-10-06",
    }
    answer = await communes.officer.post("/claims", injury)
    assert (422, "registry.claim.outside_service", "$.occurred_on") == refusal(answer)
    claim = await filed(communes, team, "application", kind="death")
    assert ["death_extract"] == claim["missing"]


async def test_claims_and_visits_are_not_for_every_reader_of_rosters(
    communes: Communes,
) -> None:
    """What befell a member is read with a scope of its own, and that alone."""
    rosters = communes.registry.caller("officer", scopes=["registry:read"])
    care = communes.registry.caller("officer", scopes=["care:read"])
    for path in ("/claims", "/visits"):
        refused = await rosters.get(path, unit_code="19")
        assert (403, "auth.scope_missing") == (
            refused.status_code,
            refused.json()["code"],
        )
        assert 200 == (await care.get(path, unit_code="19")).status_code


async def test_another_area_sees_no_claim(communes: Communes) -> None:
    """Neither by filing, nor by a step, nor in the list."""
    team = await communes.team()
    claim = await filed(communes, team, *PAPERS)
    body = {
        "member_id": team.members[0],
        "kind": "injury",
        "occurred_on": "2025-10-01",
        "filed_on": "2025-10-06",
    }
    answer = await communes.stranger.post("/claims", body)
    assert (404, "registry.member.unknown", "$.member_id") == refusal(answer)
    path = f"/claims/{claim['claim_id']}/assessment"
    step = {"amount": 1, "assessed_on": "2025-10-09"}
    answer = await communes.stranger.post(path, step)
    assert (404, "registry.claim.unknown", "$.claim_id") == refusal(answer)
    seen = await communes.stranger.get("/claims", unit_id=team.unit.id)
    assert [] == seen.json()["rows"]


async def test_a_visit_is_owed_and_made(communes: Communes) -> None:
    """Due from the day of the occurrence, apart from any claim."""
    team = await communes.team()
    plan = {
        "member_id": team.members[1],
        "occasion": "accident",
        "occurred_on": "2025-10-01",
    }
    visit = await communes.done("/visits", plan)
    assert [("welfare_visit", "2025-10-08")] == await due(communes, team)
    answer = await communes.officer.post("/visits", plan)
    assert (409, "registry.visit.already_planned", None) == refusal(answer)
    path = f"/visits/{visit['visit_id']}"
    early = {"visited_by": "police", "made_on": "2025-09-30"}
    answer = await communes.officer.post(f"{path}/making", early)
    assert (422, "registry.visit.day_out_of_order", "$.made_on") == refusal(answer)
    await communes.done(f"{path}/making", {**early, "made_on": "2025-10-09"})
    assert [] == await due(communes, team)
    (row,) = await communes.rows("/visits", team.unit)
    assert ("made", "2025-10-09", "police") == (
        row["state"],
        row["made_on"],
        row["visited_by"],
    )
    answer = await communes.officer.post(f"{path}/cancellation", {})
    assert (409, "registry.visit.settled", None) == refusal(answer)


async def test_a_visit_planned_by_mistake_is_not_chased(communes: Communes) -> None:
    """Cancelling drops the deadline; the visit stays in the list as cancelled."""
    team = await communes.team()
    plan = {
        "member_id": team.members[1],
        "occasion": "illness",
        "occurred_on": "2025-10-01",
    }
    denied = await communes.stranger.post("/visits", plan)
    assert (404, "registry.member.unknown", "$.member_id") == refusal(denied)
    visit = await communes.done("/visits", plan)
    path = f"/visits/{visit['visit_id']}/cancellation"
    denied = await communes.stranger.post(path, {})
    assert (404, "registry.visit.unknown", "$.visit_id") == refusal(denied)
    assert "cancelled" == (await communes.done(path, {}))["state"]
    assert [] == await due(communes, team)
    rows = await communes.rows("/visits", team.unit, state="cancelled")
    assert [visit["visit_id"]] == [row["id"] for row in rows]


async def test_rules_tell_their_source_and_certainty(communes: Communes) -> None:
    """What was not found in a text says so."""
    rows = (await communes.officer.get("/care-rules")).json()["rows"]
    assert {"deadline", "dossier", "topic", "rating"} == {r["group"] for r in rows}
    assert {"?"} == {r["mark"] for r in rows if r["group"] == "deadline"}
    assert 7 == sum(r["group"] == "topic" for r in rows)
    assert all(r["source"] for r in rows)
