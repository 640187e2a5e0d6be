"""The province as the committed register of units has it, without any server."""

from datetime import date

import pytest

from demo.province import Place, Province
from demo.published import Published, read_published
from services.registry.reference.snapshot import SnapshotUnit, read_snapshot

MIDDLE = date(2023, 6, 30)


def _in_force(unit: SnapshotUnit) -> bool:
    begun = unit.key.valid_from is None or unit.key.valid_from <= MIDDLE
    return begun and (unit.valid_to is None or MIDDLE < unit.valid_to)


def _place(unit: SnapshotUnit, district: str = "") -> Place:
    return Place(
        code=unit.key.code,
        name=unit.name,
        unit_type=unit.unit_type,
        district=district,
        valid_from=unit.key.valid_from,
        valid_to=unit.valid_to,
    )


@pytest.fixture(scope="session")
def published() -> Published:
    return read_published()


@pytest.fixture(scope="session")
def province(published: Published) -> Province:
    """Give Bắc Kạn with its districts and communes of 2023."""
    units = [unit for unit in read_snapshot().units if _in_force(unit)]
    (itself,) = [
        unit
        for unit in units
        if (unit.key.level, unit.key.code) == ("province", published.province_code)
    ]
    districts = [unit for unit in units if unit.parent == itself.key]
    return Province(
        itself=_place(itself),
        districts=tuple(_place(unit) for unit in districts),
        communes=tuple(
            _place(unit, district.name)
            for district in districts
            for unit in units
            if unit.parent == district.key
        ),
    )
