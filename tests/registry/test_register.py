"""The imported register answers as the country was on any day."""

from datetime import date
from typing import Final
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.chassis.errors import DomainError
from services.chassis.service import build_runtime, close_runtime
from services.chassis.settings import Settings
from services.contracts.registry.events import UnitEstablishedV1, UnitRegisterImportedV1
from services.contracts.registry.units import UnitRef, unit_id
from services.registry.publishing import publish
from services.registry.use_cases.import_units import import_units
from services.registry.wiring import definition
from services.unit_directory import refusals
from services.unit_directory.tree import UnitTree, lies_within
from services.unit_directory.unit_finder import finder_of
from services.unit_directory.unit_search import Sought, search
from tests.registry.conftest import Registry

REFORM: Final = date(2025, 7, 1)
IN_2023: Final = date(2023, 6, 1)
TODAY: Final = date(2026, 10, 1)
COUNTRY: Final = unit_id("country", "VN", None)
BAC_KAN: Final = unit_id("province", "06", None)
THAI_NGUYEN: Final = unit_id("province", "19", REFORM)


@pytest.fixture
def tree(registry: Registry) -> UnitTree:
    return registry.tree


def refusal(tree: UnitTree, ref: UnitRef, on: date | None) -> DomainError:
    with pytest.raises(DomainError) as caught:
        tree.resolve(ref, on)
    return caught.value


def test_a_code_means_another_unit_on_another_day(tree: UnitTree) -> None:
    """05977 was Vĩnh Trại until June 2025 and is Đông Kinh since."""
    code = UnitRef(code="05977")
    assert "Phường Vĩnh Trại" == tree.resolve(code, date(2025, 6, 30)).name
    assert "Phường Đông Kinh" == tree.resolve(code, REFORM).name


def test_a_reused_code_without_a_day_is_ambiguous(tree: UnitTree) -> None:
    """The refusal lists the candidates with their lives."""
    found = refusal(tree, UnitRef(code="05977"), None)
    assert isinstance(found, refusals.UnitAmbiguous)
    assert ["Phường Vĩnh Trại", "Phường Đông Kinh"] == [
        candidate["name"]
        for candidate in found.params["candidates"]  # type: ignore[attr-defined]
    ]


def test_an_ended_unit_names_its_life_and_its_successors(tree: UnitTree) -> None:
    """Bắc Kạn is not in force today; Thái Nguyên took it over."""
    found = refusal(tree, UnitRef(code="06"), TODAY)
    assert isinstance(found, refusals.UnitNotInForce)
    assert "$.unit.code" == found.field
    assert {"valid_to": REFORM, "successors": [THAI_NGUYEN], "unit": "06"} == {
        name: found.params[name] for name in ("valid_to", "successors", "unit")
    }


def test_an_unknown_code_or_id_is_unknown(tree: UnitTree) -> None:
    """Neither a code that nobody bore nor a foreign id is guessed at."""
    by_code = refusal(tree, UnitRef(code="99999"), TODAY)
    by_id = refusal(tree, UnitRef(id=UUID(int=1)), TODAY)
    assert isinstance(by_code, refusals.UnitUnknown)
    assert ("$.unit.code", "$.unit.id") == (by_code.field, by_id.field)


@pytest.mark.parametrize("ref", [UnitRef(), UnitRef(id=BAC_KAN, code="06")])
def test_a_reference_is_exactly_one_of_id_and_code(
    tree: UnitTree, ref: UnitRef
) -> None:
    """Nothing and both are refused."""
    assert isinstance(refusal(tree, ref, TODAY), refusals.UnitReferenceIncomplete)


def test_every_code_is_unique_on_its_days(tree: UnitTree) -> None:
    """On each side of every change no code is borne twice."""
    for day in (IN_2023, date(2025, 6, 30), REFORM, TODAY):
        codes = [unit.code for unit in tree if unit.in_force(day)]
        assert len(set(codes)) == len(codes)


def test_todays_thai_nguyen_covers_bac_kan(tree: UnitTree) -> None:
    """Its own subtree and those of both provinces that went into it."""
    assert {"VN.19-2025", "VN.06-0", "VN.19-0"} == set(tree.covers(THAI_NGUYEN))
    old_commune = tree.resolve(UnitRef(code="01840"), IN_2023)
    assert tree.within((THAI_NGUYEN,), old_commune.id)
    assert tree.within((BAC_KAN,), old_commune.id)


