"""Types of units are dated reference, and the register holds no other."""

from datetime import date

import pytest

from services.registry.domain.unit_errors import UnitTypeNotInForce
from services.registry.domain.unit_types import UNIT_TYPES, unit_type_on
from services.registry.reference.snapshot import read_snapshot


def test_the_register_is_named_by_the_table() -> None:
    """Each unit's full name is its type's word and its own; its days lie inside."""
    for unit in read_snapshot().units:
        kind = UNIT_TYPES[unit.key.level, unit.unit_type]
        assert unit.name == kind.full_name(unit.bare_name)
        if kind.in_force.end is not None:
            assert unit.valid_to is not None
            assert unit.valid_to <= kind.in_force.end
        for change in unit.changes:
            later = unit_type_on(
                unit.key.level, change.unit_type, change.effective_on, "$"
            )
            assert change.name == later.full_name(change.bare_name)


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("thi_tran", date(2025, 7, 1)),
        ("dac_khu", date(2025, 6, 30)),
        ("tinh", date(2026, 1, 1)),
    ],
)
def test_a_type_has_its_days_and_its_level(code: str, day: date) -> None:
    """No town after June 2025, no special zone before, no province among communes."""
    with pytest.raises(UnitTypeNotInForce):
        unit_type_on("commune", code, day, "$.unit_type")
