"""A register of a dozen units, with the merger of 2025, for tests of this service."""

from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from services.contracts.envelope import PublicEvent
from services.contracts.registry.events import (
    Successor,
    UnitAbolishedV1,
    UnitEstablishedV1,
    UnitRegisterImportedV1,
)
from services.contracts.registry.units import Level, unit_id
from services.unit_directory.tables import UnitFact, UnitTables

MERGER: Final = date(2025, 7, 1)

COUNTRY: Final = unit_id("country", "VN", None)
BAC_KAN: Final = unit_id("province", "06", None)
THAI_NGUYEN: Final = unit_id("province", "19", None)
THAI_NGUYEN_SINCE_2025: Final = unit_id("province", "19", MERGER)
PHUC_LOC: Final = unit_id("commune", "01906", None)
QUANG_THUAN: Final = unit_id("commune", "01840", None)
LANG_SON: Final = unit_id("province", "20", None)
VINH_TRAI: Final = unit_id("commune", "05977", None)
PHUC_LOC_SINCE_2025: Final = unit_id("commune", "01906", MERGER)
NEW_COMMUNE: Final = unit_id("commune", "01840", MERGER)


def register() -> list[PublicEvent]:
    """Two provinces with districts and communes, then one without districts."""
    before = [
        _unit("country", "VN", "Việt Nam", None, "VN"),
        _unit("province", "06", "Tỉnh Bắc Kạn", COUNTRY, "VN.06-0"),
        _unit("province", "19", "Tỉnh Thái Nguyên", COUNTRY, "VN.19-0"),
        _unit("district", "061", "Huyện Ba Bể", BAC_KAN, "VN.06-0.061-0"),
        _unit("commune", "01906", "Xã Phúc Lộc", _d("061"), "VN.06-0.061-0.01906-0"),
        _unit("district", "058", "TP. Bắc Kạn", BAC_KAN, "VN.06-0.058-0"),
        _unit("commune", "01840", "P. Quang Thuận", _d("058"), "VN.06-0.058-0.01840-0"),
        _unit("district", "164", "TP. Thái Nguyên", THAI_NGUYEN, "VN.19-0.164-0"),
        _unit("province", "20", "Tỉnh Lạng Sơn", COUNTRY, "VN.20-0"),
        _unit("commune", "05977", "P. Vĩnh Trại", LANG_SON, "VN.20-0.05977-0"),
    ]
    after = [
        _unit("province", "19", "Tỉnh Thái Nguyên", COUNTRY, "VN.19-2025", MERGER),
        _unit(
            "commune",
            "01840",
            "Phường Bắc Kạn",
            THAI_NGUYEN_SINCE_2025,
            "VN.19-2025.01840-2025",
            MERGER,
        ),
        _unit(
            "commune",
            "01906",
            "Xã Phúc Lộc",
            THAI_NGUYEN_SINCE_2025,
            "VN.19-2025.01906-2025",
            MERGER,
        ),
    ]
    ended = [
        _ended(BAC_KAN, THAI_NGUYEN_SINCE_2025),
        _ended(THAI_NGUYEN, THAI_NGUYEN_SINCE_2025),
        _ended(QUANG_THUAN, NEW_COMMUNE),
        *(_ended(unit) for unit in (_d("061"), _d("058"), _d("164"))),
        _ended(PHUC_LOC, PHUC_LOC_SINCE_2025),
    ]
    facts: list[PublicEvent] = [*before, *after, *ended]
    imported = UnitRegisterImportedV1(
        unit_id=COUNTRY, edition="test", units=len(before + after), facts=len(facts)
    )
    return [*facts, imported]


def write_register(connection: sa.Connection, tables: UnitTables) -> None:
    """Take the register in as the follower does."""
    seen: dict[UUID, int] = {}
    facts = []
    for event in register():
        unit: UUID = event.unit_id  # type: ignore[attr-defined]
        seen[unit] = seen.get(unit, 0) + 1
        facts.append(UnitFact(seen[unit], event))
    tables.apply(connection, facts)


def _d(code: str) -> UUID:
    return unit_id("district", code, None)


def _unit(
    level: Level,
    code: str,
    name: str,
    parent_id: UUID | None,
    path: str,
    valid_from: date | None = None,
) -> UnitEstablishedV1:
    kind, _, bare = name.partition(" ")
    return UnitEstablishedV1(
        unit_id=unit_id(level, code, valid_from),
        code=code,
        level=level,
        unit_type=kind,
        name=name,
        bare_name=bare,
        parent_id=parent_id,
        path=path,
        valid_from=valid_from,
    )


def _ended(unit: UUID, successor: UUID | None = None) -> UnitAbolishedV1:
    successors = ()
    if successor is not None:
        successors = (Successor(unit_id=successor, whole=True, kind="merge"),)
    return UnitAbolishedV1(
        unit_id=unit, valid_to=MERGER, legal_basis=None, successors=successors
    )
