"""Committees, partners and programmes through the HTTP door."""

from typing import Any, Final
from uuid import UUID, uuid4

import pytest

from deploy.embedded.issuer import COUNTRY
from services.contracts.registry.units import unit_id
from services.registry.read_models.programmes import PROGRAMMES, ProgrammesReadModel
from services.registry.read_models.steering_committees import (
    COMPOSITIONS,
    SteeringCommitteesReadModel,
)
from tests.registry.conftest import Registry
from tests.registry.doors.parts import live_and_rebuilt

LANG_SON: Final = unit_id("province", "20", None)


def composition(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Ban Chỉ đạo 138",
        "standing_body": "commune_police",
        "seats": [
            {"post": "head", "office": "committee_chairman"},
            {"post": "standing_deputy", "office": "police_head"},
            {"post": "member", "office": "front_chairman"},
        ],
        "effective_on": "2025-08-01",
        "number": "12/QĐ-UBND",
        "decided_on": "2025-07-30",
        "issuer": "committee_chairman",
    } | changes


@pytest.fixture(scope="module")
async def committee(registry: Registry) -> str:
    """Give a committee with two compositions and an end."""
    made = await registry.officer.post(
        "/steering-committees", {"unit": {"code": "01840"}, **composition()}
    )
    assert 201 == made.status_code, made.text
    which = str(made.json()["committee_id"])
    again = composition(
        effective_on="2026-02-01",
        seats=[{"post": "head", "office": "committee_vice_chairman"}],
    )
    path = f"/steering-committees/{which}"
    changed = await registry.officer.post(f"{path}/reconstitution", again)
    assert 200 == changed.status_code, changed.text
    ended = {"dissolved_on": "2026-06-01", "number": "90/QĐ-UBND",
             "decided_on": "2026-05-30", "issuer": "committee_chairman"}  # fmt: skip
    done = await registry.officer.post(f"{path}/dissolution", ended)
    assert 200 == done.status_code, done.text
    return which


async def listed(registry: Registry, on: str, **more: Any) -> list[dict[str, Any]]:
    answer = await registry.officer.get(
        "/steering-committees", unit_code="01840", on=on, **more
    )
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


async def test_a_committee_shows_the_composition_of_the_day(
    registry: Registry, committee: str
) -> None:
    """Before, between and behind its decisions."""
    assert [] == await listed(registry, "2025-07-31")
    (first,) = await listed(registry, "2026-01-31")
    assert ("established", 3, "2026-02-01") == (
        first["state"], len(first["seats"]), first["until"],
    )  # fmt: skip
    (second,) = await listed(registry, "2026-02-01")
    assert (committee, "reconstituted", "committee_vice_chairman") == (
        second["id"], second["state"], second["seats"][0]["office"],
    )  # fmt: skip
    assert [] == await listed(registry, "2026-06-01")
    assert [] == await listed(registry, "2026-02-01", level="province")


async def test_a_unit_has_one_committee(registry: Registry, committee: str) -> None:
    """A second is refused; one of another area looks absent."""
    second = await registry.officer.post(
        "/steering-committees", {"unit": {"code": "01840"}, **composition()}
    )
    assert "registry.steering_committee.already_there" == second.json()["code"]
    elsewhere = registry.caller("officer", unit_roots=[LANG_SON])
    answer = await elsewhere.post(
        f"/steering-committees/{committee}/reconstitution",
        composition(effective_on="2026-09-01"),
    )
    assert (404, "registry.steering_committee.unknown") == (
        answer.status_code,
        answer.json()["code"],
    )
    rows = await elsewhere.get("/steering-committees", unit_id=COUNTRY, on="2026-02-01")
    assert [] == rows.json()["rows"]


async def test_an_office_of_another_level_is_refused_at_its_place(
    registry: Registry,
) -> None:
    """The path says which seat."""
    seats = [
        {"post": "head", "office": "committee_chairman"},
        {"post": "member", "office": "department_director"},
    ]
    answer = await registry.officer.post(
        "/steering-committees",
        {"unit": {"code": "01843"}, **composition(seats=seats)},
    )
    assert ("registry.office.unknown", "$.seats[1].office") == (
        answer.json()["code"],
        answer.json()["errors"][0]["field"],
    )


def programme(**changes: Any) -> dict[str, Any]:
    return {
        "unit": {"code": "19"},
        "number": "05/CTr-CAT-MTTQ",
        "parties": ["police", "mttq", "women_union"],
        "signed_on": "2025-08-01",
        "valid_from": "2025-09-01",
        "valid_to": "2030-09-01",
        "mid_term_on": "2026-03-01",
        "final_on": "2030-08-01",
    } | changes


