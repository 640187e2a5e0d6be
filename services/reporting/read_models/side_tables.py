"""A second set of the figures, filled beside the present one and swapped in.

The rebuild counts into it. Very many facts are folded in memory, copied into parts
without an index and summed up once, which costs a small part of adding to each row.
"""

from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa

from services.contracts.envelope import PublicEvent
from services.reporting.read_models.counting import (
    Cell,
    Deltas,
    contributions,
    half_months,
    roll_up,
)
from services.reporting.read_models.figures import FigureTables
from services.reporting.read_models.geography import Geography
from services.reporting.read_models.tables import FIGURES, READ_METADATA, WAITING
from services.reporting.read_models.waiting_facts import WaitingFacts

SUFFIX: Final = "_rebuilt"
PARTS: Final = "_parts"
FOLDED_AT_ONCE: Final = 50_000

_COLUMNS: Final = "unit_id, indicator, day, value"


class SideTables:
    """The derived tables anew: gather facts, settle them, compare, swap."""

    def __init__(self) -> None:
        self._metadata = sa.MetaData(schema=READ_METADATA.schema)
        self.figures = FigureTables(self._metadata, SUFFIX)
        self.waiting = WaitingFacts(self._metadata, SUFFIX)
        self._tables = (self.figures.days, self.figures.half_months)
        self._gathered: list[PublicEvent] = []

    @property
    def is_full(self) -> bool:
        """Whether enough was gathered to be folded."""
        return len(self._gathered) >= FOLDED_AT_ONCE

    def make(self, conn: sa.Connection) -> None:
        """Create the tables anew, empty."""
        self.drop(conn)
        self._metadata.create_all(conn)
        for table in self._tables:
            conn.exec_driver_sql(
                f"CREATE UNLOGGED TABLE {table.fullname}{PARTS} (unit_id uuid,"
                " indicator text, day date, value int8)"
            )

    def drop(self, conn: sa.Connection) -> None:
        """Throw the tables away."""
        self._metadata.drop_all(conn)
        for table in self._tables:
            conn.exec_driver_sql(f"DROP TABLE IF EXISTS {table.fullname}{PARTS}")

    def gather(self, events: Iterable[PublicEvent]) -> None:
        """Take facts in; they count when they are settled."""
        self._gathered += events

    def fold(self, conn: sa.Connection, geography: Geography) -> None:
        """Count what was gathered, into the parts."""
        deltas = contributions(self._gathered)
        rolled = roll_up(deltas, geography.lineage)
        self.waiting.put(conn, rolled.waiting)
        days, halves = self._tables
        _copy(conn, days, rolled.figures)
        _copy(conn, halves, half_months(rolled.figures))
        self._gathered = []

    def settle(self, conn: sa.Connection, geography: Geography) -> None:
        """Sum all parts up into the figures."""
        self.fold(conn, geography)
        conn.exec_driver_sql("SET LOCAL statement_timeout = 0")
        conn.exec_driver_sql("SET LOCAL work_mem = '128MB'")
        for table in self._tables:
            parts = f"{table.fullname}{PARTS}"
            # In the order of the key, so that a table's rows lie side by side.
            conn.exec_driver_sql(
                f"INSERT INTO {table.fullname} AS figure ({_COLUMNS})"
                f" SELECT unit_id, indicator, day, sum(value) FROM {parts}"
                " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
                " ON CONFLICT (unit_id, indicator, day)"
                " DO UPDATE SET value = figure.value + excluded.value"
            )
            conn.exec_driver_sql(f"TRUNCATE {parts}")

    def differing(self, conn: sa.Connection) -> int:
        """Return how many figures differ from the present ones."""
        new, old = self.figures.days.fullname, FIGURES.days.fullname
        return int(
            conn.exec_driver_sql(
                f"SELECT count(*) FROM {new} AS n FULL JOIN {old} AS o"
                " USING (unit_id, indicator, day)"
                " WHERE coalesce(n.value, 0) <> coalesce(o.value, 0)"
            ).scalar_one()
        )

    def swap(self, conn: sa.Connection) -> None:
        """Put these tables in the place of the present ones."""
        for table in (
            WAITING.table,
            FIGURES.days,
            FIGURES.half_months,
        ):
            side = f"{table.name}{SUFFIX}"
            schema = table.schema
            conn.exec_driver_sql(
                f"LOCK TABLE {table.fullname} IN ACCESS EXCLUSIVE MODE"
            )
            conn.exec_driver_sql(f"DROP TABLE {table.fullname}")
            conn.exec_driver_sql(f"ALTER TABLE {schema}.{side} RENAME TO {table.name}")


def _copy(conn: sa.Connection, table: sa.Table, deltas: Deltas) -> None:
    lines = [_line(cell, delta) for cell, delta in deltas.items()]
    cursor = conn.connection.cursor()
    with cursor.copy(f"COPY {table.fullname}{PARTS} ({_COLUMNS}) FROM STDIN") as copy:
        copy.write("".join(lines))


def _line(cell: Cell, delta: int) -> str:
    return f"{cell.unit_id.hex}\t{cell.indicator}\t{cell.day}\t{delta}\n"
