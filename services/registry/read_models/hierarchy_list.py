"""Named hierarchies for readers: which there are, what stands where on a day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

import sqlalchemy as sa

from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.hierarchies import (
    HierarchyChildrenOf,
    HierarchyLine,
    HierarchyUnit,
    HierarchyView,
    SkippedLevel,
)
from services.contracts.registry.units import COUNTRY_CODE, unit_id
from services.registry.read_models import unit_views
from services.registry.read_models.hierarchy_tables import (
    HIERARCHIES,
    HIERARCHY_CHANGES,
    RETURNED,
    SKIPPED,
)
from services.unit_directory.tree import Unit, UnitTree
from services.unit_hierarchies.shape import (
    HierarchyBase,
    HierarchyShape,
    Placing,
)
from services.unit_hierarchies.walk import HierarchyWalk

BUILT_IN: Final = "administration"
_NAMESPACE: Final = UUID("7a0d6c52-4a1e-5c5b-9a5e-1f0f6f2f5b10")


def hierarchy_id(code: str) -> UUID:
    """Return the id of the hierarchy that a code names for ever."""
    return uuid5(_NAMESPACE, code)


ADMINISTRATION: Final = HierarchyView(
    id=hierarchy_id(BUILT_IN),
    code=BUILT_IN,
    name="Hệ thống đơn vị hành chính",
    base="administration",
    owner_id=unit_id("country", COUNTRY_CODE, None),
    valid_from=None,
    valid_to=None,
    decision=None,
    decided_on=None,
    skipped=(),
)
_PLAIN: Final = HierarchyShape(HierarchyBase.ADMINISTRATION, {}, {})


class Order(NamedTuple):
    """A hierarchy's head, its shape, and the decision behind each placing."""

    head: HierarchyView
    shape: HierarchyShape
    decisions: dict[tuple[UUID, date], str | None]

    def exists(self, day: date) -> bool:
        """Tell whether the hierarchy exists on a day."""
        begun = self.head.valid_from is None or self.head.valid_from <= day
        return begun and (self.head.valid_to is None or day < self.head.valid_to)


class Named(NamedTuple):
    """A hierarchy that somebody defined, as known: for whoever looks at all of them."""

    code: str
    shape: HierarchyShape
    valid_to: date | None


def list_hierarchies(
    conn: sa.Connection, on: date | None, known_at: datetime | None = None
) -> list[HierarchyView]:
    """Return the hierarchies of a day (None: all), administration first."""
    changes: dict[UUID, list[sa.Row[Any]]] = {}
    levels = _changes(known_at).where(HIERARCHY_CHANGES.c.kind == SKIPPED)
    for level in conn.execute(levels):
        changes.setdefault(level.hierarchy_id, []).append(level)
    rows = conn.execute(_heads(known_at).order_by(HIERARCHIES.c.code)).all()
    views = [_view(row, changes.get(row.id, ()), known_at) for row in rows]
    found = [ADMINISTRATION, *views]
    return [v for v in found if on is None or Order(v, _PLAIN, {}).exists(on)]


def read_order(
    conn: sa.Connection, code: str, known_at: datetime | None = None
) -> Order | None:
    """Return a hierarchy as the facts known make it; None where there is none."""
    if code == BUILT_IN:
        return Order(ADMINISTRATION, _PLAIN, {})
    which = hierarchy_id(code)
    head = conn.execute(_heads(known_at).where(HIERARCHIES.c.id == which)).one_or_none()
    if head is None:
        return None
    changes = conn.execute(
        _changes(known_at).where(HIERARCHY_CHANGES.c.hierarchy_id == which)
    ).all()
    skips = [change for change in changes if change.kind == SKIPPED]
    decisions = {
        (change.unit_id, change.effective_on): change.decision
        for change in changes
        if change.kind != SKIPPED
    }
    view = _view(head, skips, known_at)
    return Order(view, _shape(head.base, changes), decisions)


def read_named(conn: sa.Connection) -> list[Named]:
    """Return every hierarchy that was defined, by code, as it is known now."""
    changes: dict[UUID, list[sa.Row[Any]]] = {}
    for change in conn.execute(_changes(None)):
        changes.setdefault(change.hierarchy_id, []).append(change)
    return [
        Named(head.code, _shape(head.base, changes.get(head.id, ())), head.valid_to)
        for head in conn.execute(_heads(None).order_by(HIERARCHIES.c.code))
    ]