def test_the_old_province_covers_nothing_new(tree: UnitTree) -> None:
    """Bắc Kạn's officers lose nothing of the past and gain nothing of today."""
    assert ("VN.06-0",) == tree.covers(BAC_KAN)
    new_commune = tree.resolve(UnitRef(code="01840"), TODAY)
    assert not tree.within((BAC_KAN,), new_commune.id)


def test_a_province_that_went_on_is_one_unit(tree: UnitTree) -> None:
    """Lạng Sơn has old districts and new communes below it."""
    lang_son = tree.resolve(UnitRef(code="20"), TODAY)
    assert lang_son.id == tree.resolve(UnitRef(code="20"), IN_2023).id
    assert 11 == len(tree.children(lang_son.id, IN_2023))
    assert 65 == len(tree.children(lang_son.id, TODAY))


def test_the_country_covers_everything_by_one_path(tree: UnitTree) -> None:
    """No predecessor path is repeated where a path above it stands already."""
    assert ("VN",) == tree.covers(COUNTRY)
    assert all(lies_within(unit.path, ("VN",)) for unit in tree)


def test_a_merged_commune_covers_those_it_took_whole(tree: UnitTree) -> None:
    """Phường Đức Xuân is three old wards; parts of divided ones are not covered."""
    commune = tree.resolve(UnitRef(code="01840"), TODAY)
    whole = [p for p in commune.predecessors if p.whole]
    assert {tree.path(p.unit_id) for p in whole} | {commune.path} == set(
        tree.covers(commune.id)
    )
    assert {"Phường Nguyễn Thị Minh Khai", "Phường Huyền Tụng", "Phường Đức Xuân"} == {
        tree.unit(p.unit_id).name for p in whole
    }


def test_names_follow_the_day(tree: UnitTree) -> None:
    """Lộc Ninh was a xã until 30 April 2026 and is a phường since."""
    unit = tree.resolve(UnitRef(code="25270"), TODAY)
    assert "Xã Lộc Ninh" == unit.named(date(2026, 4, 29)).name
    assert "Phường Lộc Ninh" == unit.named(date(2026, 4, 30)).name
    assert ("phuong", "Lộc Ninh") == unit.named(None)[1::2]


def test_names_are_found_without_diacritics(tree: UnitTree) -> None:
    """The best match first: a province before its communes."""
    finder = finder_of(tree)
    found = search(tree, finder, Sought("bac kan", IN_2023, None), 3)
    assert {"Tỉnh Bắc Kạn", "Thành phố Bắc Kạn"} == {unit.name for unit in found[:2]}
    both = search(tree, finder, Sought("Hải Tiến", None, None), 9)
    assert ["Xã Hải Tiến"] * 2 == [unit.name for unit in both[:2]]
    assert [] == search(tree, finder, Sought("hai tien", IN_2023, "province"), 9)


async def test_a_second_start_imports_nothing(
    registry: Registry, settings: Settings
) -> None:
    """Neither in the same process nor in another replica."""
    head = registry.runtime.log.head()
    replica = build_runtime(definition(), settings)
    assert 0 == await import_units(registry.runtime)
    assert 0 == await import_units(replica)
    await close_runtime(replica)
    assert head == registry.runtime.log.head()


def test_the_register_is_published_whole(registry: Registry) -> None:
    """Every stored unit fact has its contract; the mark counts them all."""
    log = registry.runtime.log
    published = [publish(item) for item in log.read_after(0, 40_000)]
    marks = [e for e in published if isinstance(e, UnitRegisterImportedV1)]
    whole = published.index(marks[0])  # what follows are changes of a later day
    facts = [e for e in published[:whole] if e is not None and ".unit." in e.TYPE]
    assert [len(facts)] == [mark.facts for mark in marks]
    assert 14_139 == marks[0].units
    first = published[0]
    assert isinstance(first, UnitEstablishedV1)
    assert ("VN", "VN", None) == (first.code, first.path, first.parent_id)


def test_paths_are_made_of_codes_and_years(registry: Registry) -> None:
    """A label is a code and the year from which it counts, 0 for unknown."""
    with registry.runtime.engine.connect() as conn:
        paths = conn.execute(
            sa.text(
                "SELECT path FROM registry_read.unit_directory"
                " WHERE code = '01840' ORDER BY valid_from NULLS FIRST"
            )
        ).scalars()
        assert ["VN.06-0.058-0.01840-0", "VN.19-2025.01840-2025"] == list(paths)
