"""Today's borders over the real register: all units before and since the merger."""

import time
from datetime import date
from uuid import UUID

import pytest

from services.contracts.registry.events import Successor
from services.contracts.registry.units import unit_id
from services.registry.reference.snapshot import SnapshotUnit, UnitKey, read_snapshot
from services.reporting.domain.periods import period_of
from services.reporting.read_models.geography import Geography
from services.unit_directory.tree import Unit, UnitTree

MERGER = date(2025, 7, 1)
YEAR_2023 = period_of("year", 2023)
COUNTRY = unit_id("country", "VN", None)
BAC_KAN = unit_id("province", "06", None)
THAI_NGUYEN = unit_id("province", "19", MERGER)


@pytest.fixture(scope="module")
def geography() -> Geography:
    snapshot = read_snapshot().units
    paths: dict[UnitKey, str] = {}
    before: dict[UUID, list[Successor]] = {}
    for unit in snapshot:
        since = unit.key.valid_from
        label = f"{unit.key.code}-{since.year if since else 0}"
        above = paths[unit.parent] if unit.parent else ""
        paths[unit.key] = f"{above}.{label}" if above else "VN"
        for successor in unit.successors:
            absorbed = Successor(
                unit_id=unit_id(*unit.key), whole=successor.whole, kind=successor.kind
            )
            before.setdefault(unit_id(*successor.key), []).append(absorbed)
    return Geography(UnitTree(_unit(u, paths, before) for u in snapshot))


def _unit(
    unit: SnapshotUnit, paths: dict[UnitKey, str], before: dict[UUID, list[Successor]]
) -> Unit:
    found = unit_id(*unit.key)
    return Unit(
        id=found,
        code=unit.key.code,
        level=unit.key.level,
        unit_type=unit.unit_type,
        name=unit.name,
        bare_name=unit.bare_name,
        parent_id=unit_id(*unit.parent) if unit.parent else None,
        path=paths[unit.key],
        valid_from=unit.key.valid_from,
        valid_to=unit.valid_to,
        legal_basis=None,
        predecessors=tuple(before.get(found, ())),
    )


def test_paths_name_exactly_one_unit(geography: Geography) -> None:
    """A covered path leads back to one unit, so no figure is added twice."""
    assert len(geography.tree) == len({unit.path for unit in geography.tree})


def test_bac_kan_of_2023_lies_inside_todays_thai_nguyen(geography: Geography) -> None:
    """Restated, Thái Nguyên stands for Bắc Kạn and for its own former self."""
    new = geography.tree.unit(THAI_NGUYEN)
    found = geography.expand(new, "restated", YEAR_2023)

    expected = {THAI_NGUYEN, BAC_KAN, unit_id("province", "19", None)}
    assert expected <= set(found.now.flow or ())
    assert found.flow_reason is None, found.flow_reason


def test_every_old_province_lies_inside_exactly_one_of_today(
    geography: Geography,
) -> None:
    """63 provinces of 2023, restated into 34, none lost and none counted twice."""
    today = geography.tree.children(COUNTRY, date(2026, 9, 1))
    then = geography.tree.children(COUNTRY, date(2023, 6, 1))
    covered = [
        part.id
        for province in today
        for part in geography.covered(province)
        if part.level == "province"
    ]

    assert (34, 63) == (len(today), len(then))
    assert len(covered) == len(set(covered))
    assert {unit.id for unit in then} <= set(covered)


def test_communes_of_thai_nguyen_cover_the_old_ones_or_name_the_split(
    geography: Geography,
) -> None:
    """92 communes of today; what they took whole is added, what was split is named."""
    new = geography.tree.unit(THAI_NGUYEN)
    children = geography.children(new, "restated", YEAR_2023)
    covered = [part for child in children for part in geography.covered(child)]
    split = {s.id for child in children for s in geography.split_before(child)}
    provinces = (BAC_KAN, unit_id("province", "19", None))
    old = {
        unit.id
        for unit in geography.tree
        if unit.level == "commune"
        and any(above in (geography.lineage(unit.id) or ()) for above in provinces)
    }

    assert 92 == len(children)
    assert len(covered) == len({part.id for part in covered})
    taken = {part.id for part in covered if part.level == "commune"}
    assert old == (old & taken) | (old & split)


def test_table_of_a_province_is_expanded_in_no_time(geography: Geography) -> None:
    """Ninety-odd rows over fourteen thousand units are no matter of seconds."""
    new = geography.tree.unit(THAI_NGUYEN)
    fresh = Geography(geography.tree)
    started = time.perf_counter()
    for child in fresh.children(new, "restated", YEAR_2023):
        fresh.expand(child, "restated", YEAR_2023)

    assert 1.0 > time.perf_counter() - started
