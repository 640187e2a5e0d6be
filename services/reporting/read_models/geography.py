"""Which units' figures make up the answer for a unit, as it was or in today's borders.

Asked by the counting (who is above a unit) and by every question about figures.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from services.chassis.clock import local_today
from services.reporting.domain.number_form import short_date
from services.reporting.domain.periods import Period
from services.unit_directory.tree import Unit, UnitTree, lies_within

Lens = Literal["as_was", "restated"]
# A part that moved between living units, and a unit that was in force on no day.
_NO_SPLIT = frozenset({"transfer", "void"})


@dataclass(frozen=True, slots=True)
class Parts:
    """Units to add up for one slot of an answer; None: the question does not apply."""

    flow: tuple[UUID, ...] | None
    stock: tuple[UUID, ...] | None


@dataclass(frozen=True, slots=True)
class Expansion:
    """What one asked unit stands for, now and a year before, and what cannot compare.

    The reasons are sentences for a reader, in Vietnamese; None means comparable.
    """

    unit: Unit
    now: Parts
    before: Parts
    flow_reason: str | None
    stock_reason: str | None

    def unit_ids(self) -> set[UUID]:
        """Return every unit whose figures are needed."""
        lists = (self.now.flow, self.now.stock, self.before.flow, self.before.stock)
        return {unit_id for ids in lists for unit_id in ids or ()}


class Geography:
    """One edition of the unit tree, with what it costs to walk it remembered."""

    def __init__(self, tree: UnitTree) -> None:
        self.tree = tree
        self._lineages: dict[UUID, tuple[UUID, ...]] = {}
        self._by_path = {unit.path: unit for unit in tree}
        self._children: dict[UUID, list[Unit]] = {}
        self._partial: dict[UUID, list[Unit]] = {}
        for unit in sorted(tree, key=lambda unit: (unit.code, unit.path)):
            self._index(unit)
        self._splits: dict[UUID, tuple[Unit, ...]] = {}
        self._transfers = [
            (unit, taker, heir.effective_on)
            for unit in tree
            for heir in unit.successors
            if heir.kind == "transfer" and heir.effective_on
            if (taker := tree.get(heir.unit_id)) is not None
        ]

    def _index(self, unit: Unit) -> None:
        if unit.parent_id is not None:
            self._children.setdefault(unit.parent_id, []).append(unit)
        for absorbed in unit.predecessors:
            before = self.tree.get(absorbed.unit_id)
            split = not absorbed.whole and absorbed.kind not in _NO_SPLIT
            if before is not None and split:
                self._partial.setdefault(unit.id, []).append(before)

    def lineage(self, unit_id: UUID) -> tuple[UUID, ...] | None:
        """Return the unit and all above it; None when one of them is not known yet."""
        known = self._lineages.get(unit_id)
        if known is not None:
            return known
        unit = self.tree.get(unit_id)
        if unit is None:
            return None
        above: tuple[UUID, ...] | None = ()
        if unit.parent_id is not None:
            above = self.lineage(unit.parent_id)
        if above is None:
            return None
        self._lineages[unit_id] = (unit_id, *above)
        return self._lineages[unit_id]

    def covered(self, unit: Unit) -> list[Unit]:
        """Return the unit and the units that it, or one below it, absorbed whole."""
        by_path = self._by_path
        return [by_path[p] for p in self.tree.covers(unit.id) if p in by_path]

    def split_before(self, unit: Unit) -> tuple[Unit, ...]:
        """Return units of which only a part came to this one: no figures to hand on."""
        known = self._splits.get(unit.id)
        if known is None:
            known = self._splits[unit.id] = self._split_before(unit)
        return known

    def _split_before(self, unit: Unit) -> tuple[Unit, ...]:
        covered = self.tree.covers(unit.id)
        waiting = self.covered(unit)
        found = {}
        while waiting:
            part = waiting.pop()
            waiting += self._children.get(part.id, ())
            for before in self._partial.get(part.id, ()):
                if not lies_within(before.path, covered):
                    found[before.path] = before
        return tuple(found[path] for path in sorted(found))

    def _moved_border(self, unit: Unit, since: Period, until: Period) -> str | None:
        """Say whether a part of a living unit came or went between two periods."""
        covered = self.tree.covers(unit.id)
        for giver, taker, day in self._transfers:
            inside = [lies_within(side.path, covered) for side in (giver, taker)]
            if since.start < day < until.end and inside[0] != inside[1]:
                return _transfer_reason(giver, taker, day)
        return None

    def children(self, unit: Unit, lens: Lens, period: Period) -> list[Unit]:
        """Return the rows of a unit's table: its parts of then, or of today."""
        if lens == "restated":
            last = _last_day_of(unit)
            on = local_today() if last is None else min(local_today(), last)
            return self.tree.children(unit.id, on)
        return [c for c in self._children.get(unit.id, ()) if _lives_in(c, period)]

    def expand(self, unit: Unit, lens: Lens, period: Period) -> Expansion:
        """Return what the unit stands for in a period and in the one a year before."""
        before = period.year_before()
        if lens == "restated":
            return self._restated(unit, period)
        return self._as_was(unit, period, before)

    def breaks(self, unit: Unit, period: Period) -> tuple[str | None, str | None]:
        """Say why a flow, and a stock, of today's unit do not compare with before."""
        before = period.year_before()
        splits = self.split_before(unit)
        recent = [s for s in splits if s.valid_to is None or s.valid_to > before.start]
        moved = self._moved_border(unit, before, period)
        return _split_reason(recent) or moved, _split_reason(splits) or moved

    def _restated(self, unit: Unit, period: Period) -> Expansion:
        ids = tuple(part.id for part in self.covered(unit))
        parts = Parts(ids, ids)
        gone = unit.valid_to is not None and unit.valid_to <= period.start
        flow_reason, stock_reason = self.breaks(unit, period)
        ended = _outside_life(unit) if gone else None
        return Expansion(
            unit=unit,
            now=Parts(None, None) if gone else parts,
            before=parts,
            flow_reason=ended or flow_reason,
            stock_reason=ended or stock_reason,
        )

    def _as_was(self, unit: Unit, period: Period, before: Period) -> Expansion:
        now, then = self._parts_then(unit, period), self._parts_then(unit, before)
        whole = _lives_through(unit, before) and _lives_through(unit, period)
        both = now.stock is not None and then.stock is not None
        splits = _split_reason(self.split_before(unit)) if both else None
        moved = self._moved_border(unit, before, period)
        return Expansion(
            unit=unit,
            now=now,
            before=then,
            flow_reason=moved if whole else _outside_life(unit),
            stock_reason=splits or moved if both else _outside_life(unit),
        )

    def _parts_then(self, unit: Unit, period: Period) -> Parts:
        """Take a flow from the unit alone; its stock began with those it absorbed."""
        flow = (unit.id,) if _lives_in(unit, period) else None
        if not unit.in_force(period.last_day):
            return Parts(flow, None)
        ended = (
            part.id
            for part in self.covered(unit)
            if part.valid_to is not None and part.valid_to <= period.last_day
        )
        return Parts(flow, (unit.id, *ended))


