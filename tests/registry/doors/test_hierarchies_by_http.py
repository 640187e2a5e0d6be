"""Named hierarchies through the HTTP door, over the real register."""

from typing import Any, Final
from uuid import uuid4

import pytest
import sqlalchemy as sa

from deploy.embedded.issuer import COUNTRY, THAI_NGUYEN
from services.contracts.registry.units import unit_id
from services.registry.read_models.hierarchy_tables import (
    HIERARCHIES,
    HIERARCHY_CHANGES,
    HierarchiesReadModel,
)
from tests.registry.conftest import Door, Registry
from tests.registry.doors.parts import live_and_rebuilt

OLD_TREE: Final = unit_id("province", "06", None)
BA_BE: Final = unit_id("district", "064", None)
BA_BE_COMMUNE: Final = unit_id("commune", "02032", None)
SCOPES: Final = ("units:read", "units:write")


@pytest.fixture
def registrar(registry: Registry) -> Door:
    return registry.caller("officer", scopes=SCOPES, unit_roots=[COUNTRY])


async def line(door: Door, code: str, unit: Any, on: str) -> list[str]:
    answer = await door.get(f"/hierarchies/{code}/ancestors", ids=[str(unit)], on=on)
    (found,) = answer.json()["lines"]
    return [row["unit"]["name"] for row in found["rows"]]


async def test_the_police_line_leaves_out_districts_four_months_earlier(
    registry: Registry,
) -> None:
    """On the same day two lines stand above the same commune."""
    door = registry.officer
    before, between = "2025-02-28", "2025-03-01"
    whole = await line(door, "administration", BA_BE_COMMUNE, between)
    assert 3 == len(whole)
    assert whole == await line(door, "police_line", BA_BE_COMMUNE, before)
    assert [whole[0], *await line(door, "police_line", BA_BE_COMMUNE, between)] == whole
    assert whole == await line(door, "front_line", BA_BE_COMMUNE, between)


async def test_hierarchies_are_listed_with_what_they_skip(registry: Registry) -> None:
    """Administration first; the police line says from which day it skips a level."""
    rows = (await registry.officer.get("/hierarchies")).json()["rows"]
    assert "administration" == rows[0]["code"]
    police = next(row for row in rows if row["code"] == "police_line")
    (skip,) = police["skipped"]
    assert ("district", "2025-03-01") == (skip["level"], skip["effective_on"])


async def test_children_come_by_pages(registry: Registry) -> None:
    """The police of Bắc Kạn had 108 communes below the province, none of them twice."""
    codes: list[str] = []
    after: dict[str, str] = {}
    while True:
        answer = await registry.officer.get(
            "/hierarchies/police_line/children",
            ids=[str(OLD_TREE)], on="2025-03-01", first=50, **after,
        )  # fmt: skip
        (page,) = answer.json()["parents"]
        codes += [row["unit"]["code"] for row in page["rows"]]
        if not page["has_next"]:
            break
        after = {"after": page["rows"][-1]["cursor"]}
    assert 108 == len(codes) == len(set(codes))
    top = await registry.officer.get("/hierarchies/police_line/children")
    assert ["VN"] == [r["unit"]["code"] for r in top.json()["parents"][0]["rows"]]


async def test_a_unit_is_placed_and_returned(
    registry: Registry, registrar: Door
) -> None:
    """The place has its days and its decision; the same key gives the same answer."""
    code = f"steering_{uuid4().hex[:8]}"
    made = await registrar.post(
        "/hierarchies",
        {"hierarchy": code, "name": "Cụm thi đua", "owner": {"id": str(COUNTRY)}},
    )
    assert (201, code) == (made.status_code, made.json()["hierarchy"])
    key = uuid4()
    place = {
        "unit": {"id": str(BA_BE_COMMUNE)},
        "parent": {"code": "066"},
        "effective_on": "2024-05-01",
        "decision": "15/QĐ-UBND",
        "decided_on": "2024-04-20",
    }
    path = f"/hierarchies/{code}/placings"
    first = await registrar.post(path, place, key=key)
    assert 200 == first.status_code, first.text
    again = await registrar.post(path, place, key=key)
    assert first.json() == again.json()
    below = await registry.officer.get(
        f"/hierarchies/{code}/children",
        ids=[str(unit_id("district", "066", None))], on="2024-05-01",
    )  # fmt: skip
    placed = next(
        row
        for row in below.json()["parents"][0]["rows"]
        if row["unit"]["id"] == str(BA_BE_COMMUNE)
    )
    assert ("2024-05-01", "15/QĐ-UBND") == (placed["placed_on"], placed["decision"])
    back = await registrar.post(
        f"/hierarchies/{code}/returns",
        {"unit": {"id": str(BA_BE_COMMUNE)}, "effective_on": "2024-06-01"},
    )
    assert 200 == back.status_code, back.text
    base = await line(registrar, "administration", BA_BE_COMMUNE, "2024-06-01")
    assert base == await line(registrar, code, BA_BE_COMMUNE, "2024-06-01")
    assert base != await line(registrar, code, BA_BE_COMMUNE, "2024-05-31")


async def test_a_ring_is_refused_with_its_day(registrar: Door) -> None:
    """No province under one of its communes."""
    answer = await registrar.post(
        "/hierarchies/front_line/placings",
        {
            "unit": {"id": str(OLD_TREE)},
            "parent": {"id": str(BA_BE_COMMUNE)},
            "effective_on": "2024-05-01",
        },
    )
    assert (422, "registry.hierarchy.cycle") == (
        answer.status_code,
        answer.json()["code"],
    )
    assert "2024-05-01" == answer.json()["params"]["day"]


