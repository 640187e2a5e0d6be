"""Invented people are named by numbers in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.plan.names import in_words, model_names, person_name


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (55, "năm mươi lăm"),
        (102, "một trăm linh hai"),
        (218, "hai trăm mười tám"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1131, "một nghìn một trăm ba mươi mốt"),
    ],
)
def test_numbers_are_written_as_they_are_said(number: int, words: str) -> None:
    """Linh, lăm and mốt stand where a speaker would say them."""
    assert words == in_words(number)


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_different_numbers_give_different_people(one: int, other: int) -> None:
    """No two people share a name."""
    assert (one == other) == (person_name(one) == person_name(other))


def test_a_person_cannot_be_mistaken_for_a_real_one() -> None:
    """The family name of everybody is Người Thử."""
    assert "Người Thử Một Trăm Linh Hai" == person_name(102)


def test_models_have_names_of_their_own() -> None:
    """There are enough names for the published models and no name comes twice."""
    assert len(model_names()) == len(set(model_names())) >= 57
