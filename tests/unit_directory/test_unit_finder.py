"""What a typed text means on a day, in a small country that was reformed in 2025."""

from datetime import date
from typing import Any, Final

import pytest

from services.unit_directory.lineage import LEVEL_ENDED, heirs_on
from services.unit_directory.tree import NameSince, Unit
from services.unit_directory.unit_finder import Asked, Found, unit_typed
from tests.unit_directory.country import REFORM, Country

RETYPED: Final = date(2026, 4, 30)
TODAY: Final = date(2026, 10, 1)
BEFORE: Final = date(2023, 6, 1)


def a_country() -> Country:
    made = Country()
    made.take("old", "province", "06", "Tỉnh Bắc Kạn", "vn")
    made.take("new", "province", "19", "Tỉnh Thái Nguyên", "vn", REFORM)
    made.take("far", "province", "37", "Tỉnh Ninh Bình", "vn", REFORM)
    made.take("huyen", "district", "066", "Huyện Na Rì", "old")
    made.take("hai_tien_old", "commune", "06733", "Xã Hải Tiến", "huyen")
    made.take("cu_le", "commune", "02176", "Xã Cư Lễ", "huyen")
    made.take("tan_lap", "commune", "02032", "Xã Tân Lập", "huyen")
    made.take("hai_ninh", "commune", "06701", "Xã Hải Ninh", "new", REFORM)
    made.take("tran_phu", "commune", "02177", "Xã Trần Phú", "new", REFORM)
    made.take("hai_tien", "commune", "14218", "Xã Hải Tiến", "far", REFORM)
    retyped = NameSince(RETYPED, "phuong", "Phường Lộc Ninh", "Lộc Ninh")
    made.take("loc_ninh", "commune", "25270", "Xã Lộc Ninh", "far", REFORM,
              later_names=(retyped,))  # fmt: skip
    made.take("tan_lap_mark", "commune", "02033", "Xã Tấn Lập", "far", REFORM)
    made.end("old", "new")
    made.end("huyen")
    made.end("hai_tien_old", "hai_ninh")
    made.end("cu_le", "tran_phu")
    made.end("tan_lap", "tran_phu", "hai_ninh", kind="split")
    return made


COUNTRY: Final = a_country()
TREE: Final = COUNTRY.tree()


def found(text: str, on: date = TODAY, **more: Any) -> Found:
    return unit_typed(TREE, Asked(text, on, **more))


def word_of(unit: Unit | None) -> str | None:
    words = {facts["id"]: word for word, facts in COUNTRY.units.items()}
    return None if unit is None else words[unit.id]


def words_found(text: str, on: date = TODAY, **more: Any) -> list[str | None]:
    return [word_of(match.unit) for match in found(text, on, **more).matches]


