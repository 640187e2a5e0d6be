"""Commands go to their service under one key; refusals come back as data."""

from typing import Any
from uuid import UUID, uuid4, uuid5

import msgspec
import pytest

from tests.gateway.parts import command_requests, gid, key, session
from tests.gateway.served import Caller, Players, Refuse

HOLD = """
  mutation Hold($input: SessionHoldInput!) {
    sessionHold(input: $input) {
      session { id attendance }
      userErrors { field message messageVi code }
    }
  }
"""


def held(**changes: Any) -> dict[str, Any]:
    return {
        "unit": {"code": "01840"},
        "heldOn": "2023-03-15",
        "kind": "OUTREACH",
        "attendance": 60,
        "organiser": "police",
    } | changes


async def play_hold(players: Players) -> None:
    await players.play(
        "campaigns.session.hold",
        lambda _: {"session_id": key("new"), "attendance": 60, "withdrawn": False},
    )
    await players.play(
        "campaigns.sessions.get", lambda _: {"rows": [session("new", attendance=60)]}
    )


async def test_a_command_reaches_its_service_as_the_contract_says(
    officer: Caller, players: Players
) -> None:
    """Names and codes are the contract's; the object is read back."""
    await play_hold(players)
    answer = await officer.ask(HOLD, {"input": held(venue="Nhà văn hóa")})
    payload = answer.data["sessionHold"]

    assert {"id": gid("Session", "new"), "attendance": 60} == payload["session"]
    assert [] == payload["userErrors"]
    assert {
        "unit": {"code": "01840"},
        "held_on": "2023-03-15",
        "kind": "outreach",
        "attendance": 60,
        "organiser": "police",
        "venue": "Nhà văn hóa",
    } == players.asked[0].body


async def test_a_refusal_is_data_with_a_path_in_the_input(
    officer: Caller, players: Players
) -> None:
    """The caller sees which argument is refused, why, in both languages."""

    def refuse(_: Any) -> Any:
        raise Refuse(422, "invalid", "units.not_valid_on_date", "$.unit.code")

    await players.play("campaigns.session.hold", refuse)
    answer = await officer.ask(HOLD, {"input": held()})
    payload = answer.data["sessionHold"]

    assert payload["session"] is None
    assert [
        {
            "field": ["input", "unit", "code"],
            "message": "Refused.",
            "messageVi": "Bị từ chối.",
            "code": "units.not_valid_on_date",
        }
    ] == payload["userErrors"]


async def test_a_service_that_is_away_is_a_fault_and_no_refusal(
    officer: Caller, players: Players
) -> None:
    """Nobody knows whether the command was carried out: try again under the key."""
    answer = await officer.ask(HOLD, {"input": held()})

    assert {"sessionHold": None} == answer.body["data"]
    assert "UPSTREAM_UNAVAILABLE" == answer.code
    assert answer.error["extensions"]["retryable"] is True


async def test_the_key_of_the_input_goes_before_the_header(
    officer: Caller, players: Players
) -> None:
    """One command, one key: the input's own, else the header's."""
    await play_hold(players)
    own, header = uuid4(), uuid4()
    sent = {"Idempotency-Key": str(header)}
    await officer.ask(HOLD, {"input": held(idempotencyKey=str(own))}, headers=sent)
    await officer.ask(HOLD, {"input": held()}, headers=sent)
    keys = [
        one.headers["Idempotency-Key"]
        for one in players.asked
        if one.verb == "campaigns.session.hold"
    ]

    assert [str(own), str(header)] == keys


async def test_commands_of_one_request_never_share_a_key(
    officer: Caller, players: Players
) -> None:
    """Each takes its own key from the header and its place, the same at a retry."""
    await play_hold(players)
    header = uuid4()
    query = """
      mutation Two($input: SessionHoldInput!) {
        a: sessionHold(input: $input) { userErrors { code } }
        b: sessionHold(input: $input) { userErrors { code } }
      }
    """
    for _ in range(2):
        await officer.ask(
            query, {"input": held()}, headers={"Idempotency-Key": str(header)}
        )
    keys = [UUID(one.headers["Idempotency-Key"]) for one in players.asked]

    assert [uuid5(header, "a"), uuid5(header, "b")] * 2 == keys


@pytest.mark.parametrize("given", [None, "17", "zz"])
async def test_a_command_without_a_key_is_refused(
    given: str | None, officer: Caller, players: Players
) -> None:
    """No key, no command: the service is not even asked."""
    await play_hold(players)
    answer = await officer.send(
        json={"query": HOLD, "variables": {"input": held(idempotencyKey=given)}}
    )
    error = answer.data["sessionHold"]["userErrors"][0]

    assert "gateway.idempotency_key.invalid" == error["code"]
    assert ["input", "idempotencyKey"] == error["field"]
    assert [] == players.asked


async def test_a_bad_header_key_is_the_requests_mistake(officer: Caller) -> None:
    """A header that is no UUID is refused with the request."""
    answer = await officer.ask(
        HOLD, {"input": held()}, headers={"Idempotency-Key": "17"}
    )

    assert (400, "BAD_IDEMPOTENCY_KEY") == (answer.status, answer.code)


