"""Somebody new whose number is in the register is somebody known."""

from typing import Any
from uuid import uuid4

import httpx2
import pytest
import sqlalchemy as sa

from services.contracts.registry.units import UnitRef
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

OTHER = "Người Thử Nghiệm Khác"


def body(*people: dict[str, Any]) -> dict[str, Any]:
    members = [
        {"full_name": OTHER, "enrolled_on": "2025-09-01", **one} for one in people
    ]
    return {"members": members, "decision": decision("15/QĐ-UBND", "2025-09-01")}


async def entered(
    door: Door, team_id: str, *people: dict[str, Any], **more: Any
) -> httpx2.Response:
    path = f"/force-units/{team_id}/members"
    return await door.post(path, body(*people), **more)


@pytest.mark.parametrize(
    ("number", "kind", "value"),
    [(40, "citizen_id", "086080000040"), (41, "old_id", "330000041")],
)
async def test_a_number_that_is_known_is_told_with_its_bearer(
    registry: Registry, number: int, kind: str, value: str
) -> None:
    """At its place in the list; nobody of the list enters, and no number is told."""
    team_id = await team(registry, number)
    (known,) = await enrolled(registry, team_id, "member", **{kind: value})
    free = {kind: value[:-1] + "9"}
    answer = await entered(officer(registry), team_id, {}, free, {kind: value})
    assert (409, "registry.person.number_known", f"$.members[2].{kind}") == refusal(
        answer
    )
    assert known == answer.json()["params"]["person_id"]
    assert value not in answer.text
    listed = await officer(registry).get("/members", force_unit_ids=[team_id])
    assert 1 == len(listed.json()["force_units"][0]["rows"])
    made = await entered(officer(registry), team_id, {}, free)
    assert 201 == made.status_code, made.text


async def test_the_bearer_comes_by_id_instead(registry: Registry) -> None:
    """What the refusal names is what the next request takes."""
    team_id, value = await team(registry, 42), "086080000042"
    (known,) = await enrolled(registry, team_id, "member", citizen_id=value)
    await act(
        registry, team_id, known, "cessation", ceased_on="2025-08-20",
        ground="own_request", decision=decision("14/QĐ-UBND", "2025-08-20"),
        evidence={"application_on": "2025-08-10"},
    )  # fmt: skip
    refused = await entered(officer(registry), team_id, {"citizen_id": value})
    told = refused.json()["params"]["person_id"]
    again = {"person_id": told, "enrolled_on": "2025-09-01"}
    made = await officer(registry).post(
        f"/force-units/{team_id}/members",
        {"members": [again], "decision": decision("15/QĐ-UBND", "2025-09-01")},
    )
    assert 201 == made.status_code, made.text


async def test_who_is_out_of_reach_stays_unknown(registry: Registry) -> None:
    """An officer of another province learns nothing about whose number it is."""
    value = "086080000043"
    await enrolled(registry, await team(registry, 43), "member", citizen_id=value)
    ha_noi = registry.tree.resolve(UnitRef(code="01"), None)
    ward = min(
        unit.code
        for unit in registry.tree
        if unit.parent_id == ha_noi.id and unit.valid_to is None
    )
    other = registry.caller("officer", unit_roots=(ha_noi.id,))
    made = await other.post(
        "/force-units",
        {
            "force_type": "security_order_team",
            "unit": {"code": ward},
            "established_on": "2025-08-01",
            "name": "Tổ 1",
        },
    )
    assert 201 == made.status_code, made.text
    theirs = made.json()["force_unit_id"]
    answer = await entered(other, theirs, {"citizen_id": value})
    assert 201 == answer.status_code, answer.text


async def test_the_same_key_is_not_told_of_itself(registry: Registry) -> None:
    """What the first request brought does not refuse its repetition."""
    team_id, key = await team(registry, 44), uuid4()
    one = {"citizen_id": "086080000044"}
    first = await entered(officer(registry), team_id, one, key=key)
    again = await entered(officer(registry), team_id, one, key=key)
    assert 201 == first.status_code, first.text
    assert (201, first.json()) == (again.status_code, again.json())


async def test_who_was_merged_is_told_as_the_one_that_counts(
    registry: Registry,
) -> None:
    """The number of the absorbed record leads to the person that is left."""
    team_id, value = await team(registry, 45), "086080000045"
    (stays,) = await enrolled(registry, team_id, "member")
    (goes,) = await enrolled(registry, team_id, "member", citizen_id=value)
    await act(
        registry, team_id, goes, "cessation", ceased_on="2025-08-20",
        ground="own_request", decision=decision("14/QĐ-UBND", "2025-08-20"),
        evidence={"application_on": "2025-08-10"},
    )  # fmt: skip
    keeper = registry.caller(
        "officer",
        unit_roots=(VINH_LONG,),
        scopes=("units:read", "registry:read", "registry:write", "people:write"),
    )
    merged = await keeper.post(f"/people/{stays}/merger", {"other_id": goes})
    assert 200 == merged.status_code, merged.text
    answer = await entered(officer(registry), team_id, {"citizen_id": value})
    assert 409 == answer.status_code
    assert stays == answer.json()["params"]["person_id"]


async def test_a_list_is_looked_for_with_one_statement(registry: Registry) -> None:
    """However many numbers it gives: twenty people cost one look."""
    team_id = await team(registry, 46)
    seen: list[str] = []

    def note(*about: Any) -> None:
        statement = str(about[2])
        if "person_digests" in statement and statement.startswith("SELECT"):
            seen.append(statement)

    engine = registry.runtime.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    people = [{"citizen_id": f"0860800010{n:02}"} for n in range(20)]
    answer = await entered(officer(registry), team_id, *people)
    sa.event.remove(engine, "before_cursor_execute", note)
    assert 201 == answer.status_code, answer.text
    assert 1 == len(seen)
