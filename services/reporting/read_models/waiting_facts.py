"""Facts whose unit this service does not know yet: kept aside, never lost.

Unit events travel on another stream than the facts, so a fact may come first. The
follower puts it here and releases it as soon as the unit is known.
"""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.reporting.read_models.counting import Cell, Deltas, as_arrays


class WaitingFacts:
    """Changes of figures that wait for their unit, folded like the figures."""

    def __init__(self, metadata: sa.MetaData, suffix: str = "") -> None:
        self.table = sa.Table(
            f"waiting_facts{suffix}",
            metadata,
            sa.Column("unit_id", pg.UUID, primary_key=True),
            sa.Column("indicator", sa.Text, primary_key=True),
            sa.Column("day", sa.Date, primary_key=True),
            sa.Column("value", sa.BigInteger, nullable=False),
            sa.Column("facts", sa.BigInteger, nullable=False),
        )

    def put(self, conn: sa.Connection, deltas: Deltas) -> None:
        """Keep changes aside."""
        if not deltas:
            return
        conn.exec_driver_sql(
            f"INSERT INTO {self.table.fullname} AS held"
            " (unit_id, indicator, day, value, facts)"
            " SELECT u.*, 1 FROM"
            " unnest(%s::uuid[], %s::text[], %s::date[], %s::int8[]) AS u"
            " ON CONFLICT (unit_id, indicator, day) DO UPDATE SET"
            " value = held.value + excluded.value, facts = held.facts + 1",
            as_arrays(deltas),
        )

    def units(self, conn: sa.Connection) -> list[UUID]:
        """Return the units that are waited for."""
        return list(conn.scalars(sa.select(self.table.c.unit_id).distinct()))

    def take(self, conn: sa.Connection, unit_ids: Iterable[UUID]) -> Deltas:
        """Take out what waited for these units; the caller counts it now."""
        rows = conn.execute(
            sa.delete(self.table)
            .where(self.table.c.unit_id.in_(list(unit_ids)))
            .returning(
                self.table.c.unit_id,
                self.table.c.indicator,
                self.table.c.day,
                self.table.c.value,
            )
        )
        return {Cell(row[0], row[1], row[2]): row[3] for row in rows}

    def count(self, conn: sa.Connection) -> int:
        """Return how many changes wait."""
        total = sa.select(sa.func.coalesce(sa.func.sum(self.table.c.facts), 0))
        return int(conn.execute(total).scalar_one())

    def forget(self, conn: sa.Connection) -> None:
        """Drop what waits, to be read again."""
        conn.execute(sa.delete(self.table))
