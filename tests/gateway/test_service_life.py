"""Members' lives and selection rounds as the schema shows and orders them."""

from typing import Any

import msgspec
import pytest

from services.contracts.registry.members import EnrolMembers
from tests.gateway.parts import command_requests, gid, key
from tests.gateway.served import Caller, Players

DECISION = '{number: "12/QĐ-UBND", decidedOn: "2025-08-01", issuer: COMMUNE_CHAIRMAN}'
MEMBER = "forceUnitId: $force, memberId: $member"
STEPS = {
    "registry.member.change_post": f"""memberChangePost(input: {{{MEMBER},
      post: DEPUTY, changedOn: "2025-09-01", decision: {DECISION},
      expectedVersion: 1}}) {{ memberId version userErrors {{ code }} }}""",
    "registry.member.suspend": f"""memberSuspend(input: {{{MEMBER},
      suspendedOn: "2025-09-01", decision: {DECISION}}})
      {{ version userErrors {{ code }} }}""",
    "registry.member.resume": f"""memberResume(input: {{{MEMBER},
      resumedOn: "2025-09-01", decision: {DECISION}}})
      {{ version userErrors {{ code }} }}""",
    "registry.member.propose_cessation": f"""cessationPropose(input: {{{MEMBER},
      ground: BREACH, proposedOn: "2025-09-01",
      evidence: {{refusedOn: ["2025-08-01", "2025-08-20"]}}}})
      {{ dueOn userErrors {{ code }} }}""",
    "registry.member.report_cessation": f"""cessationReport(input: {{{MEMBER},
      reportedOn: "2025-09-01"}}) {{ dueOn userErrors {{ code }} }}""",
    "registry.member.drop_cessation": f"""cessationDrop(input: {{{MEMBER},
      droppedOn: "2025-09-01", reason: WITHDRAWN}}) {{ userErrors {{ code }} }}""",
    "registry.force_unit.post_decision": """decisionPost(input: {forceUnitId: $force,
      number: "12/QĐ-UBND", decidedOn: "2025-08-01", place: CULTURE_HOUSE,
      postedOn: "2025-08-04"}) { userErrors { code } }""",
    "registry.selection.plan": """selectionPlan(input: {forceUnitId: $force,
      needed: 2, plannedOn: "2026-01-05", receiveFrom: "2026-01-12",
      receiveUntil: "2026-01-30", meetingOn: "2026-02-10"})
      { roundId state userErrors { code } }""",
    "registry.selection.approve": f"""selectionApprove(input: {{roundId: $round,
      decision: {DECISION}}}) {{ state userErrors {{ code }} }}""",
    "registry.selection.open": """selectionOpen(input: {roundId: $round,
      place: CULTURE_HOUSE, postedOn: "2026-01-09"}) { userErrors { code } }""",
    "registry.selection.receive": """applicationReceive(input: {roundId: $round,
      receivedOn: "2026-01-15", person: {fullName: "Người Thử"},
      dossier: {missing: [HEALTH_CERTIFICATE], conditions: {background:
        {result: MET, unitId: $unit, checkedOn: "2026-01-10"}}}})
      { applicationId userErrors { code } }""",
    "registry.selection.check": """applicationCheck(input: {roundId: $round,
      applicationId: $application, checkedOn: "2026-01-15", dossier: {}})
      { userErrors { code } }""",
    "registry.selection.withdraw": """applicationWithdraw(input: {roundId: $round,
      applicationId: $application, withdrawnOn: "2026-01-15"})
      { userErrors { code } }""",
    "registry.selection.propose_directly": """selectionProposeDirectly(input: {
      roundId: $round, fromForceUnitId: $force, memberId: $member,
      proposedOn: "2026-01-15", dossier: {}}) { userErrors { code } }""",
    "registry.selection.close": """selectionClose(input: {roundId: $round,
      closedOn: "2026-01-30"}) { userErrors { code } }""",
    "registry.selection.post_list": """selectionPostList(input: {roundId: $round,
      place: COMMITTEE_OFFICE, postedOn: "2026-02-02"}) { userErrors { code } }""",
    "registry.selection.hold_council": f"""selectionHoldCouncil(input: {{
      roundId: $round, metOn: "2026-02-10", present: 9,
      votes: [{{applicationId: $application, votes: 7}}],
      tie: {{chosen: [$application], decision: {DECISION}}}}})
      {{ dueOn userErrors {{ code }} }}""",
    "registry.selection.submit": """selectionSubmit(input: {roundId: $round,
      submittedOn: "2026-02-20", posts: [{applicationId: $application, post: LEADER}]})
      { userErrors { code } }""",
    "registry.selection.decide": f"""selectionDecide(input: {{roundId: $round,
      decision: {DECISION}, recognisedOn: "2026-03-01"}})
      {{ roundId memberIds userErrors {{ code }} }}""",
    "registry.selection.cancel": """selectionCancel(input: {roundId: $round,
      cancelledOn: "2026-02-11", reason: PLAN_CHANGED}) { userErrors { code } }""",
}
TYPES = {
    "force": "ForceUnit",
    "member": "Member",
    "round": "SelectionRound",
    "application": "SelectionApplication",
    "unit": "Unit",
}
REPLY: dict[str, Any] = {
    "member_id": key("x"), "version": 2, "cessation_id": key("x"),
    "due_on": "2026-02-24", "force_unit_id": key("x"), "round_id": key("x"),
    "application_id": key("x"), "state": "open",
    "recognised": [{"application_id": key("x"), "member_id": key("m")}],
}  # fmt: skip


