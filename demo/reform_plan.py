"""The real reform of 1 July 2025 as a plan that the registry's doors take.

Drawn from the committed register: what ended on the day, and who came after whom.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from services.registry.reference.snapshot import Snapshot, SnapshotUnit, UnitKey

REFORM: Final = date(2025, 7, 1)
DECREE: Final = "202/2025/QH15"
PER_REQUEST: Final = 400

Part = dict[str, list[dict[str, Any]]]


class ReformPlan(NamedTuple):
    """New units, parents first, and operations, as bodies of requests."""

    new_units: list[dict[str, Any]]
    operations: list[dict[str, Any]]
    keys: tuple[UnitKey, ...]
    ended: int

    def parts(self, size: int = PER_REQUEST) -> Iterator[Part]:
        """Cut the plan into requests: all new units before the first operation."""
        for start in range(0, len(self.new_units), size):
            yield {"new_units": self.new_units[start : start + size]}
        for start in range(0, len(self.operations), size):
            yield {"operations": self.operations[start : start + size]}


def reform_plan(snapshot: Snapshot, provinces: Iterable[str] | None) -> ReformPlan:
    """Return the reform of provinces by their codes before it (None: all of them)."""
    by_key = {unit.key: unit for unit in snapshot.units}
    wanted = None if provinces is None else set(provinces)
    ended = [
        unit
        for unit in snapshot.units
        if unit.valid_to == REFORM and _lies_in(unit, by_key, wanted)
    ]
    targets = {heir.key for unit in ended for heir in unit.successors}
    begun = [
        unit
        for unit in snapshot.units
        if unit.key.valid_from == REFORM and unit.key in targets
    ]
    keys = {unit.key for unit in begun}
    return ReformPlan(
        [_new_unit(unit, keys) for unit in begun],
        list(_operations(ended, keys)),
        tuple(unit.key for unit in begun),
        len(ended),
    )


def _lies_in(
    unit: SnapshotUnit, by_key: dict[UnitKey, SnapshotUnit], wanted: set[str] | None
) -> bool:
    if wanted is None:
        return True
    while unit.key.level != "province":
        if unit.parent is None:
            return False
        unit = by_key[unit.parent]
    return unit.key.code in wanted


def _new_unit(unit: SnapshotUnit, new: set[UnitKey]) -> dict[str, Any]:
    if unit.parent is None:
        raise ValueError(f"{unit.key.code} has no parent")
    return {
        "code": unit.key.code,
        "unit_type": unit.unit_type,
        "name": unit.name,
        "bare_name": unit.bare_name,
        "parent": _named(unit.parent, new),
    }


def _operations(
    ended: list[SnapshotUnit], new: set[UnitKey]
) -> Iterator[dict[str, Any]]:
    """Say each passing once: mergers by heir, splits and dissolutions by unit."""
    merged: dict[tuple[UnitKey, str], list[UnitKey]] = {}
    dissolved = []
    for unit in ended:
        whole = [heir for heir in unit.successors if heir.whole]
        if whole:
            merged.setdefault((whole[0].key, whole[0].kind), []).append(unit.key)
        elif unit.successors:
            yield {
                "kind": "split",
                "units": [_named(unit.key, new)],
                "into": [_named(heir.key, new) for heir in unit.successors],
            }
        else:
            dissolved.append(unit.key)
    for (heir_key, kind), sources in merged.items():
        yield {
            "kind": "merge",
            "units": [_named(key, new) for key in sources],
            "into": [_named(heir_key, new)],
            "succession": kind,
        }
    for start in range(0, len(dissolved), 200):
        units = [_named(key, new) for key in dissolved[start : start + 200]]
        yield {"kind": "dissolve", "units": units}


def _named(key: UnitKey, new: set[UnitKey]) -> dict[str, str]:
    return {"new": key.code} if key in new else {"code": key.code}
