"""Follows the registry's named hierarchies into a service's own tables.

In a service: `HIERARCHIES = HierarchyTables(READ)` beside its read tables; in
`definition()`: `HierarchiesFollower("reporting-hierarchies", HIERARCHIES)`.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.followers import Delivered
from services.contracts.envelope import PublicEvent
from services.unit_hierarchies.facts import (
    ADMINISTRATION,
    HIERARCHY_EVENTS,
    KnownHierarchy,
    hierarchy_of,
)

BUILT_IN: Final = "administration"
_BY_TYPE: Final[Mapping[str, type[PublicEvent]]] = {e.TYPE: e for e in HIERARCHY_EVENTS}


class HierarchyTables:
    """The facts of each hierarchy as they were told: a handful, folded when asked."""

    def __init__(self, metadata: sa.MetaData) -> None:
        self.facts = sa.Table(
            "hierarchy_facts",
            metadata,
            sa.Column("hierarchy_id", pg.UUID, primary_key=True),
            sa.Column("version", sa.Integer, primary_key=True),
            sa.Column("type", sa.Text, nullable=False),
            sa.Column("code", sa.Text),
            sa.Column("fact", pg.JSONB, nullable=False),
        )

    def write(self, conn: sa.Connection, batch: Sequence[Delivered]) -> None:
        """Keep facts; each once."""
        conn.execute(
            pg.insert(self.facts).on_conflict_do_nothing(),
            [
                {
                    "hierarchy_id": told.subject,
                    "version": int(told.event_id.rpartition("/")[2]),
                    "type": told.type,
                    "code": getattr(told.event, "code", None),
                    "fact": msgspec.to_builtins(told.event),
                }
                for told in batch
            ],
        )

    def read(self, conn: sa.Connection, code: str) -> KnownHierarchy | None:
        """Return the hierarchy of a code; None where there is none."""
        if code == BUILT_IN:
            return ADMINISTRATION
        columns = self.facts.c
        which = sa.select(columns.hierarchy_id).where(columns.code == code)
        rows = conn.execute(
            sa.select(columns.type, columns.fact)
            .where(columns.hierarchy_id.in_(which))
            .order_by(columns.version)
        ).all()
        if not rows:
            return None
        return hierarchy_of(
            msgspec.convert(row.fact, _BY_TYPE[row.type], strict=False) for row in rows
        )

    def forget(self, conn: sa.Connection) -> None:
        """Drop the facts, to be read again."""
        conn.execute(sa.delete(self.facts))


class HierarchiesFollower:
    """Keeps `<service>_read.hierarchy_facts` up to date."""

    sources: tuple[str, ...] = ("registry",)
    event_types: Mapping[str, type[PublicEvent]] = _BY_TYPE

    def __init__(self, name: str, tables: HierarchyTables) -> None:
        self.name = name
        self.tables = tables

    def apply(self, conn: sa.Connection, batch: Sequence[Delivered]) -> None:
        """Write a batch."""
        if batch:
            self.tables.write(conn, batch)

    def forget(self, conn: sa.Connection) -> None:
        """Empty the copy, to be read again from the start."""
        self.tables.forget(conn)
