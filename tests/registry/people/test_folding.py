"""Names as Vietnamese people write them: which spellings meet, and under which key."""

import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.person_names import name_keys
from services.registry.domain.resemblance import resemblance

SYLLABLES: Final = (
    "Nguyễn", "Trần", "Lê", "Hoàng", "Huỳnh", "Đặng", "Vũ", "Văn", "Thị", "Hòa",
    "Thúy", "Quý", "Khỏe", "Đức", "Ánh", "Tuyết", "Nhữ", "Ngọc", "Hưng", "Hùng",
)  # fmt: skip
NAMES: Final = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=5)
# The same syllable with its tone where the old and where the new rule puts it.
BOTH_PLACES: Final = (
    ("Hòa", "Hoà"), ("Thúy", "Thuý"), ("Khỏe", "Khoẻ"), ("Hủy", "Huỷ"), ("Tòe", "Toè"),
)  # fmt: skip


@given(NAMES)
def test_a_name_without_marks_has_the_same_plain_key(words: list[str]) -> None:
    """Who types without marks is found all the same."""
    name = " ".join(words)
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFD", name.replace("Đ", "D"))
        if not unicodedata.combining(letter)
    )
    assert name_keys(name).plain == name_keys(plain).plain
    assert name_keys(name).words == name_keys(plain.upper()).words


@given(NAMES, st.randoms(use_true_random=False))
def test_the_order_of_words_does_not_matter(words: list[str], luck: object) -> None:
    """Given name first, as on many forms: still the same words."""
    turned = list(words)
    luck.shuffle(turned)  # type: ignore[attr-defined]
    assert name_keys(" ".join(words)).words == name_keys(" ".join(turned)).words


@given(NAMES)
def test_the_middle_names_do_not_matter_for_the_ends(words: list[str]) -> None:
    """Nguyễn Văn An and Nguyễn An meet under the ends of the name."""
    short = f"{words[0]} {words[-1]}"
    assert name_keys(" ".join(words)).ends == name_keys(short).ends


@given(NAMES, st.sampled_from(("NFC", "NFD")), st.sampled_from((" ", "  ", "\t")))
def test_form_case_and_spaces_do_not_matter(
    words: list[str], form: str, space: str
) -> None:
    """How a keyboard writes a letter is no difference between people."""
    other = unicodedata.normalize(form, space.join(words).upper())  # type: ignore[arg-type]
    assert name_keys(" ".join(words)) == name_keys(other)


@given(NAMES)
def test_keys_are_what_they_are_made_from(words: list[str]) -> None:
    """Folding a key again changes nothing."""
    keys = name_keys(" ".join(words))
    assert keys.plain == name_keys(keys.plain).plain
    assert keys.words == name_keys(keys.words).words


@pytest.mark.parametrize(("new", "old"), BOTH_PLACES)
def test_the_place_of_the_tone_is_no_difference(new: str, old: str) -> None:
    """Hòa and Hoà are one spelling, with its marks."""
    assert new != old
    assert name_keys(f"Lê {new}").marked == name_keys(f"Lê {old}").marked


@pytest.mark.parametrize(
    ("one", "other"), [("Hùng", "Hưng"), ("Hoa", "Hòa"), ("Đan", "Dan"), ("Mỹ", "My")]
)
def test_other_marks_are_another_name(one: str, other: str) -> None:
    """Folding brings them together; the marked key keeps them apart."""
    assert name_keys(f"Lê {one}").plain == name_keys(f"Lê {other}").plain
    assert name_keys(f"Lê {one}").marked != name_keys(f"Lê {other}").marked


def test_one_word_has_no_ends() -> None:
    """A single word would meet too many."""
    assert name_keys("An").ends is None


def digests(**kinds: str) -> dict[str, bytes | None]:
    return {kind: word.encode() for kind, word in kinds.items()}


def test_the_same_number_weighs_more_than_a_misspelt_name() -> None:
    """The score says so, and each field says why."""
    one = digests(citizen_id="1", marked_name="a", name="a", words="a", birth="x")
    other = digests(citizen_id="1", marked_name="b", name="b", words="b", birth="x")
    found = resemblance(one, other, same_unit=False)
    assert 100 == found.score
    assert {
        "name": "different",
        "birth_date": "same",
        "citizen_id": "same",
        "old_id": "unknown",
        "unit": "different",
    } == {field.field: field.verdict for field in found.fields}


def test_another_birth_date_weighs_against_a_common_name() -> None:
    """Two people of one name are two people."""
    one = digests(marked_name="a", name="a", words="a", birth="x")
    same = resemblance(one, one, same_unit=True)
    other = resemblance(one, {**one, "birth": b"y"}, same_unit=True)
    assert (100, 20) == (same.score, other.score)


@given(st.dictionaries(st.sampled_from(("citizen_id", "old_id", "birth", "name")),
                       st.binary(min_size=1, max_size=2)),
       st.dictionaries(st.sampled_from(("citizen_id", "old_id", "birth", "name")),
                       st.binary(min_size=1, max_size=2)))  # fmt: skip
def test_likeness_has_no_direction(
    one: dict[str, bytes], other: dict[str, bytes]
) -> None:
    """Who is compared with whom does not matter."""
    there = resemblance(one, other, same_unit=True)
    assert there == resemblance(other, one, same_unit=True)
    assert 0 <= there.score <= 100
