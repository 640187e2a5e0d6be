"""Quotas, norms, gaps and consolidation at the gateway: asked and ordered in shape."""

from typing import Any

from tests.gateway.parts import gid, key
from tests.gateway.served import Caller, Players, Refuse

ASKED = """
query Missing($unit: ID!) {
  quotas(unit: {id: $unit}, first: 5, on: "2024-07-01") {
    nodes { unit { id } decisionId number teams allowedMembers actualMembers } }
  quotaDecisions(unit: {id: $unit}, first: 5) { nodes { id state teams } }
  norms(on: "2024-07-01") { norm mark rules { measure steps { start members } } }
  gaps(unit: {id: $unit}, first: 5, withinDays: 30) {
    nodes { unit { id } gaps { kind forceType forceUnit { id } required actual } }
    pageInfo { endCursor } }
}
"""
QUOTA = {
    "id": key("xã"),
    "quota_id": key("q"),
    "number": "1/QĐ-UBND",
    "teams": 4,
    "allowed_members": 12,
    "actual_members": 9,
}
GAP = {
    "kind": "no_leader",
    "force_type": "security_order_team",
    "force_unit_id": key("tổ"),
    "required": 1,
    "actual": 0,
}


async def test_what_is_missing_is_asked_with_the_columns_that_are_selected(
    officer: Caller, players: Players
) -> None:
    """Each list is one question; a commune asked for its id alone costs none."""

    def page(*rows: dict[str, Any]) -> Any:
        return lambda _: {"rows": rows, "has_next": False}

    await players.play("registry.quotas.list", page(QUOTA))
    decision = {"id": key("q"), "state": "issued", "teams": 4}
    await players.play("registry.quota_decisions.list", page(decision))
    norm = {"norm": "n", "mark": "R", "rules": [
        {"measure": "people", "steps": [{"start": 0, "members": 3}]}
    ]}  # fmt: skip
    await players.play("registry.norms.list", page(norm))
    row = {"id": key("xã"), "gaps": [GAP], "cursor": "c"}
    await players.play("registry.gaps.list", page(row))
    answer = await officer.ask(ASKED, {"unit": gid("Unit", "tỉnh")})

    assert {
        "unit": {"id": gid("Unit", "xã")},
        "decisionId": gid("QuotaDecision", "q"),
        "number": "1/QĐ-UBND",
        "teams": 4,
        "allowedMembers": 12,
        "actualMembers": 9,
    } == answer.data["quotas"]["nodes"][0]
    assert gid("QuotaDecision", "q") == answer.data["quotaDecisions"]["nodes"][0]["id"]
    assert "PEOPLE" == answer.data["norms"][0]["rules"][0]["measure"]
    (gap,) = answer.data["gaps"]["nodes"][0]["gaps"]
    assert ("NO_LEADER", gid("ForceUnit", "tổ")) == (
        gap["kind"],
        gap["forceUnit"]["id"],
    )
    assert "c" == answer.data["gaps"]["pageInfo"]["endCursor"]
    bodies = {one.verb: one.body for one in players.asked}
    assert 4 == len(players.asked)
    assert 30 == bodies["registry.gaps.list"]["within_days"]


ORDERED = """
mutation Order($province: ID!, $unit: ID!, $quota: ID!, $old: ID!, $team: ID!,
               $member: ID!, $area: ID!) {
  quotaDraft(input: {province: {id: $province}, effectiveOn: "2024-07-01",
    lines: [{unit: {id: $unit}, teams: 2, members: 6}]})
    { quotaId userErrors { code } }
  quotaPlanReduction(input: {quotaId: $quota, unit: {id: $unit}, teams: 3,
    members: 8, until: "2025-01-01"}) { userErrors { code } }
  forcesConsolidate(input: {unit: {id: $unit}, on: "2024-07-01",
    forceUnitIds: [$old], teams: [{name: "Tổ 1", members: [
      {forceUnitId: $old, memberId: $member, post: LEADER}]}],
    decision: {number: "2/QĐ-UBND", decidedOn: "2024-06-28",
      issuer: COMMUNE_CHAIRMAN}})
    { teams { id } members { fromMemberId memberId forceUnit { id } }
      before { forceType members } after { forceType members }
      selected ceasedByLaw remained userErrors { code } }
  forceUnitAssignAreas(input: {forceUnitId: $team, areaIds: [$area],
    assignedOn: "2024-08-01"}) { forceUnit { id } userErrors { code } }
  forceUnitBeginTerm(input: {forceUnitId: $team, beginsOn: "2024-07-01",
    endsOn: "2029-07-01"}) { forceUnit { id } userErrors { code } }
}
"""