def test_a_name_without_marks_finds_the_former_bearer_too() -> None:
    """It says which name matched, until when it was borne, and who holds it now."""
    answer = found("ban hai tien")
    now, before = answer.matches
    assert ("hai_tien", "official") == (word_of(now.unit), now.matched)
    assert ("hai_tien_old", "former", "Xã Hải Tiến", REFORM) == (
        word_of(before.unit), before.matched, before.text, before.until,
    )  # fmt: skip
    assert [("hai_ninh", "merge", True)] == [
        (word_of(heir.unit), heir.reason, heir.whole) for heir in before.heirs
    ]
    assert ("ambiguous", None) == (answer.verdict, answer.unit)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Xã Hải Tiến", "hai_tien"),  # borne on the day, kind of unit given
        ("Hải Tiến (cũ)", "hai_ninh"),
        ("hai tien, thai nguyen", "hai_ninh"),
        ("hai tien, tỉnh Bắc Kạn", "hai_ninh"),
        ("xa cu le", "tran_phu"),
        ("Cư Lễ; H. Na Rì; T. Bắc Kạn", "tran_phu"),
        ("Xã Lộc Ninh", "loc_ninh"),  # re-typed: the former name is its own
        ("phuong loc ninh", "loc_ninh"),
        ("02176", "tran_phu"),
        ("2176", "tran_phu"),  # a spreadsheet dropped the zero
        ("14218", "hai_tien"),
        ("tỉnh Bắc Kạn", "new"),
        ("xã Tấn Lập", "tan_lap_mark"),  # the marks choose
        ("Cư Lễ (Na Rì)", "tran_phu"),
        ("Hải Tiến (cũ) - Bắc Kạn", "hai_ninh"),
        ("Xã Cư Lễ - H. Na Rì / T. Bắc Kạn", "tran_phu"),
        ("hai tien ninh binh", "hai_tien"),  # no sign between name and place
        ("xã Cư Lễ huyện Na Rì tỉnh Bắc Kạn", "tran_phu"),
        ("Bắc Kạn, Cư Lễ", "tran_phu"),  # the place first
        ("Tỉnh Bắc Kạn; H. Na Rì; xã Cư Lễ", "tran_phu"),
        ("Bắc Kạn - Na Rì - Cư Lễ", "tran_phu"),
        ("ninh binh hai tien", "hai_tien"),
        ("tỉnh Bắc Kạn huyện Na Rì xã Cư Lễ", "tran_phu"),
        ("Bắc Kạn, Hải Tiến (cũ)", "hai_ninh"),
    ],
)
def test_one_unit_is_meant(text: str, meant: str) -> None:
    """Codes and names, old and new, come to the unit in force."""
    assert ("one", meant) == (found(text).verdict, word_of(found(text).unit))