@pytest.mark.parametrize("verb", STEPS)
async def test_every_step_reaches_its_verb(
    officer: Caller, players: Players, verb: str
) -> None:
    """Ids are opened, enums are words, and the body is what the contract takes."""
    await players.play(verb, lambda _: REPLY)
    used = [name for name in TYPES if f"${name}" in STEPS[verb]]
    head = ", ".join(f"${name}: ID!" for name in used)
    answer = await officer.ask(
        f"mutation M({head}) {{ {STEPS[verb]} }}",
        {name: gid(TYPES[name], "x") for name in used},
    )
    (payload,) = answer.data.values()
    assert [] == payload["userErrors"]
    (asked,) = players.asked
    assert verb == asked.verb
    msgspec.convert(asked.body, command_requests()[verb])
    for name in ("round_id", "force_unit_id", "member_id", "application_id"):
        assert asked.body.get(name, key("x")) == key("x")


async def test_a_decision_names_the_new_members(
    officer: Caller, players: Players
) -> None:
    """Memberships come back as ids that the schema knows."""
    await players.play("registry.selection.decide", lambda _: REPLY)
    step = STEPS["registry.selection.decide"]
    answer = await officer.ask(
        f"mutation M($round: ID!) {{ {step} }}", {"round": gid("SelectionRound", "x")}
    )
    told = answer.data["selectionDecide"]
    assert [gid("Member", "m")] == told["memberIds"]
    assert gid("SelectionRound", "x") == told["roundId"]


async def test_people_are_enrolled_with_their_papers(
    officer: Caller, players: Players
) -> None:
    """Who it is, the decision and the conditions go to the registry as they come."""
    await players.play("registry.member.enrol", lambda _: {"member_ids": [key("m")]})
    mutation = f"""mutation M($force: ID!, $person: ID!, $unit: ID!) {{
      memberEnrol(input: {{forceUnitId: $force, decision: {DECISION}, members: [
        {{personId: $person, enrolledOn: "2025-08-01"}},
        {{fullName: "Người Thử", birthDate: "1990-05-01", schoolLevel: PRIMARY,
          enrolledOn: "2025-08-01", conditions: {{areaCategory: ISLAND,
          healthCertifiedOn: "2025-07-01", background: {{result: MET, unitId: $unit,
          checkedOn: "2025-07-02"}}}}}}]}}) {{ memberIds userErrors {{ code }} }} }}"""
    ids = {
        "force": gid("ForceUnit", "x"),
        "person": gid("Person", "p"),
        "unit": gid("Unit", "u"),
    }
    answer = await officer.ask(mutation, ids)
    assert [] == answer.data["memberEnrol"]["userErrors"]
    body = msgspec.convert(players.asked[0].body, EnrolMembers)
    known, new = body.members
    assert (key("p"), None) == (str(known.person_id), known.full_name)
    assert new.conditions is not None
    assert ("island", "12/QĐ-UBND") == (
        new.conditions.area_category,
        body.decision and body.decision.number,
    )


