"""The provincial size rules, at each of their boundaries."""

from datetime import date

import pytest

from services.registry.domain.norms import NORMS, Requirement, Rule

BY_CODE = {norm.code: norm for norm in NORMS}


def rule(norm: str, group: str) -> Rule:
    found = BY_CODE[norm].rule_for(group)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("people", "members"),
    [
        (0, 3), (1, 3), (2700, 3), (2701, 4), (3600, 4), (3601, 4), (4499, 4),
        (4500, 5), (4501, 5), (5399, 5), (5400, 6), (6300, 7), (12_600, 14),
    ],
)  # fmt: skip
@pytest.mark.parametrize("norm", ["tp_ho_chi_minh_2024", "tp_ho_chi_minh_2025"])
def test_ho_chi_minh_city_goes_by_people(norm: str, people: int, members: int) -> None:
    """Up to 2,700 three, up to 3,600 four, then one more for each full 900."""
    for group in ("to_dan_pho", "thon"):
        assert "people" == rule(norm, group).measure
        assert Requirement(members, at_most=False) == (
            rule(norm, group).required(people)
        )


@pytest.mark.parametrize(
    ("group", "households", "members"),
    [
        ("thon", 0, 3), ("thon", 349, 3), ("thon", 350, 4), ("thon", 9000, 4),
        ("to_dan_pho", 499, 3), ("to_dan_pho", 500, 4),
    ],
)  # fmt: skip
def test_hoa_binh_goes_by_households(group: str, households: int, members: int) -> None:
    """A thôn of 350 households, a tổ dân phố of 500, has four; others three."""
    found = rule("hoa_binh_2024", group)
    assert "households" == found.measure
    assert Requirement(members, at_most=False) == found.required(households)


@pytest.mark.parametrize(
    ("group", "households", "required"),
    [
        ("thon", 349, Requirement(3, at_most=False)),
        ("thon", 350, Requirement(4, at_most=True)),
        ("thon", 700, Requirement(4, at_most=True)),
        ("thon", 701, Requirement(5, at_most=True)),
        ("to_dan_pho", 499, Requirement(3, at_most=False)),
        ("to_dan_pho", 500, Requirement(4, at_most=True)),
        ("to_dan_pho", 800, Requirement(4, at_most=True)),
        ("to_dan_pho", 801, Requirement(5, at_most=True)),
    ],
)
def test_binh_dinh_gives_ceilings(
    group: str, households: int, required: Requirement
) -> None:
    """Three exactly, then four at most, then five at most."""
    assert required == rule("binh_dinh_2024", group).required(households)


def test_every_rule_set_has_a_source_days_and_marks() -> None:
    """None of them comes before the law; each begins somewhere and starts at nobody."""
    assert len(NORMS) == len(BY_CODE)
    for norm in NORMS:
        assert norm.source
        assert norm.mark in {"V", "R", "S", "G", "?"}
        assert norm.day_mark in {"V", "R", "S", "G", "?"}
        assert norm.in_force.first is not None
        assert date(2024, 7, 1) <= norm.in_force.first
        for one in norm.rules:
            starts = [step.start for step in one.steps]
            assert [0, *sorted(set(starts[1:]))] == starts


def test_there_is_no_rule_for_other_groups() -> None:
    """What the set does not name, it does not bind."""
    assert BY_CODE["hoa_binh_2024"].rule_for("ward") is None