async def test_an_id_of_another_type_is_refused_as_data(
    officer: Caller, players: Players
) -> None:
    """A unit is no campaign, and the caller learns at which argument."""
    await play_hold(players)
    answer = await officer.ask(HOLD, {"input": held(campaignId=gid("Unit", "Bắc Kạn"))})
    error = answer.data["sessionHold"]["userErrors"][0]

    assert "gateway.id.invalid" == error["code"]
    assert ["input", "campaignId"] == error["field"]


async def test_a_unit_is_named_in_exactly_one_way(officer: Caller) -> None:
    """Both id and code at once are refused, however they are written."""
    units = 'forceUnits(unit: {id: "a", code: "b"}, first: 1) { nodes { id } }'
    mixed = units.replace('"a"', "$a").replace('"b"', "$b")
    asked = (
        (HOLD, {"input": held(unit={"code": "06", "id": gid("Unit", "x")})}),
        ("{ " + units + " }", None),
        ("query Q($a: ID!, $b: String!) { " + mixed + " }", {"a": "a", "b": "b"}),
        ("{ forceUnits(unit: {code: null}, first: 1) { nodes { id } } }", None),
    )
    for query, variables in asked:
        answer = await officer.ask(query, variables)
        assert answer.code in {"BAD_REQUEST", "GRAPHQL_VALIDATION_FAILED"}, query


EVERY_OTHER = """
  mutation All($unit: ID!, $session: ID!, $model: ID!,
               $point: ID!, $force: ID!, $member: ID!) {
    campaignOpen(input: {unit: {id: $unit}, name: "Đợt", startsOn: "2023-01-01",
      endsOn: "2023-02-01", organiser: "police"}) { userErrors { code } }
    sessionCorrect(input: {sessionId: $session, attendance: 5,
      reason: MISCOUNTED}) { userErrors { code } }
    sessionWithdraw(input: {sessionId: $session, reason: NOT_HELD})
      { userErrors { code } }
    modelLaunch(input: {unit: {code: "06"}, name: "Ba không", keeper: "mttq",
      fields: [CRIME_PREVENTION], launchedOn: "2023-01-01"}) { userErrors { code } }
    modelEnd(input: {modelId: $model, endedOn: "2023-01-01"})
      { userErrors { code } }
    modelPointOpen(input: {modelId: $model, unit: {code: "01840"},
      openedOn: "2023-01-01"}) { userErrors { code } }
    modelPointClose(input: {modelPointId: $point, closedOn: "2023-01-01"})
      { userErrors { code } }
    forceUnitEstablish(input: {forceType: NEIGHBOURHOOD_GUARD_BOARD,
      unit: {code: "01840"}, establishedOn: "2020-01-01"}) { userErrors { code } }
    forceUnitDisband(input: {forceUnitId: $force, disbandedOn: "2024-07-01"})
      { userErrors { code } }
    forceUnitReportHeadcount(input: {forceUnitId: $force, countedOn: "2024-07-01",
      members: 12}) { userErrors { code } }
    memberEnrol(input: {forceUnitId: $force, members: [
      {fullName: "Người Thử Nghiệm", enrolledOn: "2020-01-01"}]})
      { memberIds userErrors { code } }
    memberCease(input: {forceUnitId: $force, memberId: $member,
      ceasedOn: "2023-01-01", ground: HEALTH}) { memberIds userErrors { code } }
    memberWithdrawEnrolment(input: {forceUnitId: $force, memberId: $member,
      reason: ENTERED_TWICE}) { memberIds userErrors { code } }
    reportDraft(input: {unitId: $unit, period: {year: 2023}})
      { userErrors { code } }
  }
"""
REPLIES = {
    "campaigns.campaign.open": {"campaign_id": key("x")},
    "campaigns.session.correct": {"session_id": key("x"), "attendance": 5},
    "campaigns.session.withdraw": {"session_id": key("x"), "attendance": 5},
    "campaigns.model.launch": {"model_id": key("x")},
    "campaigns.model.end": {"model_id": key("x")},
    "campaigns.model_point.open": {"point_id": key("x")},
    "campaigns.model_point.close": {"point_id": key("x")},
    "registry.force_unit.establish": {"force_unit_id": key("x")},
    "registry.force_unit.disband": {"force_unit_id": key("x")},
    "registry.force_unit.report_headcount": {"force_unit_id": key("x")},
    "registry.member.enrol": {"member_ids": [key("m")]},
    "registry.member.cease": {"member_id": key("m")},
    "registry.member.withdraw_enrolment": {"member_id": key("m")},
    "reporting.report.draft": {"report_id": key("x")},
}


async def test_every_other_command_reaches_its_verb(
    officer: Caller, players: Players
) -> None:
    """Each mutation of the schema puts its contract's question."""
    for verb, reply in REPLIES.items():
        await players.play(verb, lambda _, reply=reply: reply)
    names = ["unit", "session", "model", "point", "force", "member"]
    types = [
        "Unit",
        "Session",
        "Model",
        "ModelPoint",
        "ForceUnit",
        "Member",
    ]
    variables = {
        name: gid(typename, "x") for name, typename in zip(names, types, strict=True)
    }
    answer = await officer.ask(EVERY_OTHER, variables)

    assert all([] == payload["userErrors"] for payload in answer.data.values())
    assert list(REPLIES) == [one.verb for one in players.asked]
    assert [gid("Member", "m")] == answer.data["memberEnrol"]["memberIds"]
    assert key("x") == players.asked[0].body["unit"]["id"]
    for one in players.asked:
        msgspec.convert(one.body, command_requests()[one.verb])
