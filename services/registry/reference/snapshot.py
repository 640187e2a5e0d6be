"""The committed snapshot of all units: how a line looks, and reading it.

Written by `build`, read by the import use case and by tests.
"""

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from services.contracts.registry.units import Level

# Between the name of an edition and the day to which it was cut.
UNTIL: Final = "-until-"
SNAPSHOT: Final = Path(__file__).with_name("units-2026-09.jsonl.gz")


class UnitKey(NamedTuple):
    """What identifies a unit: codes were reused, so the first day belongs to it."""

    level: Level
    code: str
    valid_from: date | None


class SnapshotSuccessor(msgspec.Struct, frozen=True, array_like=True):
    """One unit that took over the whole or a part."""

    key: UnitKey
    whole: bool
    kind: str


class SnapshotChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """A later type and name of the same unit."""

    effective_on: date
    unit_type: str
    name: str
    bare_name: str
    legal_basis: str | None = None


class SnapshotUnit(msgspec.Struct, frozen=True, omit_defaults=True):
    """One unit version: its life, its place, what it was called, what came after."""

    key: UnitKey
    unit_type: str
    name: str
    bare_name: str
    parent: UnitKey | None = None
    valid_to: date | None = None
    legal_basis: str | None = None
    ended_by: str | None = None
    changes: tuple[SnapshotChange, ...] = ()
    successors: tuple[SnapshotSuccessor, ...] = ()


class SnapshotHead(msgspec.Struct, frozen=True):
    """First line: which edition this is and where it comes from."""

    edition: str
    sources: dict[str, str]
    units: int


class Snapshot(NamedTuple):
    """The whole register, parents before children."""

    head: SnapshotHead
    units: tuple[SnapshotUnit, ...]


def read_snapshot(path: Path = SNAPSHOT) -> Snapshot:
    """Read the register. Raises ValueError when a line is missing."""
    with gzip.open(path) as lines:
        head = msgspec.json.decode(next(lines), type=SnapshotHead)
        units = tuple(_units(lines))
    if len(units) != head.units:
        raise ValueError(f"{path.name}: {len(units)} units, {head.units} announced")
    return Snapshot(head, units)


def as_of(snapshot: Snapshot, day: date) -> Snapshot:
    """Return the register as it stood on a day, under a name of its own.

    Units that began later are left out, and so are later changes and ends.
    """
    units = tuple(
        _as_of(unit, day)
        for unit in snapshot.units
        if unit.key.valid_from is None or unit.key.valid_from <= day
    )
    head = SnapshotHead(
        edition=f"{snapshot.head.edition}{UNTIL}{day}",
        sources=snapshot.head.sources,
        units=len(units),
    )
    return Snapshot(head, units)


def _as_of(unit: SnapshotUnit, day: date) -> SnapshotUnit:
    changes = tuple(c for c in unit.changes if c.effective_on <= day)
    if unit.valid_to is None or unit.valid_to <= day:
        return msgspec.structs.replace(unit, changes=changes)
    return msgspec.structs.replace(
        unit, changes=changes, valid_to=None, ended_by=None, successors=()
    )


def _units(lines: Iterator[bytes]) -> Iterator[SnapshotUnit]:
    decoder = msgspec.json.Decoder(SnapshotUnit)
    for line in lines:
        yield decoder.decode(line)


def write_snapshot(path: Path, snapshot: Snapshot) -> None:
    """Write the register so that equal registers give equal bytes."""
    encoded = b"\n".join(msgspec.json.encode(line) for line in _lines(snapshot))
    path.write_bytes(gzip.compress(encoded + b"\n", compresslevel=9, mtime=0))


def _lines(snapshot: Snapshot) -> Iterator[SnapshotHead | SnapshotUnit]:
    yield snapshot.head
    yield from snapshot.units
