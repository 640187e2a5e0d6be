"""Single changes of units by HTTP: ordered, refused, undone; what was known when."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.chassis.clock import local_today, utc_now
from services.contracts.registry.units import UnitRef, unit_id
from tests.registry.conftest import Door, Registry
from tests.registry.doors.units_of_ca_mau import (
    CA_MAU,
    DECREE,
    REFORM,
    ahead,
    commune,
    last_change,
    named,
    problem,
    rename,
)


async def test_an_announced_name_is_borne_from_its_day_on(
    registry: Registry, registrar: Door
) -> None:
    """Nothing of today shows it; the day itself and every later one do."""
    unit = commune(registry, 0)
    before = await named(registrar, unit)
    changed = await rename(registrar, unit, "Tân Hưng Mới", ahead(30))
    assert (200, {"unit_id": unit, "version": 2}) == (
        changed.status_code,
        changed.json(),
    )
    assert before == await named(registrar, unit)
    assert before == await named(registrar, unit, on=ahead(29))
    assert "Tân Hưng Mới" in await named(registrar, unit, on=ahead(30))
    rows = (await registrar.get("/units/by-id", ids=[unit])).json()["rows"]
    assert before == rows[0]["name"]
    tree = (await registrar.get("/units/tree", id=str(CA_MAU), first=4000)).json()
    assert before in {row["name"] for row in tree["rows"]}


async def test_each_day_has_a_name_for_each_moment(
    registry: Registry, registrar: Door
) -> None:
    """Before the renaming, between it and its undoing, and behind that."""
    unit = commune(registry, 1)
    day = ahead(10)
    old = await named(registrar, unit)
    before = utc_now().isoformat()
    await rename(registrar, unit, "Rạch Mới", day)
    renamed = await last_change(registrar, unit)
    undone = await registrar.post(
        f"/units/{unit}/undoing", {"version": 2, "reason": "entered_wrongly"}
    )
    assert 200 == undone.status_code
    known = [
        await named(registrar, unit, on=day, known_at=moment)
        for moment in (before, renamed["recorded_at"])
    ]
    kind, _, _ = old.partition(" ")
    assert [old, f"{kind} Rạch Mới"] == known
    assert old == await named(registrar, unit, on=day)
    children = await registrar.get(
        "/units/children", ids=[str(CA_MAU)], on=day, known_at=renamed["recorded_at"]
    )
    rows = children.json()["parents"][0]["rows"]
    assert {"Rạch Mới"} == {row["bare_name"] for row in rows if row["id"] == unit}
    found = await registrar.get(
        "/units", text="rach moi", on=day, known_at=renamed["recorded_at"]
    )
    assert unit in {row["id"] for row in found.json()["rows"]}
    now = await registrar.get("/units", text="rach moi", on=day)
    assert unit not in {row["id"] for row in now.json()["rows"]}


async def test_nothing_is_known_before_the_register(registrar: Door) -> None:
    """A moment before the import is refused, not answered with an empty country."""
    for path, asked in (
        ("/unit", {"code": "96"}),
        ("/units/tree", {}),
        ("/units", {"text": "ca mau"}),
    ):
        answer = await registrar.get(path, known_at="2020-01-01T00:00:00Z", **asked)
        assert (422, "registry.units.moment_before_register", "$.known_at") == problem(
            answer
        )
    naive = await registrar.get("/unit", code="96", known_at="2026-11-01T00:00:00")
    assert 422 == naive.status_code


async def test_a_moment_to_come_knows_what_is_known_now(
    registry: Registry, registrar: Door
) -> None:
    """Nobody has recorded anything later; the day is still one of its own."""
    moment = "2090-01-01T00:00:00Z"
    today = str(local_today())
    now = await registrar.get("/unit", code="96", on=today)
    then = await registrar.get("/unit", code="96", on=today, known_at=moment)
    assert now.json() == then.json()


async def test_a_commune_becomes_a_ward(registry: Registry, registrar: Door) -> None:
    """The type of the law of that day, with the name that it has."""
    unit = next(
        str(u.id)
        for u in registry.tree.children(CA_MAU, local_today())[5:]
        if u.unit_type == "xa"
    )
    bare = (await registrar.get("/unit", id=unit)).json()["bare_name"]
    body = {"unit_type": "phuong", "effective_on": ahead(0), **DECREE}
    path = f"/units/{unit}/retyping"
    assert 200 == (await registrar.post(path, body)).status_code
    assert f"Phường {bare}" == await named(registrar, unit)
    assert (409, "registry.unit.type_unchanged", "$.unit_type") == problem(
        await registrar.post(path, body)
    )
    gone = {**body, "unit_type": "thi_tran"}
    assert (422, "registry.unit.type_not_in_force", "$.unit_type") == problem(
        await registrar.post(path, gone)
    )


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"effective_on": "2206-01-01"}, ("day_too_far", "$.effective_on")),
        ({"effective_on": "2025-07-01"}, ("change_out_of_order", None)),
        ({"bare_name": None}, ("name_unchanged", "$.bare_name")),
        ({"bare_name": "Phường Khác"}, ("name_with_kind", "$.bare_name")),
    ],
)
async def test_what_no_resolution_says_is_refused(
    registry: Registry,
    registrar: Door,
    changes: Mapping[str, Any],
    refused: tuple[str, str | None],
) -> None:
    """Years ahead, the first day itself, the name that the unit bears or its kind."""
    unit = commune(registry, 2)
    bare = (await registrar.get("/unit", id=unit)).json()["bare_name"]
    body = {"bare_name": "Khác", "effective_on": ahead(5), **DECREE, **changes}
    body["bare_name"] = body["bare_name"] or bare
    answer = await registrar.post(f"/units/{unit}/renaming", body)
    assert (f"registry.unit.{refused[0]}", refused[1]) == problem(answer)[1:]


async def test_a_name_beside_is_not_given_twice(
    registry: Registry, registrar: Door
) -> None:
    """Two communes of one kind under one province differ in name on every day."""
    one, other = registry.tree.children(CA_MAU, local_today())[-2:]
    assert one.unit_type == other.unit_type
    answer = await rename(registrar, str(one.id), other.bare_name, ahead(3))
    assert (409, "registry.unit.name_taken", "$.effective_on") == problem(answer)
    assert str(other.id) == answer.json()["params"]["other_id"]


async def test_a_decree_lies_in_the_past(registry: Registry, registrar: Door) -> None:
    """A decree of tomorrow is not one."""
    answer = await rename(
        registrar, commune(registry, 2), "Khác", ahead(5), decree_date=ahead(1)
    )
    assert (422, "registry.day_in_future", "$.decree_date") == problem(answer)


async def test_only_a_registrar_of_the_area_changes_units(registry: Registry) -> None:
    """The scope is asked for at the door, the area by the rule of all commands."""
    unit = commune(registry, 2)
    officer = await rename(registry.officer, unit, "Khác", ahead(5))
    assert (403, "auth.scope_missing") == problem(officer)[:2]
    elsewhere = registry.caller(
        "registrar", unit_roots=[unit_id("province", "19", REFORM)]
    )
    refused = await rename(elsewhere, unit, "Khác", ahead(5))
    assert (403, "units.outside_your_area", "$.unit_id") == problem(refused)
    unknown = await rename(registry.caller("registrar"), str(uuid4()), "Khác", ahead(5))
    assert (422, "units.unknown", "$.unit_id") == problem(unknown)


async def test_the_same_key_replays(registry: Registry, registrar: Door) -> None:
    """A command sent twice is one fact."""
    unit, key = commune(registry, 3), uuid4()
    body = {"bare_name": "Gửi Lại", "effective_on": ahead(5), **DECREE}
    answers = [
        await registrar.post(f"/units/{unit}/renaming", body, key=key) for _ in "12"
    ]
    assert answers[0].json() == answers[1].json()
    assert "true" == answers[1].headers["Idempotency-Replayed"]
    assert 2 == (await last_change(registrar, unit))["version"]


async def test_an_end_is_not_undone_where_others_took_the_place(
    registry: Registry, registrar: Door
) -> None:
    """Old 01840 cannot live on: its code is another commune's, its district ended."""
    old = registry.tree.resolve(UnitRef(code="01840"), date(2023, 6, 1))
    body = {"version": 2, "reason": "decree_withdrawn", **DECREE}
    answer = await registrar.post(f"/units/{old.id}/undoing", body)
    assert (409, "registry.unit.code_taken", "$.version") == problem(answer)
    without = {"version": 9, "reason": "decree_withdrawn"}
    answer = await registrar.post(f"/units/{commune(registry, 2)}/undoing", without)
    assert (422, "registry.unit.decree_needed", "$.legal_basis") == problem(answer)
