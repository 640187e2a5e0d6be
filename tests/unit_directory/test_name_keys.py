"""Names as people write them come to one key; what tells them apart stays."""

import pytest

from services.unit_directory.name_keys import is_said_to_be_old, readings, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Bình", "Hoà  Bình"),
        ("Hải Tiến", "hai tien"),
        ("Mỹ Đức", "Mĩ Đức"),
        ("Quý Lộc", "Quí Lộc"),
        ("Phường 01", "phường 1"),
        ("Ia H'Drai", "Ia H\u2019Drai"),
        ("Ia H'Drai", "ia hdrai"),
        ("Đắk R'Lấp", "dak rlap"),
        ("Phan Rang - Tháp Chàm", "phan rang thap cham"),
    ],
)
def test_two_ways_to_write_a_name_are_one_key(one: str, other: str) -> None:
    """Marks, place of the tone, i or y, apostrophes, zeros and spaces do not count."""
    assert words_of(one).key == words_of(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa Bình", "hoà bình"), ("Mỹ Lý", "Mĩ Lí"), ("THỦY", "thuỷ")],
)
def test_the_place_of_the_tone_is_no_other_mark(one: str, other: str) -> None:
    """What is compared with marks is equal too."""
    assert words_of(one).marked == words_of(other).marked


@pytest.mark.parametrize(
    ("one", "other"), [("Tân Lập", "Tấn Lập"), ("Đá", "Da"), ("Sơn", "Son")]
)
def test_other_marks_are_other_words(one: str, other: str) -> None:
    """The key is one, the words with marks are two."""
    assert words_of(one).key == words_of(other).key
    assert words_of(one).marked != words_of(other).marked


def told(text: str) -> list[tuple[str | None, str]]:
    return [(way.kind, way.words.key) for way in readings(text)]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("ban hai tien", "ban", "hai tien"),
        ("Xã Cư Lễ", "xa", "cu le"),
        ("tổ dân phố 4", "to_dan_pho", "4"),
        ("TDP 04", "to_dan_pho", "4"),
        ("tp. Hồ Chí Minh", "thanh_pho", "ho chi minh"),
        ("q1", "quan", "1"),
        ("F.12", "phuong", "12"),
        ("tphcm", "thanh_pho", "hcm"),
        ("khu phố 3", "khu_pho", "3"),
        ("ấp Tân Hòa", "ap", "tan hoa"),
    ],
)
def test_the_kind_of_unit_is_taken_off(text: str, kind: str, name: str) -> None:
    """Written out or short, with a point or glued to what follows."""
    assert (kind, name) in told(text)


def test_the_plain_reading_comes_first() -> None:
    """Bản Hồ is a commune of that name before it is a bản called Hồ."""
    assert [(None, "ban ho"), ("ban", "ho")] == told("Bản Hồ")


def test_a_kind_alone_is_a_name() -> None:
    """Nothing is left empty."""
    assert [(None, "phuong")] == told("phường")
    assert [] == told(" -- ")


def test_a_name_may_be_marked_as_a_former_one() -> None:
    """The mark is no word of the name."""
    assert is_said_to_be_old("Hải Tiến (cũ)")
    assert [(None, "hai tien")] == told("Hải Tiến (cũ)")
    assert not is_said_to_be_old("Củ Chi")
