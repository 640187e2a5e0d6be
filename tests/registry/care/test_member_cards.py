"""The member card: verified offline by signature, live at the check door, nameless."""

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from services.chassis.clock import local_today
from tests.registry.care.conftest import Communes, Team


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


async def card_of(communes: Communes, team: Team, number: int = 0) -> dict[str, Any]:
    wanted = [team.members[number]]
    answer = await communes.officer.get("/member-cards", ids=wanted)
    assert 200 == answer.status_code, answer.text
    (row,) = answer.json()["rows"]
    found: dict[str, Any] = row
    return found


async def shown(communes: Communes, token: str) -> dict[str, Any]:
    door = communes.registry.stranger
    answer = await door.post("/member-cards/check", {"token": token})
    assert 200 == answer.status_code, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_anybody_verifies_a_card_without_us(communes: Communes) -> None:
    """The published key and the token are enough; nothing in it tells who it is."""
    team = await communes.team()
    card = await card_of(communes, team)
    keys = (await communes.registry.stranger.get("/member-cards/keys")).json()["keys"]
    head, body, signature = card["token"].split(".")
    public = Ed25519PublicKey.from_public_bytes(raw(keys[0]["x"]))
    public.verify(raw(signature), f"{head}.{body}".encode())
    said = json.loads(raw(body))
    assert {"unit", "day", "active", "ref"} == set(said)
    assert (str(team.unit.id), local_today().isoformat(), True) == (
        said["unit"],
        said["day"],
        said["active"],
    )
    assert keys[0]["kid"] == json.loads(raw(head))["kid"]
    assert team.members[0] not in raw(body).decode()
    forged = json.dumps({**said, "day": "2099-01-01"}).encode()
    try:
        public.verify(raw(signature), head.encode() + b"." + forged)
    except InvalidSignature:
        return
    raise AssertionError("a forged card passed")


async def test_two_cards_of_one_member_cannot_be_linked(communes: Communes) -> None:
    """Each signing seals the reference anew."""
    team = await communes.team()
    first, second = await card_of(communes, team), await card_of(communes, team)
    refs = {
        json.loads(raw(one["token"].split(".")[1]))["ref"] for one in (first, second)
    }
    assert 2 == len(refs)


async def test_the_check_tells_yes_while_the_service_goes_on(
    communes: Communes,
) -> None:
    """A card signed in the morning says no after the cessation of the same day."""
    team = await communes.team()
    card = await card_of(communes, team)
    unit, today = str(team.unit.id), local_today().isoformat()
    assert {"active": True, "unit_id": unit, "day": today} == await shown(
        communes, card["token"]
    )
    await communes.cease(team, team.members[0], today)
    assert {"active": False, "unit_id": unit, "day": today} == await shown(
        communes, card["token"]
    )
    assert (await card_of(communes, team))["active"] is False


async def test_a_card_of_another_hand_says_no(communes: Communes) -> None:
    """Altered, cut or foreign tokens are no cards, and no reason is given."""
    team = await communes.team()
    token = (await card_of(communes, team))["token"]
    head, body, signature = token.split(".")
    foreign = communes.registry.issuer.token("officer")
    for one in (f"{head}.{body[:-4]}AAAA.{signature}", head, foreign[:600], "x.y.z"):
        assert {"active": False, "unit_id": None, "day": None} == await shown(
            communes, one
        )


async def test_only_an_officer_of_the_area_gets_cards(communes: Communes) -> None:
    """Others see nothing; readers may not sign."""
    team = await communes.team()
    other = await communes.stranger.get("/member-cards", ids=[team.members[0]])
    assert [None] == other.json()["rows"]
    reader = communes.registry.caller("agency")
    answer = await reader.get("/member-cards", ids=[team.members[0]])
    assert 403 == answer.status_code


async def test_who_rests_has_no_active_card(communes: Communes) -> None:
    """A suspension stops the card on its day, also one that was signed before."""
    team = await communes.team()
    card = await card_of(communes, team)
    today = local_today().isoformat()
    decision = {
        "number": "3/QĐ-UBND",
        "decided_on": today,
        "issuer": "commune_chairman",
    }
    await communes.done(
        f"/force-units/{team.id}/members/{team.members[0]}/suspension",
        {"suspended_on": today, "decision": decision},
    )
    assert (await shown(communes, card["token"]))["active"] is False
    assert (await card_of(communes, team))["active"] is False
