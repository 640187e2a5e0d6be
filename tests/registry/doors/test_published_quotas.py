"""What others hear of quotas: the numbers when they bind, what ends them, roadmaps."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from services.contracts.registry.quota_events import (
    QuotaIssuedV1,
    QuotaOfCommune,
    QuotaReductionPlannedV1,
    QuotaSupersededV1,
)
from services.contracts.registry.units import COUNTRY_CODE, unit_id
from services.registry.publishing import publish
from services.unit_directory.tree import Unit
from tests.registry.conftest import Registry
from tests.registry.doors.parts import unit_of

COUNTRY: Final = unit_id("country", COUNTRY_CODE, None)
REFORM: Final = date(2025, 7, 1)


async def post(registry: Registry, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await registry.caller("officer", unit_roots=(COUNTRY,)).post(path, body)
    assert answer.status_code in {200, 201}, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def issued(
    registry: Registry, unit: Unit, effective_on: str, **more: Any
) -> UUID:
    assert unit.parent_id is not None
    province = unit
    while province.level != "province":
        assert province.parent_id is not None
        province = registry.tree.unit(province.parent_id)
    line = {"unit": {"id": str(unit.id)}, "teams": 3, "members": 9}
    body = {
        "province": {"id": str(province.id)},
        "effective_on": effective_on,
        "lines": [line],
    }
    made = await post(registry, "/quota-decisions", body)
    signed = {"number": "12/QĐ-UBND", "decided_on": effective_on, **more}
    await post(registry, f"/quota-decisions/{made['quota_id']}/issue", signed)
    return UUID(made["quota_id"])


async def test_a_draft_is_nobodys_business_until_it_is_issued(
    registry: Registry,
) -> None:
    """The decision is told with its numbers on the issue; what ends it, too."""
    head = registry.runtime.log.head()
    old = unit_of(registry, "01849")
    first = await issued(registry, old, "2024-07-01")
    roadmap = {
        "unit": {"id": str(old.id)},
        "teams": 4,
        "members": 12,
        "until": "2025-01-01",
    }
    await post(registry, f"/quota-decisions/{first}/reduction", roadmap)
    second = await issued(registry, old, "2025-02-01", supersedes=[str(first)])
    told = [publish(one) for one in registry.runtime.log.read_after(head, 100)]
    line = QuotaOfCommune(unit_id=old.id, teams=3, members=9)
    bac_kan = unit_of(registry, "06").id
    of_first = QuotaIssuedV1(
        quota_id=first,
        force_type="security_order_team",
        unit_id=bac_kan,
        effective_on=date(2024, 7, 1),
        number="12/QĐ-UBND",
        decided_on=date(2024, 7, 1),
        lines=(line,),
    )
    planned = QuotaReductionPlannedV1(
        quota_id=first, unit_id=old.id, teams=4, members=12, until=date(2025, 1, 1)
    )
    ended = QuotaSupersededV1(
        quota_id=first, by_id=second, superseded_on=date(2025, 2, 1)
    )
    assert [of_first, planned] == [one for one in told if one is not None][:2]
    assert ended in told
    assert 4 == len([one for one in told if one is not None])


async def test_a_merged_communes_numbers_end_those_of_before(
    registry: Registry,
) -> None:
    """The line names what the commune took in whole, so that nothing counts twice."""
    head = registry.runtime.log.head()
    new = unit_of(registry, "01840", REFORM)
    whole = {p.unit_id for p in new.predecessors if p.whole}
    assert len(whole) > 1
    await issued(registry, new, "2025-07-01")
    told = [publish(one) for one in registry.runtime.log.read_after(head, 100)]
    (fact,) = [one for one in told if isinstance(one, QuotaIssuedV1)]
    assert whole == set(fact.lines[0].absorbed)
