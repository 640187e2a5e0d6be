"""The committed register holds what the law and the sources say."""

import hashlib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from services.registry.reference import snapshot as register
from services.registry.reference.snapshot import (
    Snapshot,
    SnapshotUnit,
    UnitKey,
    read_snapshot,
)

REFORM: Final = date(2025, 7, 1)
BEFORE: Final = date(2025, 6, 30)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return read_snapshot()


@pytest.fixture(scope="module")
def units(snapshot: Snapshot) -> dict[UnitKey, SnapshotUnit]:
    return {unit.key: unit for unit in snapshot.units}


def in_force(snapshot: Snapshot, day: date) -> Counter[str]:
    return Counter(
        unit.key.level
        for unit in snapshot.units
        if (unit.key.valid_from or date.min) <= day < (unit.valid_to or date.max)
    )


def types(snapshot: Snapshot, day: date) -> Counter[str]:
    counted: Counter[str] = Counter()
    for unit in snapshot.units:
        if unit.valid_to is None and (unit.key.valid_from or date.min) <= day:
            borne = [unit.unit_type] + [
                change.unit_type
                for change in unit.changes
                if change.effective_on <= day
            ]
            counted[f"{unit.key.level}:{borne[-1]}"] += 1
    return counted


def test_the_file_is_the_one_that_source_md_describes() -> None:
    """Its checksum stands beside its sources."""
    digest = hashlib.sha256(register.SNAPSHOT.read_bytes()).hexdigest()
    described = Path(register.SNAPSHOT).with_name("SOURCE.md").read_text("utf-8")
    assert digest in described


def test_until_june_2025_there_were_three_levels(snapshot: Snapshot) -> None:
    """63 provinces, 696 districts, 10,035 communes."""
    assert {
        "country": 1,
        "province": 63,
        "district": 696,
        "commune": 10_035,
    } == in_force(snapshot, BEFORE)


def test_since_july_2025_there_are_two_levels(snapshot: Snapshot) -> None:
    """34 provinces and 3,321 communes; no district."""
    assert {"country": 1, "province": 34, "commune": 3_321} == in_force(
        snapshot, REFORM
    )


def test_types_on_the_day_of_the_reform(snapshot: Snapshot) -> None:
    """2,621 xã, 687 phường, 13 đặc khu; 28 tỉnh and 6 cities."""
    counted = types(snapshot, REFORM)
    assert 2_621 == counted["commune:xa"]
    assert 687 == counted["commune:phuong"]
    assert 13 == counted["commune:dac_khu"]
    assert (28, 6) == (counted["province:tinh"], counted["province:thanh_pho"])


def test_types_after_the_changes_of_2026(snapshot: Snapshot) -> None:
    """22 xã became phường, three provinces became cities; codes stayed."""
    counted = types(snapshot, date(2026, 9, 30))
    assert 2_599 == counted["commune:xa"]
    assert 709 == counted["commune:phuong"]
    assert 13 == counted["commune:dac_khu"]
    assert (25, 9) == (counted["province:tinh"], counted["province:thanh_pho"])


@pytest.mark.parametrize(
    ("code", "since", "day", "by"),
    [
        ("75", REFORM, date(2026, 4, 30), "30/2026/QH16"),
        ("22", None, date(2026, 9, 1), "36/2026/QH16"),
        ("24", REFORM, date(2026, 9, 20), "39/2026/QH16"),
    ],
)
def test_three_provinces_became_cities(
    units: dict[UnitKey, SnapshotUnit],
    code: str,
    since: date | None,
    day: date,
    by: str,
) -> None:
    """Each with its resolution and the day from which it holds."""
    (change,) = units[UnitKey("province", code, since)].changes
    assert ("thanh_pho", day, by) == (
        change.unit_type,
        change.effective_on,
        change.legal_basis,
    )
    assert change.name.startswith("Thành phố ")


def test_bac_kan_had_eight_districts_and_108_communes(snapshot: Snapshot) -> None:
    """The city and seven districts, as in 2023."""
    bac_kan = UnitKey("province", "06", None)
    districts = [unit for unit in snapshot.units if unit.parent == bac_kan]
    assert [
        "Thành phố Bắc Kạn",
        "Huyện Pác Nặm",
        "Huyện Ba Bể",
        "Huyện Ngân Sơn",
        "Huyện Bạch Thông",
        "Huyện Chợ Đồn",
        "Huyện Chợ Mới",
        "Huyện Na Rì",
    ] == [district.name for district in districts]
    keys = {district.key for district in districts}
    assert 108 == sum(unit.parent in keys for unit in snapshot.units)


def province_of(units: dict[UnitKey, SnapshotUnit], unit: SnapshotUnit) -> SnapshotUnit:
    while unit.key.level != "province":
        assert unit.parent is not None
        unit = units[unit.parent]
    return unit