async def test_only_the_owners_people_change_a_hierarchy(registry: Registry) -> None:
    """Neither a province with a national one, nor anybody without the scope."""
    province = registry.caller("officer", scopes=SCOPES, unit_roots=[THAI_NGUYEN])
    body = {"level": "commune", "effective_on": "2025-08-01"}
    path = "/hierarchies/police_line/skipped-levels"
    assert "units.outside_your_area" == (await province.post(path, body)).json()["code"]
    assert (
        "auth.scope_missing"
        == ((await registry.officer.post(path, body)).json()["code"])
    )
    unknown = await province.post("/hierarchies/no_such_line/skipped-levels", body)
    assert "registry.hierarchy.unknown" == unknown.json()["code"]
    taken = await registry.caller("officer", scopes=SCOPES, unit_roots=[COUNTRY]).post(
        "/hierarchies",
        {"hierarchy": "administration", "name": "X", "owner": {"id": str(COUNTRY)}},
    )
    assert "registry.hierarchy.already_defined" == taken.json()["code"]


async def test_a_provinces_hierarchy_holds_its_own_units(registry: Registry) -> None:
    """A unit of elsewhere has no place in it."""
    code = f"cluster_{uuid4().hex[:8]}"
    province = registry.caller("officer", scopes=SCOPES, unit_roots=[THAI_NGUYEN])
    owner = {"id": str(THAI_NGUYEN)}
    made = await province.post(
        "/hierarchies",
        {"hierarchy": code, "name": "Cụm", "owner": owner, "base": "placements"},
    )
    assert 201 == made.status_code, made.text
    here = {"unit": {"code": "01840"}, "effective_on": "2026-01-01"}
    assert 200 == (
        (await province.post(f"/hierarchies/{code}/placings", here)).status_code
    )
    elsewhere = {"unit": {"code": "14218"}, "effective_on": "2026-01-01"}
    refused = await province.post(f"/hierarchies/{code}/placings", elsewhere)
    assert ("registry.hierarchy.unit_not_of_it", "$.unit") == (
        refused.json()["code"],
        refused.json()["errors"][0]["field"],
    )
    top = await province.get(f"/hierarchies/{code}/children", on="2026-01-01")
    assert ["01840"] == [r["unit"]["code"] for r in top.json()["parents"][0]["rows"]]


async def test_a_withdrawn_change_stands_no_more_also_in_a_rebuilt_table(
    registry: Registry, registrar: Door
) -> None:
    """Live rows and rows of all facts told anew are the same."""
    code = f"line_{uuid4().hex[:8]}"
    await registrar.post(
        "/hierarchies",
        {"hierarchy": code, "name": "X", "owner": {"id": str(COUNTRY)}},
    )
    unit = {"unit": {"id": str(BA_BE_COMMUNE)}}
    for day, parent in (("2024-05-01", "066"), ("2024-06-01", "065")):
        body = {**unit, "parent": {"code": parent}, "effective_on": day}
        done = await registrar.post(f"/hierarchies/{code}/placings", body)
        assert 200 == done.status_code, done.text
    path = f"/hierarchies/{code}/placings/{BA_BE_COMMUNE}/withdrawal"
    assert 200 == (await registrar.post(path, {})).status_code
    body = {**unit, "parent": {"code": "061"}, "effective_on": "2024-06-02"}
    await registrar.post(f"/hierarchies/{code}/placings", body)
    body = {"level": "district", "effective_on": "2025-01-01"}
    await registrar.post(f"/hierarchies/{code}/skipped-levels", body)
    path = f"/hierarchies/{code}/skipped-levels/district/withdrawal"
    assert 200 == (await registrar.post(path, {})).status_code
    assert 200 == (
        await registrar.post(f"/hierarchies/{code}/ending", {"ended_on": "2026-01-01"})
    ).status_code  # fmt: skip

    def days(conn: sa.Connection) -> list[str]:
        found = conn.execute(
            sa.select(HIERARCHY_CHANGES.c.effective_on)
            .join(HIERARCHIES, HIERARCHIES.c.id == HIERARCHY_CHANGES.c.hierarchy_id)
            .where(
                HIERARCHIES.c.code == code,
                HIERARCHY_CHANGES.c.withdrawn_at.is_(None),
            )
            .order_by(HIERARCHY_CHANGES.c.effective_on)
        )
        return [str(day) for day in found.scalars()]

    assert ["2024-05-01", "2024-06-02"] == await registry.runtime.read(days)
    for table in (HIERARCHIES, HIERARCHY_CHANGES):
        live, anew = live_and_rebuilt(registry, table, [HierarchiesReadModel()])
        assert live == anew == in_one_batch(registry, table)
    ended = await registrar.get(f"/hierarchies/{code}/children", on="2026-01-01")
    assert [] == ended.json()["parents"][0]["rows"]


def in_one_batch(registry: Registry, table: sa.Table) -> list[Any]:
    """Return a table as all facts told at once make it."""
    ordered = sa.select(table).order_by(*table.primary_key.columns)
    recorded = registry.runtime.log.read_after(0, 200_000)
    with registry.runtime.engine.connect() as conn:
        conn.execute(sa.delete(table))
        HierarchiesReadModel().apply(conn, recorded)
        anew = list(conn.execute(ordered))
        conn.rollback()
    return anew