@pytest.mark.parametrize(
    "text",
    [
        "Hải Tiến",  # a commune of today, and one that another took over
        "xã Tân Lập",  # split between two
        "Huyện Na Rì",  # ended with its level, its communes went to two
        "thôn Hải Tiến",  # a village of that name is no commune
        "hai",  # only the beginning of names
        "xa tan lap, thai nguyen",
        "xa tan lap thai nguyen",
        "thai nguyen, xa tan lap",  # the place first, and still split between two
        "bac kan tan lap",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    """Where there is something to choose, matches are shown and no unit is given."""
    answer = found(text)
    assert ("ambiguous", None) == (answer.verdict, answer.unit)
    assert answer.matches


def test_a_split_shows_all_who_hold_a_part() -> None:
    """The unit is ambiguous and names its heirs, none of them the whole."""
    (match, *_) = found("xã Tân Lập").matches
    assert match.is_ambiguous
    assert {("tran_phu", False), ("hai_ninh", False)} == {
        (word_of(heir.unit), heir.whole) for heir in match.heirs
    }


def test_a_day_before_the_reform_means_the_units_of_that_day() -> None:
    """What began later is marked so, and stands behind."""
    answer = found("Hải Tiến", BEFORE)
    assert ["official", "later"] == [match.matched for match in answer.matches]
    assert ("ambiguous", None) == (answer.verdict, answer.unit)
    assert "hai_tien_old" == word_of(found("xã Hải Tiến", BEFORE).unit)


def test_level_and_area_narrow() -> None:
    """An area holds what it absorbed."""
    assert ["new"] == words_found("thai nguyen", level="province")
    area = TREE.covers(COUNTRY.units["new"]["id"])
    assert ["hai_tien_old"] == words_found("hai tien", within=area)
    assert [] == words_found("02176", within=TREE.covers(COUNTRY.units["far"]["id"]))


def test_nearer_matches_stand_first() -> None:
    """Whole names before beginnings, beginnings before words anywhere."""
    assert ["hai_tien", "hai_tien_old"] == words_found("hai tien")
    assert {"hai_tien", "hai_ninh", "hai_tien_old"} == set(words_found("hải"))
    assert "tran_phu" in words_found("phu")


def test_what_may_be_parted_in_two_ways_is_asked_about() -> None:
    """Every way counts; a name that is found whole is never parted."""
    made = Country()
    made.take("an", "province", "80", "Tỉnh An", "vn")
    made.take("tay_an", "province", "81", "Tỉnh Tây An", "vn")
    made.take("phu", "commune", "80001", "Xã Phú", "tay_an")
    made.take("phu_tay", "commune", "80002", "Xã Phú Tây", "an")
    tree = made.tree()
    answer = unit_typed(tree, Asked("phu tay an", TODAY))
    assert ("ambiguous", None) == (answer.verdict, answer.unit)
    assert {"80001", "80002"} == {match.unit.code for match in answer.matches}
    made.take("phu_tay_an", "commune", "80003", "Xã Phú Tây An", "an")
    answer = unit_typed(made.tree(), Asked("phu tay an", TODAY))
    assert ["80003"] == [match.unit.code for match in answer.matches]


def test_the_place_stands_first_only_where_nothing_else_is_found() -> None:
    """Every way of that order counts too; a name found whole is never turned round."""
    made = Country()
    made.take("an", "province", "80", "Tỉnh An", "vn")
    made.take("an_phu", "province", "81", "Tỉnh An Phú", "vn")
    made.take("tay", "commune", "81001", "Xã Tây", "an_phu")
    made.take("phu_tay", "commune", "80001", "Xã Phú Tây", "an")
    asked = Asked("an phu tay", TODAY)
    answer = unit_typed(made.tree(), asked)
    assert ("ambiguous", None) == (answer.verdict, answer.unit)
    assert {"80001", "81001"} == {match.unit.code for match in answer.matches}
    made.take("there", "province", "82", "Tỉnh Phú Tây", "vn")
    made.take("an_there", "commune", "82001", "Xã An", "there")
    answer = unit_typed(made.tree(), asked)
    assert ["82001"] == [match.unit.code for match in answer.matches]
    made.take("whole", "commune", "81003", "Xã An Phú Tây", "an_phu")
    answer = unit_typed(made.tree(), asked)
    assert ["81003"] == [match.unit.code for match in answer.matches]


@pytest.mark.parametrize(
    "text",
    ["", " , ", "khong co ten nay", "99999", "(cũ)", "thai nguyen, cu le, na ri"],
)
def test_what_nobody_bears_is_not_found(text: str) -> None:
    """No match, no unit, and no failure."""
    assert ("none", None, ()) == found(text)


def test_a_heir_names_the_resolution_that_made_it_and_no_older_one() -> None:
    """One that was there before is an heir by what ended the other, level or unit."""
    made = a_country()
    made.units["hai_ninh"]["legal_basis"] = "1679/NQ-UBTVQH15"
    made.take("na", "commune", "02200", "Xã Kim Lư", "huyen")
    made.take("standing", "commune", "02201", "Xã Liêm Thủy", "new", date(2020, 1, 1),
              legal_basis="1/NQ-UBTVQH14")  # fmt: skip
    made.end("na", "standing")
    made.units["na"]["ended_by"] = "2/NQ-UBTVQH15"
    made.take("left", "district", "067", "Huyện Ba Bể", "old", None,
              legal_basis="3/NQ-UBTVQH14", ended_by="4/NQ-UBTVQH15")  # fmt: skip
    made.take("stays", "commune", "02300", "Xã Ba Bể", "left")
    made.end("left")
    tree = made.tree()

    def basis(word: str) -> list[str | None]:
        unit = tree.unit(made.units[word]["id"])
        return [heir.legal_basis for heir in heirs_on(tree, unit, TODAY)]

    assert ["1679/NQ-UBTVQH15"] == basis("hai_tien_old")
    assert ["2/NQ-UBTVQH15"] == basis("na")
    assert ["4/NQ-UBTVQH15"] == basis("left")


def test_heirs_are_followed_to_the_day_asked_for() -> None:
    """None before the end; through a district's communes where it left no heir."""
    district = TREE.unit(COUNTRY.units["huyen"]["id"])
    assert [] == heirs_on(TREE, district, BEFORE)
    heirs = heirs_on(TREE, district, TODAY)
    assert {"tran_phu", "hai_ninh"} == {word_of(heir.unit) for heir in heirs}
    assert {(LEVEL_ENDED, False)} == {(heir.reason, heir.whole) for heir in heirs}
    assert [] == heirs_on(TREE, TREE.unit(COUNTRY.units["hai_tien"]["id"]), BEFORE)
