"""Reported headcounts, and strength in the day's terms and in today's."""

from datetime import date
from typing import Any, Final
from uuid import uuid4

import pytest

from services.contracts.registry.units import UnitRef
from services.registry.read_models.headcounts import HEADCOUNTS, HeadcountsReadModel
from tests.registry.conftest import Registry
from tests.registry.doors.parts import (
    enrol,
    establish,
    live_and_rebuilt,
    refusal,
    unit_of,
)

IN_2023: Final = date(2023, 6, 1)
# A commune and a township of Bắc Kạn that no other test uses.
TOWNSHIP: Final = "01969"
COMMUNE: Final = "01960"


@pytest.fixture(scope="module")
async def guards(registry: Registry) -> str:
    """Give the guards of an agency with two reported numbers."""
    which = await establish(registry, "agency_guard", COMMUNE)
    for day, members in (("2021-01-01", 10), ("2022-01-01", 14), ("2022-01-01", 12)):
        answer = await registry.officer.post(
            f"/force-units/{which}/headcount", {"counted_on": day, "members": members}
        )
        assert 200 == answer.status_code, answer.text
    return which


async def test_a_reported_number_counts_from_its_day(
    registry: Registry, guards: str
) -> None:
    """Between two reports the earlier one holds; before the first there is none."""
    found = {}
    for day in ("2020-12-31", "2021-12-31", "2022-01-01", "2024-01-01"):
        answer = await registry.officer.get(
            "/force-units", unit_code=COMMUNE, on=day, force_type="agency_guard"
        )
        found[day] = [row["members"] for row in answer.json()["rows"]]
    assert {
        "2020-12-31": [0],
        "2021-12-31": [10],
        "2022-01-01": [12],
        "2024-01-01": [12],
    } == found


async def test_a_wrong_report_is_refused_with_its_field(
    registry: Registry, guards: str
) -> None:
    """A day to come, a negative number, a force with a roster, another's force."""
    path = f"/force-units/{guards}/headcount"
    good = {"counted_on": "2023-01-01", "members": 3}
    later = await registry.officer.post(path, good | {"counted_on": "2999-01-01"})
    assert (422, "registry.day_in_future", "$.counted_on") == refusal(later)
    negative = await registry.officer.post(path, good | {"members": -1})
    assert (422, "body.invalid", "$.members") == refusal(negative)
    rostered = await establish(registry, "civil_defence_team", COMMUNE)
    refused = await registry.officer.post(f"/force-units/{rostered}/headcount", good)
    code = "registry.force_type.headcount_not_kept"
    assert (422, code, "$.force_unit_id") == refusal(refused)
    ha_noi = registry.tree.resolve(UnitRef(code="01"), IN_2023).id
    stranger = registry.caller("officer", unit_roots=(ha_noi,))
    unseen = await stranger.post(path, good)
    assert (404, "registry.force_unit.unknown", "$.force_unit_id") == refusal(unseen)


async def test_the_same_key_reports_once(registry: Registry, guards: str) -> None:
    """A repeated report gives the first answer."""
    key = uuid4()
    path = f"/force-units/{guards}/headcount"
    body = {"counted_on": "2022-01-01", "members": 12}
    first = await registry.officer.post(path, body, key=key)
    again = await registry.officer.post(path, body, key=key)
    assert first.json() == again.json()
    assert "true" == again.headers["Idempotency-Replayed"]


async def test_headcounts_rebuilt_are_those_that_stand(
    registry: Registry, guards: str
) -> None:
    """Folding the log anew gives the same rows."""
    live, anew = live_and_rebuilt(registry, HEADCOUNTS, [HeadcountsReadModel()])
    assert live
    assert live == anew


async def test_strength_of_2023_is_told_in_todays_terms(registry: Registry) -> None:
    """Police and guards count under the team, marked; two posts of civil defence do."""
    police = await establish(registry, "part_time_commune_police", TOWNSHIP)
    board = await establish(registry, "neighbourhood_guard_board", TOWNSHIP)
    defence = await establish(registry, "civil_defence_team", TOWNSHIP)
    await enrol(registry, police, "leader", "member", "member")
    await enrol(registry, board, "leader", "member")
    await enrol(registry, defence, "leader", "deputy", "member", "member", "member")

    async def of(day: str, terms: str) -> dict[str, tuple[Any, ...]]:
        unit = str(unit_of(registry, TOWNSHIP).id)
        answer = await registry.officer.get(
            "/strength", ids=[unit], on=day, terms=terms
        )
        assert terms == answer.json()["terms"]
        return {
            row["force_type"]: (
                row["force_units"],
                row["members"],
                row["mapping"],
                set(row["former_types"]),
            )
            for row in answer.json()["rows"]
        }

    former = {"part_time_commune_police", "neighbourhood_guard_board"}
    assert {
        "security_order_team": (2, 7, "selection", former | {"civil_defence_team"}),
        "civil_defence_team": (1, 3, "identity", set()),
    } == await of("2023-06-01", "today")
    assert {
        "part_time_commune_police": (1, 3, "identity", set()),
        "neighbourhood_guard_board": (1, 2, "identity", set()),
        "civil_defence_team": (1, 5, "identity", set()),
    } == await of("2023-06-01", "as_was")
    # After the day there is nothing to map: the two posts count where they serve.
    assert (1, 5, "identity", set()) == (await of("2024-07-01", "today"))[
        "civil_defence_team"
    ]
