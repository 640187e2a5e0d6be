"""What lists and counters show, and to whom."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from services.contracts.tips.api import CategoryCount, TipCounts, TipPage, TipRow
from tests.tips.conftest import Service, recorded
from tests.tips.units import (
    BAC_KAN,
    COMMUNE,
    OTHER_COMMUNE,
    SECOND_COMMUNE,
    THAI_NGUYEN,
)

Maker = Callable[..., Any]
YEAR = {"from_day": "2022-12-15", "to_day": "2023-12-14"}


@pytest.fixture(scope="module")
async def a_year(service: Service) -> dict[str, str]:
    """Six accepted tips in one commune, four of them of value, one spam beside."""
    tips: dict[str, str] = {}
    officer, reviewer = service.officer, service.reviewer
    for n in range(7):
        unit = {"code": "01840" if n < 6 else "01843"}
        category = "theft" if n == 5 else "gambling"
        made = await officer.post(
            "/v1/tips/record",
            recorded(unit=unit, category=category, received_on=f"2023-03-0{n + 1}"),
        )
        tip = tips[f"tip{n}"] = made.json()["tip_id"]
        outcome = "spam" if n == 6 else "accepted"
        await officer.post(
            f"/v1/tips/{tip}/triage", {"outcome": outcome, "triaged_on": "2023-04-20"}
        )
        if n < 5:
            rating = {
                "valuable": n < 4,
                "reason_code": "confirmed_on_site" if n < 4 else "too_vague",
                "valued_on": "2023-12-14" if n else "2023-12-15",
            }
            answer = await reviewer.post(f"/v1/tips/{tip}/value", rating)
            assert 200 == answer.status_code, answer.text
    return tips


async def count(door: Any, *units: Any, **days: str) -> Any:
    return await door.get(
        "/v1/tips/counters", unit_ids=[str(u) for u in units], **(days or YEAR)
    )


def rows(answer: Any) -> list[TipCounts]:
    assert 200 == answer.status_code, answer.text
    return msgspec.convert(answer.json()["rows"], list[TipCounts])


async def test_officers_of_the_unit_get_exact_counts(
    service: Service, a_year: dict[str, str]
) -> None:
    """Each measure counts by its own day, in the order of the units asked for."""
    first, second, province = rows(
        await count(service.officer, COMMUNE, SECOND_COMMUNE, BAC_KAN)
    )
    assert first == TipCounts(
        unit_id=COMMUNE,
        received=6,
        spam=0,
        triaged=6,
        valuable=3,
        by_category=[
            CategoryCount(category="gambling", received=5),
            CategoryCount(category="theft", received=1),
        ],
        small_counts_hidden=False,
    )
    assert (0, 1) == (second.received, second.spam)
    assert (6, 1, 7, 3) == (
        province.received,
        province.spam,
        province.triaged,
        province.valuable,
    )


async def test_todays_province_shows_what_it_absorbed(
    service: Service, a_year: dict[str, str]
) -> None:
    """Thái Nguyên of today counts the year of Bắc Kạn."""
    today = service.caller("officer", unit_roots=[THAI_NGUYEN])
    (row,) = rows(await count(today, THAI_NGUYEN))
    assert (6, 3) == (row.received, row.valuable)


async def test_outsiders_see_no_small_count(
    service: Service, a_year: dict[str, str]
) -> None:
    """An agency without work on tips gets 5 and more, no categories, whole months."""
    agency = service.caller("agency")
    first, second = rows(await count(agency, COMMUNE, SECOND_COMMUNE))
    hidden: dict[str, Any] = {
        "spam": None,
        "triaged": None,
        "by_category": None,
        "small_counts_hidden": True,
    }
    assert TipCounts(unit_id=COMMUNE, received=6, valuable=None, **hidden) == first
    assert (
        TipCounts(unit_id=SECOND_COMMUNE, received=None, valuable=None, **hidden)
        == second
    )
    days = {"from_day": "2023-03-01", "to_day": "2023-03-06"}
    refused = await count(agency, COMMUNE, **days)
    assert "tips.counters.whole_months_only" == refused.json()["code"]


async def test_an_officer_elsewhere_is_an_outsider(
    service: Service, a_year: dict[str, str]
) -> None:
    """Work on other units' tips gives no exact view of these."""
    elsewhere = service.caller("officer", unit_roots=[OTHER_COMMUNE])
    (row,) = rows(await count(elsewhere, COMMUNE))
    assert row.small_counts_hidden


async def test_reversed_days_and_unknown_units_are_refused(service: Service) -> None:
    """A stable code and the field."""
    days = {"from_day": "2023-12-14", "to_day": "2022-12-15"}
    answer = await count(service.officer, COMMUNE, **days)
    assert "tips.counters.days_reversed" == answer.json()["code"]
    unknown = "00000000-0000-4000-8000-000000000000"
    answer = await count(service.officer, COMMUNE, unknown)
    assert "units.unknown" == answer.json()["code"]
    assert "$.unit_ids[1]" == answer.json()["errors"][0]["field"]


async def listed(door: Any, **wanted: Any) -> TipPage:
    answer = await door.get("/v1/tips", **wanted)
    assert 200 == answer.status_code, answer.text
    return msgspec.convert(answer.json(), TipPage)


async def test_a_list_walks_every_tip_once(
    service: Service, a_year: dict[str, str]
) -> None:
    """Pages follow each other from the latest day, without overlap or hole."""
    found: list[Any] = []
    page = await listed(service.officer, first=3)
    found += page.rows
    while page.has_next:
        page = await listed(service.officer, first=3, after=page.rows[-1].cursor)
        found += page.rows
    assert sorted(a_year.values()) == sorted(str(row.id) for row in found)
    days = [row.received_on for row in found]
    assert sorted(days, reverse=True) == days


async def test_a_list_is_narrowed_by_unit_day_category_and_state(
    service: Service, a_year: dict[str, str]
) -> None:
    """Each filter keeps exactly its rows."""
    officer = service.officer

    async def ids(**wanted: Any) -> set[str]:
        page = await listed(officer, first=100, **wanted)
        return {str(row.id) for row in page.rows}

    spam = {a_year["tip6"]}
    assert spam == await ids(unit_id=str(SECOND_COMMUNE))
    assert {a_year["tip5"]} == await ids(category="theft")
    assert {a_year["tip5"], *spam} == await ids(state="triaged")
    days = {"from_day": "2023-03-02", "to_day": "2023-03-03"}
    assert {a_year["tip1"], a_year["tip2"]} == await ids(**days)


async def test_a_list_shows_no_other_area_and_no_broken_cursor(
    service: Service, a_year: dict[str, str]
) -> None:
    """Own area only; the agency that reads counters reads no list."""
    elsewhere = service.caller("officer", unit_roots=[OTHER_COMMUNE])
    assert [] == (await listed(elsewhere)).rows
    refused = await elsewhere.get("/v1/tips", unit_id=str(COMMUNE))
    assert "units.outside_your_area" == refused.json()["code"]
    agency = await service.caller("agency").get("/v1/tips")
    assert "auth.scope_missing" == agency.json()["code"]
    for cursor in ("x", "2023-03-01~x", "~"):
        broken = await service.officer.get("/v1/tips", after=cursor)
        assert "lists.cursor_invalid" == broken.json()["code"]


async def test_a_row_of_a_list_is_free_of_text(
    service: Service, a_year: dict[str, str]
) -> None:
    """The columns are the closed ones of the contract."""
    answer = await service.officer.get("/v1/tips", first=1)
    assert set(TipRow.__struct_fields__) == answer.json()["rows"][0].keys()
