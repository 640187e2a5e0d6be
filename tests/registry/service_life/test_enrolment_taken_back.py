"""An enrolment that was entered by mistake has never been, and comes again."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
import sqlalchemy as sa

from services.chassis.schemas import rebuild_read_schema
from services.contracts.registry.units import UnitRef
from services.registry.person_vault import EXTRA
from services.registry.read_models.deadlines import DEADLINES
from services.registry.read_models.decision_tables import DECISIONS
from services.registry.read_models.tables import MEMBERS
from tests.registry.conftest import Door, Registry
from tests.registry.service_life.parts import (
    NAME,
    act,
    commune,
    decision,
    enrolled,
    history,
    officer,
    refusal,
    team,
)

ON = date(2025, 10, 1)
LATER = decision("80/QĐ-UBND", "2025-09-01")


async def taken_back(
    door: Door, team_id: str, member_id: str, key: UUID | None = None
) -> httpx2.Response:
    path = f"/force-units/{team_id}/members/{member_id}/enrolment-withdrawal"
    return await door.post(path, {"reason": "entered_wrongly"}, key=key)


async def strength(registry: Registry, number: int) -> int:
    unit = registry.tree.resolve(UnitRef(code=commune(registry, number)), ON)
    answer = await officer(registry).get("/strength", ids=[str(unit.id)], on=str(ON))
    return sum(row["members"] for row in answer.json()["rows"])


async def chased(registry: Registry, number: int) -> list[Any]:
    answer = await officer(registry).get(
        "/deadlines", unit_code=commune(registry, number), on="2026-01-05"
    )
    rows: list[Any] = answer.json()["rows"]
    return rows


async def listed(registry: Registry, team_id: str) -> list[Any]:
    answer = await officer(registry).get("/members", force_unit_ids=[team_id])
    rows: list[Any] = answer.json()["force_units"][0]["rows"]
    return rows


def records(registry: Registry, *people: str) -> int:
    vault = registry.runtime.extras[EXTRA]
    with registry.runtime.engine.connect() as conn:
        return len(vault.records(conn, [UUID(one) for one in people]))


async def test_it_has_never_been_and_may_be_entered_again(registry: Registry) -> None:
    """List, strength, deadline and record go; the same person comes anew."""
    team_id = await team(registry, 30)
    number = "086080000017"
    (wrong,) = await enrolled(registry, team_id, "leader", citizen_id=number)
    assert 1 == await strength(registry, 30)
    assert 1 == len(await chased(registry, 30))
    answer = await taken_back(officer(registry), team_id, wrong)
    assert (200, {"member_id": wrong}) == (answer.status_code, answer.json())
    assert ([], [], 0) == (
        await listed(registry, team_id),
        await chased(registry, 30),
        await strength(registry, 30),
    )
    assert 0 == records(registry, wrong)
    (right,) = await enrolled(registry, team_id, "leader", citizen_id=number)
    assert [right] == [row["id"] for row in await listed(registry, team_id)]
    assert (1, 1) == (records(registry, right), await strength(registry, 30))


async def test_the_same_key_answers_the_same(registry: Registry) -> None:
    """With another key there is nobody any more."""
    team_id, key = await team(registry, 31), uuid4()
    (member,) = await enrolled(registry, team_id, "member")
    first = await taken_back(officer(registry), team_id, member, key)
    again = await taken_back(officer(registry), team_id, member, key)
    assert first.json() == again.json()
    assert "true" == again.headers["Idempotency-Replayed"]
    other = await taken_back(officer(registry), team_id, member)
    assert (404, "registry.member.unknown", "$.member_id") == refusal(other)


@pytest.mark.parametrize(
    ("number", "step", "body"),
    [
        (32, "suspension", {"suspended_on": "2025-10-01", "decision": LATER}),
        (33, "post", {"post": "deputy", "changed_on": "2025-10-01", "decision": LATER}),
        (34, "cessation/proposal", {
            "ground": "own_request", "proposed_on": "2025-10-01",
            "evidence": {"application_on": "2025-10-01"}}),
    ],
)  # fmt: skip
async def test_later_facts_refuse_it(
    registry: Registry, number: int, step: str, body: dict[str, Any]
) -> None:
    """A changed or resting member, and one whose end is proposed, stays."""
    team_id = await team(registry, number)
    (member,) = await enrolled(registry, team_id, "member")
    done = await act(registry, team_id, member, step, **body)
    assert 200 == done.status_code, done.text
    answer = await taken_back(officer(registry), team_id, member)
    assert (409, "registry.member.has_later_facts", "$.member_id") == refusal(answer)
    assert [member] == [row["id"] for row in await listed(registry, team_id)]
    assert 1 == records(registry, member)


async def test_who_has_a_credential_stays(registry: Registry) -> None:
    """What names the member elsewhere is a later fact too."""
    team_id = await team(registry, 35)
    (member,) = await enrolled(registry, team_id, "member")
    issued = await officer(registry).post(
        "/credentials",
        {"member_id": member, "kind": "badge", "issued_on": "2025-09-01"},
    )
    assert 201 == issued.status_code, issued.text
    answer = await taken_back(officer(registry), team_id, member)
    assert (409, "registry.member.has_later_facts", "$.member_id") == refusal(answer)


async def test_another_area_looks_absent(registry: Registry) -> None:
    """An officer of Hà Nội learns nothing and takes nothing back."""
    team_id = await team(registry, 36)
    (member,) = await enrolled(registry, team_id, "member")
    ha_noi = registry.tree.resolve(UnitRef(code="01"), None).id
    other = registry.caller("officer", unit_roots=(ha_noi,))
    answer = await taken_back(other, team_id, member)
    assert (404, "registry.force_unit.unknown", "$.force_unit_id") == refusal(answer)
    assert 1 == len(await history(registry, member))


async def test_who_was_known_before_keeps_the_record(registry: Registry) -> None:
    """A second service is taken back alone, and frees the person for another."""
    team_id, other_id = await team(registry, 37), await team(registry, 38)
    (first,) = await enrolled(registry, team_id, "member")
    ended = await act(
        registry, team_id, first, "cessation", ceased_on="2025-10-01",
        ground="own_request", decision=LATER,
        evidence={"application_on": "2025-09-20"},
    )  # fmt: skip
    assert 200 == ended.status_code, ended.text
    again = {
        "members": [{"person_id": first, "enrolled_on": "2025-11-03"}],
        "decision": decision("90/QĐ-UBND", "2025-11-03"),
    }
    path = f"/force-units/{other_id}/members"
    for _ in range(2):
        made = await officer(registry).post(path, again)
        assert 201 == made.status_code, made.text
        (second,) = made.json()["member_ids"]
        answer = await taken_back(officer(registry), other_id, second)
        assert 200 == answer.status_code, answer.text
    assert 1 == records(registry, first)
    # The first service has later facts, and stays.
    assert 409 == (await taken_back(officer(registry), team_id, first)).status_code


async def test_it_reads_the_same_when_built_anew(registry: Registry) -> None:
    """Members, decisions and deadlines, with an enrolment taken back among them."""
    team_id = await team(registry, 39)
    stays, goes = await enrolled(registry, team_id, "leader", "member")
    assert 200 == (await taken_back(officer(registry), team_id, goes)).status_code

    def content() -> list[list[str]]:
        with registry.runtime.engine.connect() as conn:
            return [
                sorted(map(str, conn.execute(sa.select(table))))
                for table in (MEMBERS, DECISIONS, DEADLINES)
            ]

    before = content()
    assert stays in "".join(before[0]) or UUID(stays).hex in "".join(before[0])
    rebuild_read_schema(registry.runtime)
    assert before == content()


async def test_a_reason_is_of_the_closed_list(registry: Registry) -> None:
    """Nobody types why; what is wrong about the names stays out of the log."""
    team_id = await team(registry, 29)
    (member,) = await enrolled(registry, team_id, "member")
    path = f"/force-units/{team_id}/members/{member}/enrolment-withdrawal"
    for body in ({}, {"reason": NAME}):
        answer = await officer(registry).post(path, body)
        assert 422 == answer.status_code
