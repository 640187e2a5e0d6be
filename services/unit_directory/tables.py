"""Where a service keeps its copy of the units: writing events into it, reading it.

The follower and the registry's own inline read model write; the directory reads.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.dialects.postgresql import insert

from services.chassis.many_rows import insert_many, put_many
from services.contracts.registry.events import Successor, UnitRegisterImportedV1
from services.unit_directory.facts import (
    ABOUT_UNITS,
    UNIT_EVENTS,
    UnitFact,
    linked,
    unit_of,
)
from services.unit_directory.tree import Custody, NameSince, Unit

__all__ = ["UNIT_EVENTS", "Mark", "UnitFact", "UnitTables"]

_DECODERS: Final = {e.TYPE: msgspec.json.Decoder(e) for e in ABOUT_UNITS}
_NAMES: Final = msgspec.json.Decoder(tuple[NameSince, ...])
_ONE_WRITER: Final = sa.text(
    "SELECT pg_advisory_xact_lock(hashtextextended(:table, 0))"
)
_HEIRS: Final = msgspec.json.Decoder(tuple[Successor, ...])
_KEEPERS: Final = msgspec.json.Decoder(tuple[Custody, ...])


class Mark(NamedTuple):
    """How far a copy of the units has come: how many facts, and the last to arrive."""

    facts: int
    arrival: int


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
            sa.Column("ended_by", sa.Text),
            sa.Column("later_names", sa.Text),
            sa.Column("successors", sa.Text),
            sa.Column("custodies", sa.Text),
            sa.Column("version", sa.Integer, nullable=False),
        )
        self.facts = sa.Table(
            "unit_directory_facts",
            metadata,
            sa.Column("unit_id", pg.UUID, primary_key=True),
            sa.Column("version", sa.Integer, primary_key=True),
            sa.Column("position", sa.BigInteger, nullable=False, index=True),
            sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("type", sa.Text, nullable=False),
            sa.Column("event", sa.Text, nullable=False),
            # In which order the facts came here, whatever their place in the log.
            sa.Column("arrival", sa.BigInteger, sa.Identity(), index=True),
        )
        self.editions = sa.Table(
            "unit_directory_editions",
            metadata,
            sa.Column("edition", sa.Text, primary_key=True),
            sa.Column("units", sa.Integer, nullable=False),
            sa.Column("facts", sa.Integer, nullable=False),
            sa.Column("position", sa.BigInteger, nullable=False),
            sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        )

    def apply(self, conn: sa.Connection, facts: Iterable[UnitFact]) -> None:
        """Write a batch of facts; each unit's facts come in their order.

        Facts that come again change nothing. A unit is what all its facts make, so a
        change and its undoing may stand in one batch or far apart.
        """
        told: list[dict[str, Any]] = []
        editions: list[dict[str, Any]] = []
        for fact in facts:
            if isinstance(fact.event, UnitRegisterImportedV1):
                editions.append(_edition(fact, fact.event))
            else:
                told.append(_fact(fact))
        if editions:
            conn.execute(insert(self.editions).on_conflict_do_nothing(), editions)
        if told:
            # Facts arrive in the order of commits: a later number never comes first.
            conn.execute(_ONE_WRITER, {"table": self.facts.fullname})
            insert_many(conn, self.facts, told, once=True)
            self._write_units(conn, {row["unit_id"] for row in told})

    def _write_units(self, conn: sa.Connection, ids: Collection[UUID]) -> None:
        made = (unit_of(history) for history in self.histories(conn, ids, {}))
        put_many(conn, self.units, [_row(unit) for unit in made if unit is not None])

    def histories(
        self, conn: sa.Connection, ids: Iterable[UUID], versions: Mapping[UUID, int]
    ) -> Iterator[list[UnitFact]]:
        """Return the facts of each unit in their order, up to its version if given."""
        columns = self.facts.c
        found = conn.execute(
            sa.select(
                columns.unit_id,
                columns.version,
                columns.type,
                columns.event,
                columns.position,
                columns.recorded_at,
            )
            .where(columns.unit_id == sa.any_(sa.literal(list(ids), _UUIDS)))
            .order_by(columns.unit_id, columns.version)
        )
        for unit_id, rows in groupby(found.all(), key=lambda row: row[0]):
            last = versions.get(unit_id)
            yield [fact_of(*row[1:]) for row in rows if last is None or row[1] <= last]

    def forget(self, conn: sa.Connection) -> None:
        """Delete every row; the events bring them back."""
        for table in (self.units, self.facts, self.editions):
            conn.execute(sa.delete(table))

    def last_arrival(self, conn: sa.Connection) -> int | None:
        """Return the number of the last fact that came; it costs next to nothing."""
        last = sa.select(sa.func.max(self.facts.c.arrival))
        arrival: int | None = conn.execute(last).scalar_one()
        return arrival

    def revision(self, conn: sa.Connection) -> int | None:
        """Return the number of facts applied; None until the register is whole."""
        mark = self.mark(conn)
        return None if mark is None else mark.facts

    def mark(self, conn: sa.Connection) -> Mark | None:
        """Return how far the copy has come; None until the register is whole.

        An edition says how many facts make it up, so it does not matter in which order
        the partitions came. Facts that are later than its mark do not count for it.
        """
        edition = (
            sa.select(self.editions.c.facts, self.editions.c.position)
            .order_by(self.editions.c.facts.desc())
            .limit(1)
            .subquery()
        )
        earlier = self.facts.c.position <= edition.c.position
        row = conn.execute(
            sa.select(
                edition.c.facts,
                sa.func.count(self.facts.c.version).filter(earlier),
                sa.func.count(self.facts.c.version),
                sa.func.max(self.facts.c.arrival),
            )
            .select_from(edition.outerjoin(self.facts, sa.true()))
            .group_by(edition.c.facts)
        ).one_or_none()
        if row is None or row[1] < row[0]:
            return None
        return Mark(int(row[2]), int(row[3]))

    def changed_since(
        self, conn: sa.Connection, known: Mark, now: Mark, *, most: int
    ) -> list[Unit] | None:
        """Return the units of which something came between two marks, made anew.

        None where the facts in between do not make up the difference, or where so many
        units changed that all are read as fast. One transaction has to see both marks.
        """
        columns = self.facts.c
        came = conn.execute(
            sa.select(columns.unit_id, sa.func.count())
            .where(columns.arrival > known.arrival)
            .group_by(columns.unit_id)
            .limit(most + 1)
        ).all()
        facts = sum(row[1] for row in came)
        if len(came) > most or known.facts + facts != now.facts:
            return None
        histories = self.histories(conn, [row[0] for row in came], {})
        made = (unit_of(history) for history in histories)
        return [unit for unit in made if unit is not None]

    def read(self, conn: sa.Connection) -> list[Unit]:
        """Read all units with their names and succession."""
        columns = self.units.c
        last = (columns.later_names, columns.successors, columns.custodies)
        first = [c for c in columns if c not in set(last)]
        names = [c.name for c in first]
        return linked(
            Unit(
                **dict(zip(names, row[:-3], strict=True)),
                later_names=_NAMES.decode(row[-3]) if row[-3] else (),
                successors=_HEIRS.decode(row[-2]) if row[-2] else (),
                custodies=_KEEPERS.decode(row[-1]) if row[-1] else (),
            )
            for row in conn.execute(sa.select(*first, *last)).all()
        )


_UUIDS: Final = pg.ARRAY(pg.UUID)


def fact_of(
    version: int, type_: str, event: str, position: int, recorded_at: Any
) -> UnitFact:
    """Return a fact as it was told."""
    return UnitFact(version, _DECODERS[type_].decode(event), position, recorded_at)


def _fact(fact: UnitFact) -> dict[str, Any]:
    event: Any = fact.event
    return {
        "unit_id": event.unit_id,
        "version": fact.version,
        "position": fact.position,
        "recorded_at": fact.recorded_at,
        "type": event.TYPE,
        "event": _text(event),
    }


def _edition(fact: UnitFact, event: UnitRegisterImportedV1) -> dict[str, Any]:
    return {
        "edition": event.edition,
        "units": event.units,
        "facts": event.facts,
        "position": fact.position,
        "recorded_at": fact.recorded_at,
    }


def _row(unit: Unit) -> dict[str, Any]:
    row = {name: getattr(unit, name) for name in unit.__struct_fields__}
    del row["predecessors"]
    row["later_names"] = _text(unit.later_names) if unit.later_names else None
    row["successors"] = _text(unit.successors) if unit.successors else None
    row["custodies"] = _text(unit.custodies) if unit.custodies else None
    return row


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
