"""Badges and certificates: numbers, replacement, what has to come back."""

from uuid import uuid4

from tests.registry.care.conftest import Communes, refusal


async def test_a_member_gets_one_badge_of_a_kind(communes: Communes) -> None:
    """The book gives the next number; a second one of the kind is refused."""
    team = await communes.team()
    body = {"member_id": team.members[0], "kind": "badge", "issued_on": "2025-09-01"}
    first = await communes.done("/credentials", body)
    assert 1 == first["number"]
    again = await communes.officer.post("/credentials", body)
    assert (409, "registry.credential.already_held", "$.member_id") == refusal(again)
    other = {**body, "member_id": team.members[1], "number": 40}
    assert 40 == (await communes.done("/credentials", other))["number"]
    third = {**body, "member_id": team.members[2]}
    assert 41 == (await communes.done("/credentials", third))["number"]
    certificate = {**body, "kind": "certificate"}
    assert 1 == (await communes.done("/credentials", certificate))["number"]


async def test_a_number_never_comes_back(communes: Communes) -> None:
    """Neither by issue nor by replacement, and not in another team of the commune."""
    team = await communes.team()
    second = await communes.team(team.unit)
    body = {"kind": "badge", "issued_on": "2025-09-01", "number": 7}
    made = await communes.done("/credentials", {**body, "member_id": team.members[0]})
    path = f"/credentials/{made['credential_id']}"
    lost = {"how": "reissued", "replaced_on": "2025-10-01"}
    new = await communes.done(f"{path}/replacement", lost)
    assert 8 == new["number"]
    taken = await communes.officer.post(
        "/credentials", {**body, "member_id": second.members[0]}
    )
    assert (409, "registry.credential.number_taken", "$.number") == refusal(taken)
    again = await communes.officer.post(f"{path}/replacement", lost)
    assert (409, "registry.credential.ended", None) == refusal(again)
    rows = await communes.rows("/credentials", team.unit)
    assert [(7, "2025-10-01", "reissued"), (8, None, None)] == [
        (row["number"], row["ended_on"], row["ending"]) for row in rows
    ]
    held = await communes.rows("/credentials", team.unit, only_held=True)
    assert [8] == [row["number"] for row in held]


async def test_what_a_ceased_member_holds_has_to_come_back(communes: Communes) -> None:
    """Cessation opens a recovery for each thing in hand; revocation closes it."""
    team = await communes.team()
    member = team.members[1]
    body = {"member_id": member, "issued_on": "2025-09-01"}
    badge = await communes.done("/credentials", {**body, "kind": "badge"})
    await communes.done("/credentials", {**body, "kind": "certificate"})
    emblem = await communes.done("/credentials", {**body, "kind": "emblem"})
    await communes.done(
        f"/credentials/{emblem['credential_id']}/revocation",
        {"ground": "lost", "revoked_on": "2025-09-20"},
    )
    assert [] == await communes.chased(team.unit)
    await communes.cease(team, member, "2025-12-01")
    due = await communes.chased(team.unit)
    assert {("credential_recovery", "2025-12-08")} == {
        (row["kind"], row["due_on"]) for row in due
    }
    assert 2 == len(due)
    await communes.done(
        f"/credentials/{badge['credential_id']}/revocation",
        {"ground": "ceased", "revoked_on": "2025-12-03"},
    )
    (left,) = await communes.chased(team.unit)
    rows = await communes.rows("/credentials", team.unit, member_id=member)
    open_ones = {row["id"]: row["recovery_due_on"] for row in rows}
    assert "2025-12-08" == open_ones[left["subject_id"]]
    assert [None, None] == [
        due for one, due in open_ones.items() if one != left["subject_id"]
    ]


async def test_nobody_is_given_anything_outside_the_service(communes: Communes) -> None:
    """Before the first day, after the last, in the future: refused at the day."""
    team = await communes.team()
    await communes.cease(team, team.members[1], "2025-12-01")
    for member, day, code in (
        (team.members[0], "2025-07-31", "registry.credential.outside_service"),
        (team.members[1], "2025-12-01", "registry.credential.outside_service"),
        (team.members[0], "2999-01-01", "registry.day_in_future"),
    ):
        body = {"member_id": member, "kind": "badge", "issued_on": day}
        answer = await communes.officer.post("/credentials", body)
        assert (422, code, "$.issued_on") == refusal(answer)


async def test_another_area_sees_no_credential(communes: Communes) -> None:
    """Member and credential look absent; the list is empty."""
    team = await communes.team()
    body = {"member_id": team.members[0], "kind": "badge", "issued_on": "2025-09-01"}
    denied = await communes.stranger.post("/credentials", body)
    assert (404, "registry.member.unknown", "$.member_id") == refusal(denied)
    made = await communes.done("/credentials", body)
    revoking = {"ground": "breach", "revoked_on": "2025-09-02"}
    for one in (made["credential_id"], str(uuid4())):
        path = f"/credentials/{one}/revocation"
        denied = await communes.stranger.post(path, revoking)
        assert (404, "registry.credential.unknown", "$.credential_id") == refusal(
            denied
        )
    seen = await communes.stranger.get("/credentials", unit_id=team.unit.id)
    assert [] == seen.json()["rows"]


async def test_the_same_key_gives_one_credential(communes: Communes) -> None:
    """A repeated command answers the first number."""
    team = await communes.team()
    key = uuid4()
    body = {"member_id": team.members[0], "kind": "badge", "issued_on": "2025-09-01"}
    first = await communes.officer.post("/credentials", body, key=key)
    again = await communes.officer.post("/credentials", body, key=key)
    assert (201, first.json()) == (again.status_code, again.json())
    assert "true" == again.headers["Idempotency-Replayed"]
