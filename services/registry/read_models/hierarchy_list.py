"""Named hierarchies for readers: which there are, what stands where on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
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


def list_hierarchies(conn: sa.Connection, on: date | None) -> list[HierarchyView]:
    """Return the hierarchies of a day (None: all), administration first."""
    rows = conn.execute(sa.select(HIERARCHIES).order_by(HIERARCHIES.c.code)).all()
    levels = conn.execute(
        sa.select(HIERARCHY_CHANGES)
        .where(HIERARCHY_CHANGES.c.kind == SKIPPED)
        .order_by(HIERARCHY_CHANGES.c.effective_on)
    ).all()
    skipped: dict[UUID, list[Any]] = {}
    for level in levels:
        skipped.setdefault(level.hierarchy_id, []).append(level)
    views = [ADMINISTRATION, *(_view(row, skipped.get(row.id, ())) for row in rows)]
    return [v for v in views if on is None or Order(v, _PLAIN, {}).exists(on)]


def read_order(conn: sa.Connection, code: str) -> Order | None:
    """Return a hierarchy as the facts make it; None where there is none."""
    if code == BUILT_IN:
        return Order(ADMINISTRATION, _PLAIN, {})
    head = conn.execute(
        sa.select(HIERARCHIES).where(HIERARCHIES.c.id == hierarchy_id(code))
    ).one_or_none()
    if head is None:
        return None
    changes = conn.execute(
        sa.select(HIERARCHY_CHANGES)
        .where(HIERARCHY_CHANGES.c.hierarchy_id == head.id)
        .order_by(HIERARCHY_CHANGES.c.version)
    ).all()
    skips = [change for change in changes if change.kind == SKIPPED]
    placings: dict[UUID, tuple[Placing, ...]] = {}
    decisions: dict[tuple[UUID, date], str | None] = {}
    for change in changes:
        if change.kind != SKIPPED:
            placing = Placing(
                change.effective_on, change.parent_id, change.kind == RETURNED
            )
            placings[change.unit_id] = (*placings.get(change.unit_id, ()), placing)
            decisions[change.unit_id, change.effective_on] = change.decision
    skipped = {skip.level: skip.effective_on for skip in skips}
    shape = HierarchyShape(HierarchyBase(head.base), skipped, placings)
    return Order(_view(head, skips), shape, decisions)


def _view(head: sa.Row[Any], skips: Iterable[sa.Row[Any]]) -> HierarchyView:
    return HierarchyView(
        **head._mapping,  # noqa: SLF001 - the public mapping of a row
        skipped=tuple(
            SkippedLevel(
                level=skip.level,
                effective_on=skip.effective_on,
                decision=skip.decision,
                decided_on=skip.decided_on,
            )
            for skip in skips
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
        )
