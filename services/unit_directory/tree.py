"""The tree of units through time, in memory and immutable.

Answers which unit a reference means on a day, what a unit covers, who may touch it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from services.chassis.identity import Principal
from services.chassis.text import fold
from services.contracts.registry.events import Successor
from services.contracts.registry.units import Level, UnitRef
from services.unit_directory import refusals


class NameSince(NamedTuple):
    """What a unit has been called from a day on."""

    effective_on: date
    unit_type: str
    name: str
    bare_name: str


class Unit(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One unit version with its life; type and name are those of its first day."""

    id: UUID
    code: str
    level: Level
    unit_type: str
    name: str
    bare_name: str
    parent_id: UUID | None
    path: str
    valid_from: date | None
    valid_to: date | None
    legal_basis: str | None
    later_names: tuple[NameSince, ...] = ()
    successors: tuple[Successor, ...] = ()
    predecessors: tuple[Successor, ...] = ()
    version: int = 0

    def in_force(self, on: date) -> bool:
        """Tell whether the unit exists on this day; `valid_to` is outside its life."""
        started = self.valid_from is None or self.valid_from <= on
        return started and (self.valid_to is None or on < self.valid_to)

    def named(self, on: date | None) -> NameSince:
        """Return type and name borne on this day (None: the last ones)."""
        current = NameSince(date.min, self.unit_type, self.name, self.bare_name)
        for later in self.later_names:
            if on is None or later.effective_on <= on:
                current = later
        return current