def _lives_in(unit: Unit, period: Period) -> bool:
    starts_in_time = unit.valid_from is None or unit.valid_from < period.end
    return starts_in_time and (unit.valid_to is None or unit.valid_to > period.start)


def _lives_through(unit: Unit, period: Period) -> bool:
    early = unit.valid_from is None or unit.valid_from <= period.start
    return early and (unit.valid_to is None or unit.valid_to >= period.end)


def _last_day_of(unit: Unit) -> date | None:
    return None if unit.valid_to is None else unit.valid_to - timedelta(days=1)


def _outside_life(unit: Unit) -> str:
    name = unit.named(local_today()).name
    last = _last_day_of(unit)
    since = f" từ ngày {short_date(unit.valid_from)}" if unit.valid_from else ""
    until = f" đến hết ngày {short_date(last)}" if last else ""
    return f"{name} chỉ tồn tại{since}{until}."


def _transfer_reason(giver: Unit, taker: Unit, day: date) -> str:
    names = (unit.named(day).name for unit in (giver, taker))
    return "Một phần {} chuyển về {} từ ngày {}.".format(*names, short_date(day))


def _split_reason(splits: "tuple[Unit, ...] | list[Unit]") -> str | None:
    if not splits:
        return None
    names = ", ".join(split.name for split in splits[:3])
    more = f" và {len(splits) - 3} đơn vị khác" if splits[3:] else ""
    return f"{names}{more} được chia cho nhiều đơn vị, số liệu cũ không tách được."
