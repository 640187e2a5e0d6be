"""Where a service keeps its copy of the units: writing events into it, reading it.

The follower and the registry's own inline read model write; the directory reads.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql import insert

from services.contracts.envelope import PublicEvent
from services.contracts.registry.events import (
    Successor,
    UnitAbolishedV1,
    UnitEstablishedV1,
    UnitRegisterImportedV1,
    UnitRenamedV1,
    UnitRetypedV1,
)
from services.unit_directory.tree import NameSince, Unit

UNIT_EVENTS: tuple[type[PublicEvent], ...] = (
    UnitEstablishedV1,
    UnitRetypedV1,
    UnitRenamedV1,
    UnitAbolishedV1,
    UnitRegisterImportedV1,
)


class UnitFact(NamedTuple):
    """An event about a unit, and its place in that unit's history."""

    version: int
    event: PublicEvent


class UnitTables:
    """The tables of one service's copy of the units, in its read schema."""

    def __init__(self, metadata: sa.MetaData) -> None:
        self.units = sa.Table(
            "unit_directory",
            metadata,
            sa.Column("id", pg.UUID, primary_key=True),
            sa.Column("code", sa.Text, nullable=False),
            sa.Column("level", sa.Text, nullable=False),
            sa.Column("unit_type", sa.Text, nullable=False),
            sa.Column("name", sa.Text, nullable=False),
            sa.Column("bare_name", sa.Text, nullable=False),
            sa.Column("parent_id", pg.UUID),
            sa.Column("path", sa.Text, nullable=False),
            sa.Column("valid_from", sa.Date),
            sa.Column("valid_to", sa.Date),
            sa.Column("legal_basis", sa.Text),
            sa.Column("version", sa.Integer, nullable=False),
        )
        self.names = sa.Table(
            "unit_directory_names",
            metadata,
            sa.Column("unit_id", pg.UUID, primary_key=True),
            sa.Column("effective_on", sa.Date, primary_key=True),
            sa.Column("unit_type", sa.Text),
            sa.Column("name", sa.Text, nullable=False),
            sa.Column("bare_name", sa.Text),
        )
        self.successors = sa.Table(
            "unit_directory_successors",
            metadata,
            sa.Column("unit_id", pg.UUID, primary_key=True),
            sa.Column("successor_id", pg.UUID, primary_key=True),
            sa.Column("whole", sa.Boolean, nullable=False),
            sa.Column("kind", sa.Text, nullable=False),
        )
        self.editions = sa.Table(
            "unit_directory_editions",
            metadata,
            sa.Column("edition", sa.Text, primary_key=True),
            sa.Column("units", sa.Integer, nullable=False),
            sa.Column("facts", sa.Integer, nullable=False),
        )

    def apply(self, conn: sa.Connection, facts: Iterable[UnitFact]) -> None:
        """Write a batch of facts; each unit's facts come in their order."""
        established: list[dict[str, Any]] = []
        names: list[dict[str, Any]] = []
        abolished: list[tuple[int, UnitAbolishedV1]] = []
        versions: dict[UUID, int] = {}
        for version, event in facts:
            match event:
                case UnitEstablishedV1():
                    established.append(_row(event, version))
                case UnitRetypedV1() | UnitRenamedV1():
                    names.append(_name(event))
                    versions[event.unit_id] = version
                case UnitAbolishedV1():
                    abolished.append((version, event))
                case UnitRegisterImportedV1():
                    self._insert(conn, self.editions, [_edition(event)])
        self._insert(conn, self.units, established)
        self._insert(conn, self.names, names)
        self._end(conn, abolished)
        self._raise_versions(conn, versions)

    def _insert(
        self, conn: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]
    ) -> None:
        if rows:
            conn.execute(insert(table).on_conflict_do_nothing(), rows)

    def _end(
        self, conn: sa.Connection, abolished: Sequence[tuple[int, UnitAbolishedV1]]
    ) -> None:
        if not abolished:
            return
        reached = sa.func.greatest(self.units.c.version, sa.bindparam("reached"))
        conn.execute(
            sa.update(self.units)
            .where(self.units.c.id == sa.bindparam("ended"))
            .values(valid_to=sa.bindparam("last_day"), version=reached),
            [
                {"ended": event.unit_id, "last_day": event.valid_to, "reached": version}
                for version, event in abolished
            ],
        )
        self._insert(
            conn,
            self.successors,
            [
                {
                    "unit_id": event.unit_id,
                    "successor_id": successor.unit_id,
                    "whole": successor.whole,
                    "kind": successor.kind,
                }
                for _, event in abolished
                for successor in event.successors
            ],
        )

    def _raise_versions(self, conn: sa.Connection, versions: dict[UUID, int]) -> None:
        if versions:
            conn.execute(
                sa.update(self.units)
                .where(self.units.c.id == sa.bindparam("unit"))
                .values(
                    version=sa.func.greatest(
                        self.units.c.version, sa.bindparam("reached")
                    )
                ),
                [{"unit": unit, "reached": v} for unit, v in versions.items()],
            )

    def forget(self, conn: sa.Connection) -> None:
        """Delete every row; the events bring them back."""
        for table in (self.units, self.names, self.successors, self.editions):
            conn.execute(sa.delete(table))

    def revision(self, conn: sa.Connection) -> int | None:
        """Return the number of facts applied; None until the register is whole.

        An edition says how many facts make it up, so it does not matter in which order
        the partitions came.
        """
        wanted = sa.select(sa.func.max(self.editions.c.facts)).scalar_subquery()
        applied = sa.select(sa.func.sum(self.units.c.version)).scalar_subquery()
        facts, needed = conn.execute(sa.select(applied, wanted)).one()
        return None if needed is None or (facts or 0) < needed else int(facts)

    def read(self, conn: sa.Connection) -> list[Unit]:
        """Read all units with their names and succession."""
        names: dict[UUID, list[NameSince]] = {}
        for row in conn.execute(
            sa.select(self.names).order_by(self.names.c.effective_on)
        ):
            names.setdefault(row.unit_id, []).append(NameSince(*row[1:]))
        after: dict[UUID, list[Successor]] = {}
        before: dict[UUID, list[Successor]] = {}
        for old, new, whole, kind in conn.execute(sa.select(self.successors)):
            after.setdefault(old, []).append(
                Successor(unit_id=new, whole=whole, kind=kind)
            )
            before.setdefault(new, []).append(
                Successor(unit_id=old, whole=whole, kind=kind)
            )
        columns = [c for c in self.units.c if c.name != "version"]
        return [
            Unit(
                **row._mapping,  # noqa: SLF001 - the public mapping of a row
                later_names=_later_names(row, names.get(row.id, ())),
                successors=tuple(after.get(row.id, ())),
                predecessors=tuple(before.get(row.id, ())),
            )
            for row in conn.execute(sa.select(*columns))
        ]