class UnitTree:
    """All units with their succession; built once, never changed."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {unit.id: unit for unit in units}
        self._by_code: dict[str, list[Unit]] = {}
        self._children: dict[UUID | None, list[Unit]] = {}
        for unit in sorted(self._units.values(), key=_order):
            self._by_code.setdefault(unit.code, []).append(unit)
            self._children.setdefault(unit.parent_id, []).append(unit)
        self._covers: dict[UUID, tuple[str, ...]] = {}
        self._folded: list[tuple[str, Unit]] = []

    def __len__(self) -> int:
        return len(self._units)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    def get(self, unit_id: UUID) -> Unit | None:
        """Return the unit with this id, if there is one."""
        return self._units.get(unit_id)

    def unit(self, unit_id: UUID, field: str = "$.unit.id") -> Unit:
        """Return the unit with this id. Raises UnitUnknown."""
        unit = self._units.get(unit_id)
        if unit is None:
            raise refusals.UnitUnknown(field=field, unit=unit_id)
        return unit

    def path(self, unit_id: UUID) -> str:
        """Return the place of a unit in the tree of its time. Raises UnitUnknown."""
        return self.unit(unit_id).path

    def resolve(self, ref: UnitRef, on: date | None, field: str = "$.unit") -> Unit:
        """Return the one unit that a reference means on a day (None: any day).

        Raises UnitReferenceIncomplete, UnitUnknown, UnitAmbiguous, UnitNotInForce.
        """
        if (ref.id is None) == (ref.code is None):
            raise refusals.UnitReferenceIncomplete(field=field)
        if ref.id is not None:
            candidates = [self.unit(ref.id, f"{field}.id")]
            field = f"{field}.id"
        else:
            candidates = self._by_code.get(ref.code or "", [])
            field = f"{field}.code"
        if not candidates:
            raise refusals.UnitUnknown(field=field, unit=ref.code)
        found = [unit for unit in candidates if on is None or unit.in_force(on)]
        if not found and on is not None:
            raise _not_in_force(candidates, on, field)
        if len(found) > 1:
            raise _ambiguous(found, field)
        return found[0]

    def children(self, unit_id: UUID, on: date) -> list[Unit]:
        """Return the units directly below one on a day, by code."""
        return [u for u in self._children.get(unit_id, ()) if u.in_force(on)]

    def covers(self, root_id: UUID) -> tuple[str, ...]:
        """Return the paths whose subtrees lie inside a unit.

        Its own, and those of every unit that it or a unit below it absorbed whole.
        Raises UnitUnknown.
        """
        known = self._covers.get(root_id)
        if known is None:
            known = self._covers[root_id] = self._covered(self.unit(root_id))
        return known

    def _covered(self, root: Unit) -> tuple[str, ...]:
        paths = [root.path]
        waiting = [root]
        while waiting:
            unit = waiting.pop()
            waiting.extend(self._children.get(unit.id, ()))
            for absorbed in unit.predecessors:
                before = self._units.get(absorbed.unit_id)
                if before and absorbed.whole and not lies_within(before.path, paths):
                    paths.append(before.path)
                    waiting.append(before)
        return tuple(
            p for p in paths if not lies_within(p, [q for q in paths if q != p])
        )

    def covers_any(self, roots: Iterable[UUID]) -> tuple[str, ...]:
        """Return the paths covered by several roots; unknown roots cover nothing."""
        paths = (p for root in roots if root in self._units for p in self.covers(root))
        return tuple(dict.fromkeys(paths))

    def within(self, roots: Iterable[UUID], unit_id: UUID) -> bool:
        """Tell whether a unit lies in what the roots cover."""
        unit = self._units.get(unit_id)
        return unit is not None and lies_within(unit.path, self.covers_any(roots))

    def require_within(
        self, principal: Principal, unit_id: UUID, field: str | None = None
    ) -> None:
        """Let the caller pass to a unit of its own area. Raises UnitOutsideYourArea."""
        if not self.within(principal.unit_roots, unit_id):
            raise refusals.UnitOutsideYourArea(field=field, unit=unit_id)

    def search(
        self, text: str, *, on: date | None, level: Level | None, first: int
    ) -> list[Unit]:
        """Return units whose name (folded) or code matches, the best first."""
        key = fold(text)
        hits: list[tuple[tuple[int, int, str, str], Unit]] = []
        for folded, unit in self._names():
            if key not in folded or level not in {None, unit.level}:
                continue
            rank = _rank(key, folded)
            if rank is not None and (on is None or unit.in_force(on)):
                hits.append(((rank, len(folded), unit.code, unit.path), unit))
        hits.sort(key=lambda hit: hit[0])
        found = self._bearing(text, on, level) + [unit for _, unit in hits]
        return list({unit.id: unit for unit in found}.values())[:first]

    def _bearing(self, code: str, on: date | None, level: Level | None) -> list[Unit]:
        return [
            unit
            for unit in self._by_code.get(code.strip().upper(), ())
            if level in {None, unit.level} and (on is None or unit.in_force(on))
        ]

    def _names(self) -> list[tuple[str, Unit]]:
        if not self._folded:
            self._folded = [
                (fold(name), unit)
                for unit in self._units.values()
                for name in {unit.name, *(later.name for later in unit.later_names)}
            ]
        return self._folded


def lies_within(path: str, roots: Iterable[str]) -> bool:
    """Tell whether a path is one of the roots or below one."""
    return any(path == root or path.startswith(f"{root}.") for root in roots)


def _order(unit: Unit) -> tuple[str, date]:
    return unit.code, unit.valid_from or date.min


def _rank(key: str, folded: str) -> int | None:
    """Rank a name that holds the key: all of it, its end, its start, a word."""
    if not key:
        return None
    if folded == key or folded.endswith(f" {key}"):
        return 0 if folded == key else 1
    return 2 if f" {key}" in f" {folded}" else None


def _ambiguous(found: list[Unit], field: str) -> refusals.UnitAmbiguous:
    candidates = [
        {"id": u.id, "name": u.name, "valid_from": u.valid_from, "valid_to": u.valid_to}
        for u in found
    ]
    return refusals.UnitAmbiguous(
        field=field, unit=found[0].code, candidates=candidates
    )


def _not_in_force(
    candidates: list[Unit], on: date, field: str
) -> refusals.UnitNotInForce:
    ended = [unit for unit in candidates if unit.valid_to and unit.valid_to <= on]
    nearest = ended[-1] if ended else candidates[0]
    return refusals.UnitNotInForce(
        field=field,
        unit=nearest.code,
        on=on,
        valid_from=nearest.valid_from,
        valid_to=nearest.valid_to,
        successors=[successor.unit_id for successor in nearest.successors],
    )
