"""Personal numbers: normalised, looked at, masked; never a reason to turn away."""

from collections.abc import Callable
from datetime import date

import pytest

from services.chassis.errors import Invalid
from services.registry.domain import person_errors as errors
from services.registry.domain.identifiers import (
    IdFlag,
    birth_year,
    flags_of,
    masked,
    normalised_citizen_id,
    normalised_old_id,
)
from services.registry.reference.people_rules import PEOPLE_RULES
from services.registry.reference.snapshot import read_snapshot
from tests.support.scenario import refused

BORN_1990 = date(1990, 5, 17)


@pytest.mark.parametrize("text", ["001090000123", "001 090 000 123", "001.090.000-123"])
def test_separators_are_no_digits(text: str) -> None:
    """People copy numbers as they are printed."""
    assert "001090000123" == normalised_citizen_id(text, "$.citizen_id")


@pytest.mark.parametrize(
    ("check", "kind", "text"),
    [
        (normalised_citizen_id, errors.CitizenIdMalformed, "00109000012"),
        (normalised_citizen_id, errors.CitizenIdMalformed, "٠٠١٠٩٠٠٠٠١٢٣"),
        (normalised_old_id, errors.OldIdMalformed, "0123456789"),
    ],
)
def test_a_wrong_count_of_digits_is_refused(
    check: Callable[[str, str], str], kind: type[Invalid], text: str
) -> None:
    """Twelve today, nine before; the refusal does not repeat the number."""
    refused(kind, "$.id", lambda: check(text, "$.id"))


@pytest.mark.parametrize(
    ("number", "year"),
    [
        ("001090000123", 1990),
        ("001190000123", 1990),
        ("001205000123", 2005),
        ("001305000123", 2005),
        ("001401000123", 2101),
    ],
)
def test_the_fourth_digit_tells_the_century(number: str, year: int) -> None:
    """Even for men, odd for women: 0 and 1 are of the 20th century, and so on."""
    assert year == birth_year(number)


def test_what_agrees_has_no_flag() -> None:
    """A number of Hà Nội, a man born in 1990."""
    assert () == flags_of("001090000123", BORN_1990)
    assert () == flags_of("001090000123", None)


def test_what_does_not_agree_is_flagged() -> None:
    """Another birth year, a province that never was."""
    assert (IdFlag.BIRTH_YEAR_DIFFERS,) == flags_of("001091000123", BORN_1990)
    assert (IdFlag.PREFIX_UNKNOWN,) == flags_of("003090000123", BORN_1990)
    assert () == flags_of("145090000123", BORN_1990)


def test_prefixes_are_the_provinces_of_before_2025() -> None:
    """All 63 of them, and they stay valid for life."""
    provinces = {
        f"0{unit.key.code}"
        for unit in read_snapshot().units
        if unit.key.level == "province" and unit.key.valid_from is None
    }
    assert 63 == len(provinces)
    assert provinces == PEOPLE_RULES.citizen_id.provinces


def test_a_masked_number_shows_its_last_four_digits() -> None:
    """The length stays, the rest is gone."""
    assert "••••••••0123" == masked("001090000123")
    assert masked(None) is None
