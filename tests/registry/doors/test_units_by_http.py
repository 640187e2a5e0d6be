"""Units through the HTTP door, and the same handlers as verbs."""

from datetime import date
from typing import Final
from uuid import uuid4

from services.chassis.calls import Call
from services.contracts.registry.unit_views import UnitsChildren, UnitsGet
from services.contracts.registry.units import unit_id
from services.registry.verbs import VERBS
from tests.registry.conftest import Registry

REFORM: Final = date(2025, 7, 1)
BAC_KAN: Final = unit_id("province", "06", None)
# A card is verified by whoever meets its bearer on the street.
# `access.mine` asks for a valid token alone.
OPEN: Final = {
    "access.mine",
    "member_card.check",
    "member_card.keys",
    "unit_lists.keys",
}


async def test_a_code_is_resolved_on_a_day(registry: Registry) -> None:
    """The answer carries the succession in both directions."""
    old = await registry.officer.get("/unit", code="01840", on="2023-06-01")
    new = await registry.officer.get("/unit", code="01840", on="2026-10-01")
    heir = {
        "unit_id": new.json()["id"],
        "whole": True,
        "kind": "merge",
        "effective_on": "2025-07-01",
    }
    assert [heir] == old.json()["successors"]
    assert old.json()["id"] in {p["unit_id"] for p in new.json()["predecessors"]}


async def test_an_unknown_code_is_a_problem(registry: Registry) -> None:
    """With status, code, field and both languages."""
    answer = await registry.officer.get("/unit", code="99999")
    assert (422, "units.unknown") == (answer.status_code, answer.json()["code"])
    assert "$.unit.code" == answer.json()["errors"][0]["field"]


async def test_units_are_fetched_in_the_order_asked(registry: Registry) -> None:
    """A stranger's id gives an empty place, not an error."""
    ids = [str(uuid4()), str(BAC_KAN)]
    rows = (await registry.officer.get("/units/by-id", ids=ids)).json()["rows"]
    assert [None, "Tỉnh Bắc Kạn"] == [row and row["name"] for row in rows]


async def test_children_come_by_pages(registry: Registry) -> None:
    """Eight districts of Bắc Kạn in 2023, none of them today."""
    pages: list[str] = []
    after: dict[str, str] = {}
    while True:
        answer = await registry.officer.get(
            "/units/children", ids=[str(BAC_KAN)], on="2023-06-01", first=3, **after
        )
        (page,) = answer.json()["parents"]
        pages += [row["code"] for row in page["rows"]]
        if not page["has_next"]:
            break
        after = {"after": page["rows"][-1]["cursor"]}
    assert ["058", "060", "061", "062", "063", "064", "065", "066"] == pages
    today = await registry.officer.get("/units/children", ids=[str(BAC_KAN)])
    assert [] == today.json()["parents"][0]["rows"]


async def test_search_says_whether_there_is_more(registry: Registry) -> None:
    """Names without diacritics find; the level narrows."""
    answer = await registry.officer.get("/units", text="thai nguyen", first=1)
    assert answer.json()["has_next"]
    narrow = await registry.officer.get(
        "/units", text="thai nguyen", level="province", on="2026-10-01"
    )
    assert ["VN.19-2025"] == [row["path"] for row in narrow.json()["rows"]]


async def test_verbs_and_routes_share_their_handlers(registry: Registry) -> None:
    """The same Call through a verb gives the same answer; verbs have scopes."""
    verbs = {verb.name: verb for verb in VERBS}
    call = Call(
        body=UnitsGet(ids=[BAC_KAN]), runtime=registry.runtime, correlation_id="test"
    )
    answer = await verbs["units.get"].handler(call)
    assert "Tỉnh Bắc Kạn" == answer.rows[0].name
    children = Call(
        body=UnitsChildren(ids=[BAC_KAN], on=date(2025, 6, 30)),
        runtime=registry.runtime,
        correlation_id="test",
    )
    assert 8 == len((await verbs["units.children"].handler(children)).parents[0].rows)
    assert OPEN == {verb.name for verb in VERBS if not verb.scope}


async def test_a_list_of_ids_is_bounded(registry: Registry) -> None:
    """More than 200 ids, or none, are refused."""
    many = [str(uuid4()) for _ in range(201)]
    assert 422 == (await registry.officer.get("/units/by-id", ids=many)).status_code
    assert 422 == (await registry.officer.get("/units/by-id")).status_code