async def test_a_history_tells_each_decision(officer: Caller, players: Players) -> None:
    """Facts in order, with the paper and whether it was posted."""
    fact = {
        "member_id": key("m"), "version": 1, "what": "enrolled", "post": "leader",
        "effective_on": "2025-08-01", "ground": None, "posted_on": None,
        "decision_number": "12/QĐ-UBND", "decided_on": "2025-08-01",
        "issuer": "commune_chairman", "posted_at": None, "complete": False,
    }  # fmt: skip
    await players.play(
        "registry.members.history",
        lambda _: {"members": [{"id": key("m"), "rows": [fact]}]},
    )
    answer = await officer.ask(
        """query Q($member: ID!) { memberHistories(memberIds: [$member]) {
          memberId facts { version what post decisionNumber issuer complete } } }""",
        {"member": gid("Member", "m")},
    )
    (told,) = answer.data["memberHistories"]
    assert gid("Member", "m") == told["memberId"]
    assert [
        {
            "version": 1,
            "what": "enrolled",
            "post": "LEADER",
            "decisionNumber": "12/QĐ-UBND",
            "issuer": "COMMUNE_CHAIRMAN",
            "complete": False,
        }
    ] == told["facts"]


async def test_a_chased_decision_is_found_by_its_id(
    officer: Caller, players: Players
) -> None:
    """The number and the day say which paper is to be posted; a stranger's is null."""
    row = {
        "id": key("d"), "force_unit_id": key("f"), "unit_id": key("u"),
        "number": "12/QĐ-UBND", "decided_on": "2025-08-01", "posted_at": None,
        "issuer": "commune_chairman", "post_by": "2025-08-08", "posted_on": None,
    }  # fmt: skip
    await players.play("registry.member_decisions.get", lambda _: {"rows": [row, None]})
    answer = await officer.ask(
        """query Q($ids: [ID!]!) { memberDecisions(subjectIds: $ids) {
          subjectId number decidedOn issuer postBy postedOn postedAt } }""",
        {"ids": [key("d"), key("e")]},
    )
    assert [
        {
            "subjectId": key("d"),
            "number": "12/QĐ-UBND",
            "decidedOn": "2025-08-01",
            "issuer": "COMMUNE_CHAIRMAN",
            "postBy": "2025-08-08",
            "postedOn": None,
            "postedAt": None,
        },
        None,
    ] == answer.data["memberDecisions"]
    assert {"ids": [key("d"), key("e")]} == players.asked[-1].body


async def test_rounds_are_a_connection_with_clocks(
    officer: Caller, players: Players
) -> None:
    """Steps, clocks and applications come with the row, by the columns selected."""
    row = {
        "id": key("x"), "state": "council_met", "needed": 2, "cursor": "k",
        "clocks": [{"step": "submitted", "due_on": "2026-02-24", "clock": "overdue",
                    "days_late": 3}],
        "applications": [{"id": key("a"), "person_id": key("p"), "state": "passed",
                          "missing": [], "direct": False, "votes": 7, "post": None,
                          "member_id": None}],
    }  # fmt: skip
    await players.play(
        "registry.selection_rounds.list", lambda _: {"rows": [row], "has_next": False}
    )
    answer = await officer.ask(
        """query Q($unit: ID!) {
          selectionRounds(unit: {id: $unit}, first: 5, state: COUNCIL_MET) { nodes {
            id state needed clocks { step clock daysLate }
            applications { id personId votes memberId } } } }""",
        {"unit": gid("Unit", "Bắc Kạn")},
    )
    (node,) = answer.data["selectionRounds"]["nodes"]
    assert (gid("SelectionRound", "x"), "COUNCIL_MET") == (node["id"], node["state"])
    assert [{"step": "SUBMITTED", "clock": "OVERDUE", "daysLate": 3}] == node["clocks"]
    assert [
        {
            "id": gid("SelectionApplication", "a"),
            "personId": gid("Person", "p"),
            "votes": 7,
            "memberId": None,
        }
    ] == node["applications"]
    assert "council_met" == players.asked[0].body["state"]
