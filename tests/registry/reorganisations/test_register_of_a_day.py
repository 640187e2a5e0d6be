"""A register cut to a day is an edition of its own, and stays what it is."""

import pytest

from services.registry.reference.snapshot import Snapshot
from services.registry.use_cases.import_units import (
    RegisterOfAnotherDay,
    import_units,
)
from services.unit_directory.directory import units_of
from tests.registry.conftest import Registry


async def test_it_holds_the_units_of_the_day(eve: Registry) -> None:
    """No unit has an end, an heir or a first day of its own yet."""
    units = list(units_of(eve.runtime))
    assert len(units) > 600
    assert not any(unit.valid_to or unit.successors for unit in units)
    assert not any(unit.valid_from for unit in units)


async def test_it_is_imported_once(eve: Registry, register: Snapshot) -> None:
    """The same start again adds nothing."""
    assert 0 == await import_units(eve.runtime, register)


async def test_it_does_not_become_another_one(
    eve: Registry, register: Snapshot
) -> None:
    """Half a register would be worse than none: the start is refused."""
    eve.runtime.settings.register_until = None
    with pytest.raises(RegisterOfAnotherDay):
        await import_units(eve.runtime, register)