async def sign(registry: Registry, **changes: Any) -> str:
    key = uuid4()
    made = await registry.officer.post("/programmes", programme(**changes), key=key)
    assert 201 == made.status_code, made.text
    again = await registry.officer.post("/programmes", programme(**changes), key=key)
    assert made.json() == again.json()
    return str(made.json()["programme_id"])


async def states(registry: Registry, which: str, *days: str) -> list[str]:
    found = []
    for day in days:
        rows = (
            await registry.officer.get("/programmes", unit_code="19", on=day)
        ).json()
        found += [row["state"] for row in rows["rows"] if row["id"] == which]
    return found


async def due(registry: Registry, which: str, on: str) -> set[str]:
    answer = await registry.officer.get(
        "/deadlines", unit_code="19", on=on, kinds=["programme_mid_term",
                                                    "programme_final"], first=100,
    )  # fmt: skip
    return {row["kind"] for row in answer.json()["rows"] if row["subject_id"] == which}


async def test_a_programme_goes_through_its_states(registry: Registry) -> None:
    """Signed, active, reviewed, renewed: told by the day; reviews are chased."""
    which = await sign(registry)
    assert {"programme_mid_term", "programme_final"} == (
        await due(registry, which, "2026-04-01")
    )
    held = await registry.officer.post(
        f"/programmes/{which}/reviews", {"kind": "mid_term", "held_on": "2026-04-01"}
    )
    assert 200 == held.status_code, held.text
    assert {"programme_final"} == await due(registry, which, "2026-04-02")
    new = await sign(
        registry, renews=which, signed_on="2026-05-01", valid_from="2026-06-01",
        mid_term_on=None, final_on=None,
    )  # fmt: skip
    days = ("2025-08-15", "2025-09-01", "2026-04-01", "2026-06-01")
    assert ["signed", "active", "reviewed", "renewed"] == (
        await states(registry, which, *days)
    )
    ended = await registry.officer.post(
        f"/programmes/{new}/ending", {"ended_on": "2026-07-01"}
    )
    assert 200 == ended.status_code, ended.text
    assert ["active", "ended"] == (
        await states(registry, new, "2026-06-30", "2026-07-01")
    )
    running = await registry.officer.get(
        "/programmes", unit_code="19", on="2026-06-15", only_running=True,
        party="women_union",
    )  # fmt: skip
    assert new in {row["id"] for row in running.json()["rows"]}
    assert which not in {row["id"] for row in running.json()["rows"]}


async def test_a_programme_elsewhere_looks_absent(registry: Registry) -> None:
    """Neither listed nor changed nor renewed by another province."""
    which = await sign(registry, number="06/CTr-CAT-MTTQ")
    elsewhere = registry.caller("officer", unit_roots=[LANG_SON])
    rows = await elsewhere.get("/programmes", unit_id=COUNTRY, on="2026-01-01")
    assert which not in {row["id"] for row in rows.json()["rows"]}
    answer = await elsewhere.post(
        f"/programmes/{which}/ending", {"ended_on": "2026-07-01"}
    )
    assert (404, "registry.programme.unknown", "$.programme_id") == (
        answer.status_code,
        answer.json()["code"],
        answer.json()["errors"][0]["field"],
    )


async def test_partners_and_offices_are_dated_lists(registry: Registry) -> None:
    """Each row says from where it is known, and how surely."""
    partners = await registry.officer.get("/partners", on="2026-01-01")
    rows = {row["code"]: row for row in partners.json()["rows"]}
    assert ("mttq", "G") == (
        rows["farmers_union"]["parent"],
        rows["farmers_union"]["mark"],
    )
    words = (await registry.officer.get("/steering-words", on="2025-02-28")).json()
    bodies = {body["code"] for body in words["standing_bodies"]}
    assert "province_movement_office" in bodies
    assert "province_political_office" not in bodies


async def test_tables_are_made_anew_from_the_facts(
    registry: Registry, committee: str
) -> None:
    """One by one the facts give what stands."""
    assert UUID(committee)
    await sign(registry, number="07/CTr-CAT-MTTQ")
    for table, model in (
        (COMPOSITIONS, SteeringCommitteesReadModel()),
        (PROGRAMMES, ProgrammesReadModel()),
    ):
        live, anew = live_and_rebuilt(registry, table, [model])
        assert live
        assert live == anew
