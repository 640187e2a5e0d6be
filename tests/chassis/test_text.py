"""What text is let in, in which form, and how it is compared."""

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.text import ForbiddenCharacter, fold, normalise


class Inner(msgspec.Struct, frozen=True):
    code: str


class Outer(msgspec.Struct, frozen=True):
    name: str
    units: list[Inner]
    marks: dict[str, str]
    number: int = 1


def test_shape_stays_and_texts_become_nfc() -> None:
    """A decomposed Vietnamese name comes out composed and without outer spaces."""
    given_name = unicodedata.normalize("NFD", " Nguyễn Thị Hòa ")
    body = Outer(given_name, [Inner("01")], {"a": " b "})
    assert Outer("Nguyễn Thị Hòa", [Inner("01")], {"a": "b"}) == normalise(body)


def test_a_clean_body_is_left_as_it_is() -> None:
    """Nothing is copied that needs no change."""
    body = Outer("Nguyễn Thị Hòa", [Inner("01")], {"a": "b"})
    assert normalise(body) is body


@pytest.mark.parametrize(
    "sign", ["\x00", "\x1b", "\u202e", "\u200b", "\ufeff", "\ud800"]
)
def test_hiding_signs_are_refused_with_their_place(sign: str) -> None:
    """The field path leads to the text that carries the sign."""
    for body, field in (
        (Outer(f"a{sign}", [], {}), "$.name"),
        (Outer("a", [Inner("b"), Inner(sign)], {}), "$.units[1].code"),
        (Outer("a", [], {"k": sign}), "$.marks.k"),
    ):
        with pytest.raises(ForbiddenCharacter) as refusal:
            normalise(body)
        assert field == refusal.value.field


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa", "Hoà"), ("Đắk Lắk", "dak lak"), ("M'Drắk", "M’Drắk"), ("THỦY", "Thuỷ")],
)
def test_spellings_of_one_name_fold_together(one: str, other: str) -> None:
    """Marks, case, tone place, đ and apostrophes do not part a name."""
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_is_done_once(text: str) -> None:
    """A folded text folds to itself."""
    assert fold(fold(text)) == fold(text)
