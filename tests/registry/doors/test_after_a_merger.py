"""A force whose commune was taken over whole goes on there: nothing has to be moved."""

from typing import Any, Final, NamedTuple
from uuid import UUID

from services.contracts.registry.units import UnitRef
from services.registry.domain.force_types import BY_QUOTA
from services.unit_directory.lineage import whole_line
from services.unit_directory.tree import Unit
from tests.registry.conftest import Door, Registry
from tests.registry.doors.parts import enrol, establish, people, refusal
from tests.registry.doors.test_quotas import draft, drafted, issued, quota

TEAM: Final = BY_QUOTA.code
BEFORE: Final = "2024-08-01"
AFTER: Final = "2025-09-01"


class Merged(NamedTuple):
    """A code of before, and the commune that took its bearer over whole."""

    code: str
    heir: Unit


def merged(registry: Registry, place: int) -> Merged:
    """Return a commune of Bắc Kạn that ended; each place has another heir."""
    found: dict[UUID, Merged] = {}
    for unit in registry.tree:
        line = whole_line(registry.tree, unit)
        if unit.path.startswith("VN.06-0.") and unit.unit_type == "xa" and line[1:]:
            assert line[-1].valid_to is None
            found.setdefault(line[-1].id, Merged(unit.code, line[-1]))
    return sorted(found.values(), key=lambda one: one.code)[place]


async def posted(door: Door, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await door.post(path, body)
    assert answer.status_code in {200, 201}, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_people_join_a_force_of_a_commune_that_was_merged(
    registry: Registry,
) -> None:
    """They count where the commune went; a day before the force began stays refused."""
    code, heir = merged(registry, -1)
    team = await establish(registry, TEAM, code, on=BEFORE)
    await enrol(registry, team, "leader", on=BEFORE)
    officer = registry.caller("officer", unit_roots=(heir.id,))
    await posted(
        officer, f"/force-units/{team}/members", people("member", "member", on=AFTER)
    )
    counts = {}
    for day in ("2025-06-30", "2025-08-31", AFTER):
        rows = await officer.get("/strength", ids=[str(heir.id)], on=day)
        (row,) = rows.json()["rows"]
        counts[day] = (row["force_units"], row["members"])
    assert {"2025-06-30": (1, 1), "2025-08-31": (1, 1), AFTER: (1, 3)} == counts
    early = await officer.post(
        f"/force-units/{team}/members", people("member", on="2024-07-31")
    )
    assert (422, "registry.member.outside_force_unit_life") == refusal(early)[:2]


async def test_a_force_covers_areas_of_the_commune_that_took_its_own_over(
    registry: Registry,
) -> None:
    """Also those that were entered after the merger."""
    code, heir = merged(registry, -2)
    team = await establish(registry, TEAM, code, on=BEFORE)
    officer = registry.caller("officer", unit_roots=(heir.id,))
    new = {
        "unit": {"id": str(heir.id)},
        "kind": "thon",
        "name": "Bản Mới",
        "registered_on": AFTER,
        "decision": "12/QĐ-UBND",
    }
    area = (await posted(officer, "/residential-areas", new))["area_id"]
    body = {"area_ids": [area], "assigned_on": AFTER}
    await posted(officer, f"/force-units/{team}/areas", body)


async def test_a_quota_of_before_holds_until_the_new_commune_has_its_own(
    registry: Registry,
) -> None:
    """A merged commune keeps what it was given, and nobody gets round it."""
    code, heir = merged(registry, -3)
    await quota(registry, code, 1, 2)
    team = await establish(registry, TEAM, code, on=BEFORE)
    await enrol(registry, team, "leader", "member", on=BEFORE)
    officer = registry.caller("officer", unit_roots=(heir.id,))
    path = f"/force-units/{team}/members"
    third = await officer.post(path, people("member", on=AFTER))
    assert (409, "registry.quota.exceeded", None) == refusal(third)
    assert 2 == third.json()["params"]["allowed"]


async def test_the_number_of_the_new_commune_counts_from_its_day(
    registry: Registry,
) -> None:
    """It holds teams of the old commune, too, and puts the old number out of force."""
    code, heir = merged(registry, -4)
    await quota(registry, code, 1, 2)
    team = await establish(registry, TEAM, code, on=BEFORE)
    await enrol(registry, team, "leader", "member", on=BEFORE)
    province = registry.tree.resolve(UnitRef(code="19"), heir.valid_from)
    line = {"unit": {"id": str(heir.id)}, "teams": 2, "members": 3}
    body = draft(
        registry,
        code,
        2,
        3,
        province={"id": str(province.id)},
        effective_on="2025-08-01",
        lines=[line],
    )
    newer = await drafted(registry.officer, body)
    assert 200 == (await issued(registry.officer, newer)).status_code
    officer = registry.caller("officer", unit_roots=(heir.id,))
    path = f"/force-units/{team}/members"
    await posted(officer, path, people("member", on=AFTER))
    fourth = await officer.post(path, people("member", on=AFTER))
    assert (409, "registry.quota.exceeded", None) == refusal(fourth)
    assert 3 == fourth.json()["params"]["allowed"]