NUMBERS = [{"force_type": "security_order_team", "force_units": 1, "members": 1}]
REPLIES: dict[str, Any] = {
    "registry.quota.draft": {"quota_id": key("q")},
    "registry.quota.plan_reduction": {"quota_id": key("q")},
    "registry.forces.consolidate": {
        "team_ids": [key("tổ")],
        "members": [
            {
                "from_member_id": key("cũ"),
                "member_id": key("mới"),
                "force_unit_id": key("tổ"),
            }
        ],
        "before": [],
        "after": NUMBERS,
        "selected": 1,
        "ceased_by_law": 3,
        "remained": 0,
    },
    "registry.force_unit.assign_areas": {"force_unit_id": key("tổ")},
    "registry.force_unit.begin_term": {"force_unit_id": key("tổ")},
}


async def test_each_command_reaches_its_verb_in_the_words_of_the_contract(
    officer: Caller, players: Players
) -> None:
    """Ids are unpacked, choices are the contract's words, a decision is spelt out."""
    for verb, reply in REPLIES.items():
        await players.play(verb, lambda _, reply=reply: reply)
    answer = await officer.ask(
        ORDERED,
        {
            "province": gid("Unit", "tỉnh"),
            "unit": gid("Unit", "xã"),
            "quota": gid("QuotaDecision", "q"),
            "team": gid("ForceUnit", "tổ"),
            "member": gid("Member", "cũ"),
            "area": gid("ResidentialArea", "thôn"),
            "old": gid("ForceUnit", "cũ"),
        },
    )
    told = answer.data["forcesConsolidate"]
    assert all([] == payload["userErrors"] for payload in answer.data.values())
    assert (1, 3, 0) == (told["selected"], told["ceasedByLaw"], told["remained"])
    assert [{"id": gid("ForceUnit", "tổ")}] == told["teams"]
    assert gid("Member", "cũ") == told["members"][0]["fromMemberId"]
    bodies = {one.verb: one.body for one in players.asked}
    act = bodies["registry.forces.consolidate"]
    assert [{"force_unit_id": key("cũ"), "member_id": key("cũ"), "post": "leader"}] == (
        act["teams"][0]["members"]
    )
    assert "commune_chairman" == act["decision"]["issuer"]
    assert [key("thôn")] == bodies["registry.force_unit.assign_areas"]["area_ids"]
    assert list(REPLIES) == list(bodies)


async def test_a_decision_is_issued_in_the_place_of_another(
    officer: Caller, players: Players
) -> None:
    """Number, day and signer are the contract's own fields."""
    await players.play("registry.quota.issue", lambda _: {"quota_id": key("q")})
    answer = await officer.ask(
        """
        mutation Issue($quota: ID!, $old: ID!) {
          quotaIssue(input: {quotaId: $quota, supersedes: [$old], decision:
            {number: "1/QĐ-UBND", decidedOn: "2024-06-20",
             issuer: PROVINCE_COMMITTEE}}) { quotaId userErrors { code } }
        }""",
        {"quota": gid("QuotaDecision", "q"), "old": gid("QuotaDecision", "o")},
    )
    assert gid("QuotaDecision", "q") == answer.data["quotaIssue"]["quotaId"]
    assert {
        "quota_id": key("q"),
        "supersedes": [key("o")],
        "number": "1/QĐ-UBND",
        "decided_on": "2024-06-20",
        "issuer": "province_committee",
    } == players.asked[0].body


async def test_a_refused_field_of_the_decision_is_told_where_it_was_given(
    officer: Caller, players: Players
) -> None:
    """The contract has the number at the top, the input inside of the decision."""

    def refuse(_: Any) -> Any:
        raise Refuse(422, "invalid", "body.invalid", "$.number")

    await players.play("registry.quota.issue", refuse)
    answer = await officer.ask(
        """
        mutation Issue($quota: ID!) {
          quotaIssue(input: {quotaId: $quota, decision: {number: "1",
            decidedOn: "2024-06-20", issuer: PROVINCE_COMMITTEE}})
            { userErrors { field } }
        }""",
        {"quota": gid("QuotaDecision", "q")},
    )
    assert [{"field": ["input", "decision", "number"]}] == (
        answer.data["quotaIssue"]["userErrors"]
    )