def _row(event: UnitEstablishedV1, version: int) -> dict[str, Any]:
    return {
        "id": event.unit_id,
        "code": event.code,
        "level": event.level,
        "unit_type": event.unit_type,
        "name": event.name,
        "bare_name": event.bare_name,
        "parent_id": event.parent_id,
        "path": event.path,
        "valid_from": event.valid_from,
        "valid_to": event.valid_to,
        "legal_basis": event.legal_basis,
        "version": version,
    }


def _name(event: UnitRetypedV1 | UnitRenamedV1) -> dict[str, Any]:
    return {
        "unit_id": event.unit_id,
        "effective_on": event.effective_on,
        "unit_type": event.unit_type,
        "name": event.name,
        "bare_name": event.bare_name if isinstance(event, UnitRenamedV1) else None,
    }


def _later_names(row: sa.Row[Any], found: Iterable[NameSince]) -> tuple[NameSince, ...]:
    """Fill in what a re-typing leaves as it was: the bare name."""
    bare = row.bare_name
    filled = []
    for name in found:
        bare = name.bare_name or bare
        filled.append(name._replace(bare_name=bare))
    return tuple(filled)


def _edition(event: UnitRegisterImportedV1) -> dict[str, Any]:
    return {"edition": event.edition, "units": event.units, "facts": event.facts}
