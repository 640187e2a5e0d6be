"""Which units were known at a moment? The tree as the register stood then.

The present tree is shared: only units of which something was recorded later are made
anew from their facts. Asked by every question about units that names a moment.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.service import Runtime
from services.registry.domain.unit_errors import MomentBeforeRegister
from services.unit_directory.directory import UnitDirectory
from services.unit_directory.facts import unit_of
from services.unit_directory.overlay import overlaid
from services.unit_directory.tables import Mark, UnitTables
from services.unit_directory.tree import UnitTree

EXTRA: Final = "known_units"
_TREES: Final = 16


class _Moments(NamedTuple):
    """When facts were recorded, in order, and since when the register is whole."""

    mark: Mark
    recorded: Sequence[datetime]
    whole_since: datetime


class KnownUnits:
    """Trees of past moments, remembered by the number of facts known then.

    All moments between two facts share one tree.
    """

    def __init__(self, tables: UnitTables, directory: UnitDirectory) -> None:
        self._tables = tables
        self._directory = directory
        self._moments: _Moments | None = None
        self._trees: OrderedDict[tuple[int, datetime], UnitTree] = OrderedDict()

    async def tree(self, runtime: Runtime, moment: datetime) -> UnitTree:
        """Return the units as they were known at a moment; the future knows no more.

        Raises UnitsNotLoaded, MomentBeforeRegister.
        """
        moments = self._moments
        if moments is None or moments.mark != self._directory.present.mark:
            moments = await runtime.read(self._read_moments, moments)
            self._moments = moments
        present = self._directory.present
        if moment < moments.whole_since:
            raise MomentBeforeRegister(
                field="$.known_at", known_at=moment, since=moments.whole_since
            )
        known = bisect_right(moments.recorded, moment)
        if known == moments.mark.facts == present.mark.facts:
            return present.tree
        key = known, moments.recorded[known - 1]
        tree = self._trees.get(key)
        if tree is None:
            tree = await runtime.read(self._tree_then, key[1])
            self._trees[key] = tree
            if len(self._trees) > _TREES:
                self._trees.popitem(last=False)
        self._trees.move_to_end(key)
        return tree

    def _read_moments(self, conn: sa.Connection, known: _Moments | None) -> _Moments:
        """Add the moments that have come; read all where they do not fit."""
        facts, editions = self._tables.facts.c, self._tables.editions.c
        steady = conn.execution_options(isolation_level="REPEATABLE READ")
        count, last, since = steady.execute(
            sa.select(
                sa.func.count(),
                sa.func.max(facts.arrival),
                sa.select(sa.func.min(editions.recorded_at)).scalar_subquery(),
            ).select_from(self._tables.facts)
        ).one()
        recorded = sa.select(facts.recorded_at).order_by(facts.recorded_at)
        if known is not None:
            later = facts.arrival > known.mark.arrival
            came = steady.execute(recorded.where(later)).scalars().all()
            if len(came) + known.mark.facts == count:
                told = sorted([*known.recorded, *came])
                return _Moments(Mark(count, last), told, since)
        return _Moments(
            Mark(count, last), steady.execute(recorded).scalars().all(), since
        )

    def _tree_then(self, conn: sa.Connection, moment: datetime) -> UnitTree:
        """Make the tree anew where it differs from the present one."""
        present = self._directory.tree
        facts = self._tables.facts.c
        versions: dict[UUID, int] = {
            row[0]: row[1]
            for row in conn.execute(
                sa.select(facts.unit_id, sa.func.max(facts.version))
                .where(facts.recorded_at <= moment)
                .group_by(facts.unit_id)
            ).all()
        }
        differing = [
            unit_id
            for unit_id, version in versions.items()
            if (unit := present.get(unit_id)) is None or unit.version != version
        ]
        gone = [unit.id for unit in present if unit.id not in versions]
        made = [
            unit
            for history in self._tables.histories(conn, differing, versions)
            if (unit := unit_of(history)) is not None
        ]
        return overlaid(present, made, gone)
