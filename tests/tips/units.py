"""A handful of real units, written as the registry's facts would write them."""

from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from services.contracts.registry.events import (
    Successor,
    UnitAbolishedV1,
    UnitEstablishedV1,
    UnitRegisterImportedV1,
)
from services.contracts.registry.units import Level, unit_id
from services.unit_directory.tables import UnitFact, UnitTables

MERGED: Final = date(2025, 7, 1)
COUNTRY: Final = unit_id("country", "VN", None)
BAC_KAN: Final = unit_id("province", "06", None)
OLD_THAI_NGUYEN: Final = unit_id("province", "19", None)
THAI_NGUYEN: Final = unit_id("province", "19", MERGED)
BAC_KAN_CITY: Final = unit_id("district", "058", None)
COMMUNE: Final = unit_id("commune", "01840", None)
SECOND_COMMUNE: Final = unit_id("commune", "01843", None)
LANG_SON: Final = unit_id("province", "20", None)
OTHER_COMMUNE: Final = unit_id("commune", "05977", None)
NEW_COMMUNE: Final = unit_id("commune", "01840", MERGED)


def _unit(
    level: Level,
    code: str,
    parent: UUID | None,
    path: str,
    since: date | None = None,
) -> UnitFact:
    fact = UnitEstablishedV1(
        unit_id=unit_id(level, code, since),
        code=code,
        level=level,
        unit_type=level,
        name=f"Đơn vị {code}",
        bare_name=code,
        parent_id=parent,
        path=path,
        valid_from=since,
    )
    return UnitFact(1, fact)


def _end(unit: UUID, *successors: UUID) -> UnitFact:
    after = tuple(Successor(unit_id=s, whole=True, kind="merge") for s in successors)
    fact = UnitAbolishedV1(
        unit_id=unit, valid_to=MERGED, legal_basis=None, successors=after
    )
    return UnitFact(2, fact)


FACTS: Final = (
    _unit("country", "VN", None, "VN"),
    _unit("province", "06", COUNTRY, "VN.06-0"),
    _unit("province", "19", COUNTRY, "VN.19-0"),
    _unit("province", "19", COUNTRY, "VN.19-2025", MERGED),
    _unit("district", "058", BAC_KAN, "VN.06-0.058-0"),
    _unit("commune", "01840", BAC_KAN_CITY, "VN.06-0.058-0.01840-0"),
    _unit("commune", "01843", BAC_KAN_CITY, "VN.06-0.058-0.01843-0"),
    _unit("province", "20", COUNTRY, "VN.20-0"),
    _unit("commune", "05977", LANG_SON, "VN.20-0.05977-0"),
    _unit("commune", "01840", THAI_NGUYEN, "VN.19-2025.01840-2025", MERGED),
    _end(BAC_KAN, THAI_NGUYEN),
    _end(OLD_THAI_NGUYEN, THAI_NGUYEN),
    _end(BAC_KAN_CITY, THAI_NGUYEN),
    _end(COMMUNE, NEW_COMMUNE),
    _end(SECOND_COMMUNE, NEW_COMMUNE),
)


def plant_units(conn: sa.Connection, tables: UnitTables) -> None:
    """Write the units and the edition that makes them whole."""
    edition = UnitRegisterImportedV1(
        unit_id=COUNTRY, edition="test", units=10, facts=len(FACTS)
    )
    tables.apply(conn, (*FACTS, UnitFact(1, edition)))
