"""The tree of units through time, in memory and immutable.

Answers which unit a reference means on a day, what a unit covers, who may touch it.
"""

import weakref
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec

from services.chassis.clock import local_today
from services.chassis.identity import Principal
from services.contracts.registry.events import Successor
from services.contracts.registry.units import Level, UnitRef
from services.unit_directory import refusals
from services.unit_directory.places import Covered, covered_by


class NameSince(NamedTuple):
    """What a unit has been called from a day on."""

    effective_on: date
    unit_type: str
    name: str
    bare_name: str


class Custody(NamedTuple):
    """Who keeps the unit's own rows of a kind, from a day on."""

    kind: str
    keeper_id: UUID
    effective_on: date


class Unit(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One unit version with its life; type and name are those of its first day.

    `legal_basis` is the resolution that established it, `ended_by` what ended it.
    """

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
    ended_by: str | None = None
    later_names: tuple[NameSince, ...] = ()
    successors: tuple[Successor, ...] = ()
    custodies: tuple[Custody, ...] = ()
    predecessors: tuple[Successor, ...] = ()
    version: int = 0

    def in_force(self, on: date) -> bool:
        """Tell whether the unit exists on this day; `valid_to` is outside its life."""
        started = self.valid_from is None or self.valid_from <= on
        return started and (self.valid_to is None or on < self.valid_to)

    def whole_heirs(self, on: date) -> list[UUID]:
        """Return the units that have taken this one over whole by a day."""
        return [
            heir.unit_id
            for heir in self.successors
            if heir.whole and not _to_come(heir, on)
        ]

    def absorbed(self, by: date | None) -> list[UUID]:
        """Return the units that this one took over whole by a day (None: ever)."""
        return [
            before.unit_id
            for before in self.predecessors
            if before.whole and not _to_come(before, by)
        ]

    def named(self, on: date | None) -> NameSince:
        """Return type and name borne on this day (None: the last, even announced)."""
        current = NameSince(date.min, self.unit_type, self.name, self.bare_name)
        for later in self.later_names:
            if on is None or later.effective_on <= on:
                current = later
        return current


_DAYS: Final = 16
# Up to here a tree is told by what differs; beyond it anything is made anew as fast.
FEW: Final = 1_500


class UnitTree:
    """All units with their succession; built once, never changed."""

    _root: "weakref.ref[UnitTree] | None" = None
    _differing: frozenset[UUID] = frozenset()

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {unit.id: unit for unit in units}
        self._by_code: dict[str, list[Unit]] = {}
        self._children: dict[UUID | None, list[Unit]] = {}
        for unit in sorted(self._units.values(), key=_order):
            self._by_code.setdefault(unit.code, []).append(unit)
            self._children.setdefault(unit.parent_id, []).append(unit)
        self._forget_answers()

    def _forget_answers(self) -> None:
        self._covers: dict[tuple[UUID, date | None], tuple[str, ...]] = {}
        self._by_path: list[Unit] = []
        self._days: dict[date, list[Unit]] = {}
        # What others work out from this tree alone; see custody.py.
        self.worked_out: dict[tuple[Any, ...], Any] = {}
        days = (p.effective_on for unit in self for p in unit.predecessors)
        last = max((day for day in days if day is not None), default=date.min)
        # While a decree has been told and is not in force, an area depends on today.
        self._announces = last > local_today()

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

    def bearers(self, code: str) -> tuple[Unit, ...]:
        """Return every unit that bears, bore or will bear a code, the oldest first."""
        return tuple(self._by_code.get(code, ()))

    def children(self, unit_id: UUID, on: date) -> list[Unit]:
        """Return the units directly below one on a day, by code."""
        return [u for u in self._children.get(unit_id, ()) if u.in_force(on)]

    def subtree(
        self, root: Unit, on: date, *, levels: int, after: str | None = None
    ) -> Iterator[Unit]:
        """Return a unit and those below it on a day, each behind its parent.

        `after` is the path of the last one seen.
        """
        living = self._living(on)
        deepest = root.path.count(".") + levels
        start = (
            bisect_left(living, root.path, key=_path)
            if after is None
            else bisect_right(living, max(after, root.path), key=_path)
        )
        # "/" follows ".": behind it no path begins as those of the subtree do.
        end = bisect_left(living, f"{root.path}/", key=_path)
        for unit in islice(living, start, end):
            if unit.path.count(".") <= deepest:
                yield unit

    def _living(self, on: date) -> list[Unit]:
        """Return the units in force on a day, by path; some days are remembered."""
        living = self._days.get(on)
        if living is None:
            if not self._by_path:
                self._by_path = sorted(self, key=_path)
            living = [unit for unit in self._by_path if unit.in_force(on)]
            if len(self._days) >= _DAYS:
                self._days.clear()
            self._days[on] = living
        return living

    def changed(self, made: Iterable[Unit], gone: Iterable[UUID] = ()) -> "UnitTree":
        """Return the tree with some units made anew and some gone; it shares the rest.

        Codes, parents and paths of a unit never change.
        """
        made, gone = list(made), set(gone)
        tree = object.__new__(UnitTree)
        tree._units = dict(self._units)
        tree._by_code = dict(self._by_code)
        tree._children = dict(self._children)
        for unit_id in gone:
            tree._take_out(unit_id)
        for unit in made:
            tree._put_in(unit)
        tree._forget_answers()
        if tree._announces == self._announces and self._leave_areas(made, gone):
            tree._covers = dict(self._covers)
        if self._by_path:
            tree._by_path = self._by_path_changed(made, gone)
        root, before = self.grown_from or (self, frozenset())
        differing = before | gone | {unit.id for unit in made}
        if len(differing) <= FEW:
            tree._root, tree._differing = weakref.ref(root), differing
        return tree

    def _take_out(self, unit_id: UUID) -> None:
        unit = self._units.pop(unit_id, None)
        if unit is not None:
            for index, key in self._places(unit):
                index[key] = [u for u in index[key] if u.id != unit_id]

    def _put_in(self, unit: Unit) -> None:
        self._units[unit.id] = unit
        for index, key in self._places(unit):
            others = (u for u in index.get(key, ()) if u.id != unit.id)
            index[key] = sorted([*others, unit], key=_order)

    def _places(self, unit: Unit) -> "tuple[tuple[dict[Any, list[Unit]], Any], ...]":
        return (self._by_code, unit.code), (self._children, unit.parent_id)

    def _leave_areas(self, made: Iterable[Unit], gone: Collection[UUID]) -> bool:
        """Tell whether a change leaves what each unit covers as it was."""
        return not gone and all(
            (known := self.get(unit.id)) is not None
            and known.predecessors == unit.predecessors
            for unit in made
        )

    def _by_path_changed(
        self, made: Iterable[Unit], gone: Iterable[UUID]
    ) -> list[Unit]:
        found = list(self._by_path)
        for unit_id in gone:
            if unit_id in self._units:
                del found[bisect_left(found, self.path(unit_id), key=_path)]
        for unit in made:
            place = bisect_left(found, unit.path, key=_path)
            found[place : place + (unit.id in self._units)] = [unit]
        return found

    @property
    def grown_from(self) -> "tuple[UnitTree, frozenset[UUID]] | None":
        """A whole tree still in use, and in which few units this one differs."""
        root = None if self._root is None else self._root()
        return None if root is None else (root, self._differing)

    def covers(self, root_id: UUID) -> tuple[str, ...]:
        """Return the paths whose subtrees lie inside a unit today.

        Its own, and those of every unit that it or a unit below it absorbed whole.
        Raises UnitUnknown.
        """
        key = root_id, local_today() if self._announces else None
        known = self._covers.get(key)
        if known is None:
            known = self._covers[key] = self._covered(self.unit(root_id), key[1])
        return known

    def _covered(self, root: Unit, today: date | None) -> tuple[str, ...]:
        paths = [root.path]
        waiting = [root]
        while waiting:
            unit = waiting.pop()
            waiting.extend(self._children.get(unit.id, ()))
            for absorbed in unit.predecessors:
                before = self._units.get(absorbed.unit_id)
                if not absorbed.whole or not before or _to_come(absorbed, today):
                    continue
                if not lies_within(before.path, paths):
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


def lies_within(path: str, roots: Iterable[Covered]) -> bool:
    """Tell whether a path is one of the roots or below one."""
    return any(covered_by(path, root) for root in roots)


def _path(unit: Unit) -> str:
    return unit.path


def _to_come(succession: Successor, today: date | None) -> bool:
    """Tell whether it is announced; without a day nothing is."""
    day = succession.effective_on
    return today is not None and day is not None and day > today


def _order(unit: Unit) -> tuple[str, date]:
    return unit.code, unit.valid_from or date.min


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
