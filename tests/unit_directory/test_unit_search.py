"""Units listed by name or code, the best first, from the finder's names."""

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.text import fold
from services.unit_directory.tree import NameSince
from services.unit_directory.unit_finder import UnitFinder
from services.unit_directory.unit_search import Sought, search
from tests.unit_directory.country import REFORM, Country

TODAY: Final = date(2026, 10, 1)
BEFORE: Final = date(2023, 6, 1)


def a_country() -> Country:
    made = Country()
    made.take("bac_kan", "province", "06", "Tỉnh Bắc Kạn", "vn")
    made.take("thai_nguyen", "province", "19", "Tỉnh Thái Nguyên", "vn")
    made.take("ninh_binh", "province", "37", "Tỉnh Ninh Bình", "vn")
    made.take("na_ri", "district", "066", "Huyện Na Rì", "bac_kan")
    made.take("hai_tien", "commune", "06733", "Xã Hải Tiến", "na_ri")
    made.take("hai_tien_ward", "commune", "14218", "Phường Hải Tiến", "ninh_binh")
    made.take("binh_hai", "commune", "14220", "Xã Bình Hải", "ninh_binh")
    renamed = NameSince(date(2026, 4, 30), "xa", "Xã Lộc Thịnh", "Lộc Thịnh")
    made.take("loc_ninh", "commune", "25270", "Xã Lộc Ninh", "ninh_binh",
              later_names=(renamed,))  # fmt: skip
    made.take("void", "commune", "14221", "Xã Hải Tiên", "ninh_binh", REFORM)
    made.units["void"]["valid_to"] = REFORM
    made.end("bac_kan", "thai_nguyen")
    return made


COUNTRY: Final = a_country()
TREE: Final = COUNTRY.tree()
FINDER: Final = UnitFinder(TREE)
WORDS: Final = {facts["id"]: word for word, facts in COUNTRY.units.items()}


def found(
    text: str, on: date | None = None, level: str | None = None, first: int = 100
) -> list[str]:
    units = search(TREE, FINDER, Sought(text, on, level), first)
    return [WORDS[unit.id] for unit in units]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bắc Kạn", ["bac_kan"]),
        ("bac kan", ["bac_kan"]),
        ("TINH BAC KAN", ["bac_kan"]),
        ("06733", ["hai_tien"]),
        ("06", ["bac_kan"]),
        ("14221", []),
        ("hai tien", ["hai_tien", "hai_tien_ward"]),
        ("xa hai tien", ["hai_tien"]),
        ("phường hải", ["hai_tien_ward"]),
        ("hai", ["hai_tien", "hai_tien_ward", "binh_hai"]),
        ("loc ninh", ["loc_ninh"]),
        ("lộc thịnh", ["loc_ninh"]),
        ("tinh", ["bac_kan", "thai_nguyen", "ninh_binh"]),
        ("guyen", []),
        ("---", []),
    ],
)
def test_names_and_codes_of_all_days_are_listed(text: str, words: list[str]) -> None:
    """A name that begins alike goes before one with the word inside; voided never."""
    assert words == found(text)


def test_a_day_and_a_level_narrow_the_list() -> None:
    """The unit has to be in force on the day; which name matched does not matter."""
    assert ["bac_kan"] == found("bac kan", on=BEFORE)
    assert [] == found("bac kan", on=TODAY)
    assert ["loc_ninh"] == found("loc ninh", on=TODAY)
    assert ["ninh_binh"] == found("ninh", level="province")
    assert [] == found("06733", level="province")


def test_no_more_than_asked_for_and_the_best_first() -> None:
    """A short list is the beginning of the long one."""
    everything = found("hai")
    for first in (1, 2, 3):
        assert everything[:first] == found("hai", first=first)


@given(st.sampled_from(sorted(WORDS.values())), st.data())
def test_a_unit_is_found_by_what_its_name_begins_with(
    word: str, data: st.DataObject
) -> None:
    """By any beginning of two letters or more, and by any of its words."""
    facts = COUNTRY.units[word]
    if word in {"void", "vn"}:
        return
    bare = fold(facts["bare_name"])
    start = bare[: data.draw(st.integers(2, len(bare)))].strip()
    typed = data.draw(st.sampled_from([facts["name"], bare, start, *bare.split()]))
    assert word in found(typed)
