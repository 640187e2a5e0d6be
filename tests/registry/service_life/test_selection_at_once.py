"""Applicants who are merged or erased while their round goes on, or at that moment."""

from collections.abc import AsyncIterator
from typing import Any, Final

import pytest

from deploy.embedded.issuer import Issuer
from services.chassis.settings import Settings
from tests.registry.at_once import at_once, passed, processes, refused
from tests.registry.conftest import Door, Registry
from tests.registry.service_life.parts import (
    VINH_LONG,
    act,
    decision,
    enrolled,
    officer,
    refusal,
    team,
)
from tests.registry.service_life.test_selection_by_http import (
    DOSSIER,
    PERSON,
    Selection,
    planned,
)

DECIDING: Final = {
    "decision": decision("9/QĐ-UBND", "2026-02-25"),
    "recognised_on": "2026-02-25",
}
RIGHTS: Final = (
    "registry:read", "registry:write", "people:read_full", "people:write",
    "people:erase",
)  # fmt: skip
LATER: Final = decision("80/QĐ-UBND", "2025-12-01")


def keeper(registry: Registry) -> Door:
    return registry.caller("officer", scopes=RIGHTS, unit_roots=(VINH_LONG,))


@pytest.fixture(scope="module")
async def running(
    registry: Registry, settings: Settings, issuer: Issuer
) -> AsyncIterator[list[Registry]]:
    async with processes(registry, settings, issuer) as found:
        yield found


async def left(registry: Registry, number: int) -> str:
    """Give somebody who served in a team and left it."""
    team_id = await team(registry, number)
    person = {name: PERSON[name] for name in PERSON if name != "full_name"}
    (member,) = await enrolled(registry, team_id, "member", **person)
    ended = await act(
        registry, team_id, member, "cessation", ceased_on="2025-12-01",
        ground="own_request", decision=LATER,
        evidence={"application_on": "2025-11-20"},
    )  # fmt: skip
    assert 200 == ended.status_code, ended.text
    return member


async def person_of(one: Selection, application: str) -> str:
    row = await one.view()
    (found,) = [a for a in row["applications"] if a["id"] == application]
    return str(found["person_id"])


async def submitted(one: Selection, *applications: str) -> None:
    await one.until_listed()
    await one.council(dict.fromkeys(applications, 9))
    posts = [{"application_id": each} for each in applications]
    await one.do("submission", submitted_on="2026-02-23", posts=posts)


async def members_of(registry: Registry, team_id: str) -> list[dict[str, Any]]:
    answer = await officer(registry).get("/members", force_unit_ids=[team_id])
    rows: list[dict[str, Any]] = answer.json()["force_units"][0]["rows"]
    return rows


async def test_who_was_found_to_be_somebody_else_is_recognised_as_that_one(
    registry: Registry,
) -> None:
    """The round is not held up; the service belongs to the person that counts."""
    known = await left(registry, 40)
    one = await planned(registry, 41, needed=1)
    await one.until_open()
    application = await one.applied()
    await submitted(one, application)
    applicant = await person_of(one, application)
    merged = await keeper(registry).post(
        f"/people/{known}/merger", {"other_id": applicant}
    )
    assert 200 == merged.status_code, merged.text
    await one.do("decision", **DECIDING)
    (member,) = await members_of(registry, one.team)
    assert known == member["person_id"]


async def test_two_dossiers_of_one_person_make_one_member(registry: Registry) -> None:
    """Recognising both is refused for the second; the other can be taken back."""
    one = await planned(registry, 42)
    await one.until_open()
    first, second = [await one.applied() for _ in range(2)]
    await submitted(one, first, second)
    people = [await person_of(one, each) for each in (first, second)]
    merged = await keeper(registry).post(
        f"/people/{people[0]}/merger", {"other_id": people[1]}
    )
    assert 200 == merged.status_code, merged.text
    twice = await one.try_("decision", **DECIDING)
    code = "registry.person.serves_already"
    assert (409, code, "$.recognised[1]") == refusal(twice)
    assert [] == await members_of(registry, one.team)
    await one.do(f"applications/{second}/withdrawal", withdrawn_on="2026-02-24")
    await one.do("decision", **DECIDING)
    (member,) = await members_of(registry, one.team)
    assert people[0] == member["person_id"]


async def test_two_rounds_recognise_somebody_once(
    registry: Registry, running: list[Registry]
) -> None:
    """Both chairmen sign at the same moment; one of them hears of the other."""
    known = await left(registry, 43)
    rounds = []
    for number in (44, 45):
        one = await planned(registry, number, needed=1)
        await one.until_open()
        application = await one.applied(person=None, person_id=known)
        await submitted(one, application)
        rounds.append(one)
    answers = await at_once(
        registry,
        [known],
        *(
            officer(process).post(f"/selection-rounds/{one.id}/decision", DECIDING)
            for process, one in zip(running, rounds, strict=False)
        ),
    )
    assert 1 == len(passed(answers)), [each.text for each in answers]
    assert {"registry.person.serves_already"} == refused(answers)
    counted = [len(await members_of(registry, one.team)) for one in rounds]
    assert [0, 1] == sorted(counted)


@pytest.mark.parametrize("order", [1, -1], ids=["dossier first", "erasure first"])
async def test_nobody_applies_whose_record_goes(
    registry: Registry, running: list[Registry], order: int
) -> None:
    """A dossier that comes after the erasure is refused; one before it was right."""
    number = 46 if order > 0 else 48
    known = await left(registry, number)
    one = await planned(registry, number + 1, needed=1)
    await one.until_open()
    dossier = {"received_on": "2026-01-15", "dossier": DOSSIER, "person_id": known}
    commands = (
        officer(running[0]).post(f"/selection-rounds/{one.id}/applications", dossier),
        keeper(running[1]).post(f"/people/{known}/erasure", {"ground": "own_request"}),
    )
    answers = await at_once(registry, [known], *commands[::order])
    received, erased = answers[::order]
    assert 200 == erased.status_code, erased.text
    expected = (201, None) if order > 0 else (409, "registry.person.erased")
    assert expected == (
        received.status_code,
        received.json().get("code"),
    )