def _heads(known_at: datetime | None) -> sa.Select[Any]:
    heads = sa.select(HIERARCHIES)
    if known_at is None:
        return heads
    return heads.where(HIERARCHIES.c.recorded_at <= known_at)


def _changes(known_at: datetime | None) -> sa.Select[Any]:
    """Ask for the changes that stood at a moment (None: now), in their order."""
    columns = HIERARCHY_CHANGES.c
    ordered = sa.select(HIERARCHY_CHANGES).order_by(
        columns.hierarchy_id, columns.version
    )
    stands = columns.withdrawn_at.is_(None)
    if known_at is None:
        return ordered.where(stands)
    return ordered.where(
        columns.recorded_at <= known_at,
        sa.or_(stands, columns.withdrawn_at > known_at),
    )


def _shape(base: str, changes: Iterable[sa.Row[Any]]) -> HierarchyShape:
    skipped: dict[str, date] = {}
    placings: dict[UUID, tuple[Placing, ...]] = {}
    for change in changes:
        if change.kind == SKIPPED:
            skipped[change.level] = change.effective_on
            continue
        placing = Placing(
            change.effective_on, change.parent_id, change.kind == RETURNED
        )
        placings[change.unit_id] = (*placings.get(change.unit_id, ()), placing)
    return HierarchyShape(HierarchyBase(base), skipped, placings)


def _view(
    head: sa.Row[Any], skips: Iterable[sa.Row[Any]], known_at: datetime | None
) -> HierarchyView:
    ending = head.end_recorded_at
    was_open = known_at is not None and ending is not None and ending > known_at
    return HierarchyView(
        id=head.id,
        code=head.code,
        name=head.name,
        base=head.base,
        owner_id=head.owner_id,
        valid_from=head.valid_from,
        valid_to=None if was_open else head.valid_to,
        decision=head.decision,
        decided_on=head.decided_on,
        skipped=tuple(
            SkippedLevel(
                level=skip.level,
                effective_on=skip.effective_on,
                decision=skip.decision,
                decided_on=skip.decided_on,
            )
            for skip in sorted(skips, key=lambda skip: skip.effective_on)
        ),
    )


class Seen:
    """A hierarchy on one day as a reader sees it."""

    def __init__(self, order: Order, tree: UnitTree, on: date) -> None:
        self._order = order
        self._tree = tree
        self._on = on
        self._walk = HierarchyWalk(order.shape, tree, on)

    def children(
        self, above: UUID | None, *, first: int, after: str | None
    ) -> HierarchyChildrenOf:
        """Return a page of what stands below a unit, or at the top.

        Raises CursorInvalid, UnitUnknown.
        """
        key = None if after is None else key_of(after, tuple[str, str])
        found = self._below(above) if self._order.exists(self._on) else []
        later = [u for u in found if key is None or (u.code, u.path) > key]
        return HierarchyChildrenOf(
            id=above,
            rows=tuple(self._row(unit, above) for unit in later[:first]),
            has_next=len(later) > first,
        )

    def line(self, unit_id: UUID) -> HierarchyLine:
        """Return what stands above a unit. Raises UnitUnknown."""
        unit = self._tree.unit(unit_id)
        exists = self._order.exists(self._on)
        belongs = exists and self._walk.belongs(unit)
        above: Sequence[Unit] = self._walk.ancestors(unit) if exists else ()
        return HierarchyLine(
            id=unit_id,
            belongs=belongs,
            rows=tuple(self._row(one, self._walk.parent_id(one)) for one in above),
            ring_id=self._walk.ring_id(unit) if belongs else None,
        )

    def _below(self, above: UUID | None) -> list[Unit]:
        if above is None:
            return self._walk.top()
        return self._walk.children(self._tree.unit(above))

    def _row(self, unit: Unit, parent_id: UUID | None) -> HierarchyUnit:
        placing = self._order.shape.placing(unit.id, self._on)
        placed_on = None if placing is None else placing.effective_on
        key = None if placed_on is None else (unit.id, placed_on)
        return HierarchyUnit(
            unit=unit_views.view(unit, self._on),
            parent_id=parent_id,
            placed_on=placed_on,
            decision=None if key is None else self._order.decisions.get(key),
            cursor=cursor_of(unit.code, unit.path),
            in_ring=self._walk.ring_id(unit) == unit.id,
        )