@pytest.mark.parametrize(
    ("province", "communes", "old", "wholly"),
    [("19", 92, "06", 37), ("19", 92, "19", 55), ("91", 102, "89", 54),
     ("91", 102, "91", 48)],
)  # fmt: skip
def test_which_communes_come_wholly_from_which_province(
    units: dict[UnitKey, SnapshotUnit], province: str, communes: int, old: str,
    wholly: int,
) -> None:  # fmt: skip
    """Thái Nguyên: 37 of Bắc Kạn, 55 of its own; An Giang: 54 and 48 of Kiên Giang."""
    origins: dict[UnitKey, set[str]] = {}
    for unit in units.values():
        for successor in unit.successors:
            origins.setdefault(successor.key, set()).add(
                province_of(units, unit).key.code
            )
    present = [
        unit.key
        for unit in units.values()
        if unit.parent == UnitKey("province", province, REFORM)
    ]
    assert communes == len(present)
    assert wholly == sum({old} == origins[key] for key in present)


def test_provinces_were_merged_whole(units: dict[UnitKey, SnapshotUnit]) -> None:
    """23 new ones out of 52; 11 go on."""
    ended = [u for u in units.values() if u.key.level == "province" and u.valid_to]
    assert 52 == len(ended)
    assert 23 == len({u.successors[0].key for u in ended})
    assert all(len(u.successors) == 1 and u.successors[0].whole for u in ended)
    (heir,) = units[UnitKey("province", "06", None)].successors
    assert (UnitKey("province", "19", REFORM), True, "merge") == (
        heir.key,
        heir.whole,
        heir.kind,
    )


def test_seven_province_codes_changed_their_owner(
    units: dict[UnitKey, SnapshotUnit],
) -> None:
    """The code of the swallowed province was given to the new one."""
    changed = {
        unit.key.code: (before.bare_name, unit.bare_name)
        for unit in units.values()
        if unit.key.level == "province"
        and unit.key.valid_from == REFORM
        and (before := units[UnitKey("province", unit.key.code, None)]).bare_name
        != unit.bare_name
    }
    assert {
        "15": ("Yên Bái", "Lào Cai"),
        "24": ("Bắc Giang", "Bắc Ninh"),
        "44": ("Quảng Bình", "Quảng Trị"),
        "52": ("Bình Định", "Gia Lai"),
        "80": ("Long An", "Tây Ninh"),
        "82": ("Tiền Giang", "Đồng Tháp"),
        "91": ("Kiên Giang", "An Giang"),
    } == changed


def test_commune_codes_were_reused(units: dict[UnitKey, SnapshotUnit]) -> None:
    """3,316 of 3,321; 05977 was Vĩnh Trại and is Đông Kinh."""
    old = {key.code for key in units if key.level == "commune" and not key.valid_from}
    new = {key.code for key in units if key.level == "commune" and key.valid_from}
    assert 3_316 == len(old & new)
    assert ("Phường Vĩnh Trại", "Phường Đông Kinh") == (
        units[UnitKey("commune", "05977", None)].name,
        units[UnitKey("commune", "05977", REFORM)].name,
    )
    assert "Phường Đông Kinh" == units[UnitKey("commune", "05980", None)].name


def test_the_succession_is_closed(units: dict[UnitKey, SnapshotUnit]) -> None:
    """Every successor exists and begins when the other ends; every commune has one."""
    for unit in units.values():
        for successor in unit.successors:
            assert unit.valid_to == units[successor.key].key.valid_from
        if unit.key.level == "commune" and unit.valid_to:
            assert unit.successors
            shared = [s for s in unit.successors if not s.whole]
            assert (len(unit.successors) == 1) == (not shared)


def test_split_communes_are_marked(units: dict[UnitKey, SnapshotUnit]) -> None:
    """471 communes were divided among several."""
    assert 471 == sum(len(unit.successors) > 1 for unit in units.values())


def test_parents_stand_first_and_lived_then(snapshot: Snapshot) -> None:
    """Nobody has to sort; a parent's life holds its child's first day."""
    seen: dict[UnitKey, SnapshotUnit] = {}
    for unit in snapshot.units:
        if unit.parent is not None:
            parent = seen[unit.parent]
            born = unit.key.valid_from or date.min
            assert (parent.key.valid_from or date.min) <= born
            assert born < (parent.valid_to or date.max)
        seen[unit.key] = unit


def test_names_are_clean(snapshot: Snapshot) -> None:
    """No doubled spaces, one spelling of type words, codes of fixed length."""
    lengths = {"country": 2, "province": 2, "district": 3, "commune": 5}
    for unit in snapshot.units:
        assert " ".join(unit.name.split()) == unit.name
        assert lengths[unit.key.level] == len(unit.key.code)
        assert "Thành Phố" not in unit.name
