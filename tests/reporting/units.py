"""A small country with the merger of 2025 and one split commune; tree and facts."""

from dataclasses import dataclass
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
from services.unit_directory.tree import Unit, UnitTree

MERGER: Final = date(2025, 7, 1)


@dataclass(frozen=True)
class _Line:
    level: Level
    code: str
    name: str
    above: tuple[Level, str, date | None] | None
    since: date | None = None
    into: tuple[tuple[str, bool], ...] | None = None  # codes since 2025, whole or not


def _old(level: Level, code: str) -> tuple[Level, str, date | None]:
    return level, code, None


VN = _old("country", "VN")
NEW: Final[tuple[Level, str, date | None]] = ("province", "19", MERGER)
LINES: Final[tuple[_Line, ...]] = (
    _Line("country", "VN", "Việt Nam", None),
    _Line("province", "06", "Tỉnh Bắc Kạn", VN, into=(("19", True),)),
    _Line("province", "19", "Tỉnh Thái Nguyên", VN, into=(("19", True),)),
    _Line("province", "20", "Tỉnh Lạng Sơn", VN),
    _Line("district", "058", "Thành phố Bắc Kạn", _old("province", "06"), into=()),
    _Line("district", "061", "Huyện Ba Bể", _old("province", "06"), into=()),
    _Line("district", "164", "TP. Thái Nguyên", _old("province", "19"), into=()),
    _Line(
        "commune", "01840", "P. Quang", _old("district", "058"), into=(("01840", True),)
    ),
    _Line(
        "commune", "01843", "P. Sông", _old("district", "058"), into=(("01840", True),)
    ),
    _Line(
        "commune", "01906", "Xã Phúc", _old("district", "061"), into=(("01906", True),)
    ),
    _Line(
        "commune", "05437", "P. Trung", _old("district", "164"), into=(("05437", True),)
    ),
    _Line(
        "commune",
        "05440",
        "Xã Chia",
        _old("district", "164"),
        into=(("01906", False), ("05437", False)),
    ),
    _Line("province", "19", "Tỉnh Thái Nguyên", VN, since=MERGER),
    _Line("commune", "01840", "Phường Bắc Kạn", NEW, since=MERGER),
    _Line("commune", "01906", "Xã Phúc Lộc", NEW, since=MERGER),
    _Line("commune", "05437", "Phường Trung Thành", NEW, since=MERGER),
)
COUNTRY: Final = unit_id(*VN)
BAC_KAN: Final = unit_id("province", "06", None)
OLD_THAI_NGUYEN: Final = unit_id("province", "19", None)
THAI_NGUYEN: Final = unit_id(*NEW)
LANG_SON: Final = unit_id("province", "20", None)
CITY: Final = unit_id("district", "058", None)
BA_BE: Final = unit_id("district", "061", None)
QUANG: Final = unit_id("commune", "01840", None)
SONG: Final = unit_id("commune", "01843", None)
PHUC: Final = unit_id("commune", "01906", None)
TRUNG: Final = unit_id("commune", "05437", None)
CHIA: Final = unit_id("commune", "05440", None)
NEW_BAC_KAN_WARD: Final = unit_id("commune", "01840", MERGER)
NEW_PHUC: Final = unit_id("commune", "01906", MERGER)
NEW_TRUNG: Final = unit_id("commune", "05437", MERGER)


def units() -> list[Unit]:
    """Return the units with their succession both ways."""
    before: dict[UUID, list[Successor]] = {}
    for line in LINES:
        for successor in _successors(line):
            absorbed = Successor(
                unit_id=_id(line), whole=successor.whole, kind=successor.kind
            )
            before.setdefault(successor.unit_id, []).append(absorbed)
    return [_unit(line, before.get(_id(line), [])) for line in LINES]


def tree() -> UnitTree:
    """Return the tree in memory."""
    return UnitTree(units())


def register() -> list[tuple[UUID, int, PublicEvent]]:
    """Return the registry's facts: aggregate id, version, event."""
    facts: list[tuple[UUID, int, PublicEvent]] = []
    for unit in units():
        facts.append((unit.id, 1, _established(unit)))
        if unit.valid_to is not None:
            ended = UnitAbolishedV1(
                unit_id=unit.id,
                valid_to=unit.valid_to,
                legal_basis=None,
                successors=unit.successors,
            )
            facts.append((unit.id, 2, ended))
    edition = UnitRegisterImportedV1(
        unit_id=COUNTRY, edition="test", units=len(LINES), facts=len(facts)
    )
    return [*facts, (UUID(int=1), 1, edition)]


def write_register(connection: sa.Connection, tables: UnitTables) -> None:
    """Take the register in as the units' follower does."""
    tables.apply(connection, [UnitFact(v, event) for _, v, event in register()])


def _id(line: _Line) -> UUID:
    return unit_id(line.level, line.code, line.since)


def _path(key: tuple[Level, str, date | None]) -> str:
    level, code, since = key
    if level == "country":
        return "VN"
    line = next(x for x in LINES if (x.level, x.code, x.since) == key)
    assert line.above is not None
    return f"{_path(line.above)}.{code}-{since.year if since else 0}"


def _successors(line: _Line) -> tuple[Successor, ...]:
    level: Level = "province" if line.level == "province" else "commune"
    return tuple(
        Successor(
            unit_id=unit_id(level, code, MERGER),
            whole=whole,
            kind="merge" if whole else "split",
        )
        for code, whole in line.into or ()
    )


def _unit(line: _Line, predecessors: list[Successor]) -> Unit:
    kind, _, bare = line.name.partition(" ")
    return Unit(
        id=_id(line),
        code=line.code,
        level=line.level,
        unit_type=kind,
        name=line.name,
        bare_name=bare,
        parent_id=None if line.above is None else unit_id(*line.above),
        path=_path((line.level, line.code, line.since)),
        valid_from=line.since,
        valid_to=None if line.into is None else MERGER,
        legal_basis=None,
        successors=_successors(line),
        predecessors=tuple(predecessors),
    )


def _established(unit: Unit) -> UnitEstablishedV1:
    return UnitEstablishedV1(
        unit_id=unit.id,
        code=unit.code,
        level=unit.level,
        unit_type=unit.unit_type,
        name=unit.name,
        bare_name=unit.bare_name,
        parent_id=unit.parent_id,
        path=unit.path,
        valid_from=unit.valid_from,
    )
