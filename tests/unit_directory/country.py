"""A small country to be told unit by unit, for tests of what happens over the years."""

from datetime import date
from typing import Any, Final

from services.contracts.registry.events import Successor
from services.contracts.registry.units import Level, unit_id
from services.unit_directory.tree import Unit, UnitTree

REFORM: Final = date(2025, 7, 1)

_KINDS: Final = {"Tỉnh": "tinh", "Huyện": "huyen", "Xã": "xa", "Phường": "phuong"}


class Country:
    """Units by a short word, as the tests name them."""

    def __init__(self) -> None:
        self.units: dict[str, dict[str, Any]] = {}
        self.take("vn", "country", "VN", "Quốc gia Việt Nam", None)

    def take(
        self, word: str, level: Level, code: str, name: str, parent: str | None,
        since: date | None = None, **more: Any,
    ) -> None:  # fmt: skip
        above = self.units[parent] if parent else None
        label = f"{code}-{since.year if since else 0}"
        kind, _, bare = name.partition(" ")
        self.units[word] = {
            "id": unit_id(level, code, since), "code": code, "level": level,
            "unit_type": _KINDS.get(kind, "quoc_gia"), "name": name, "bare_name": bare,
            "parent_id": above and above["id"],
            "path": f"{above['path']}.{label}" if above else label,
            "valid_from": since, "valid_to": None, "legal_basis": None, **more,
        }  # fmt: skip

    def end(
        self, word: str, *heirs: str, kind: str = "merge", on: date = REFORM
    ) -> None:
        self.units[word]["valid_to"] = on
        self.units[word]["successors"] = tuple(
            Successor(
                unit_id=self.units[heir]["id"],
                whole=len(heirs) == 1,
                kind=kind,
                effective_on=on,
            )
            for heir in heirs
        )
        for heir in heirs:
            before = Successor(
                unit_id=self.units[word]["id"],
                whole=len(heirs) == 1,
                kind=kind,
                effective_on=on,
            )
            known = self.units[heir].get("predecessors", ())
            self.units[heir]["predecessors"] = (*known, before)

    def tree(self) -> UnitTree:
        return UnitTree(Unit(**facts) for facts in self.units.values())
