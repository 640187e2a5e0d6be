"""A second set of the figures, filled beside the present one and swapped in.

The rebuild counts into it. Very many facts are folded in memory, copied as they are
and rolled up by the database once, a small part of the cost of adding row by row.
"""

from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa

from services.contracts.envelope import PublicEvent
from services.reporting.read_models.counting import contributions, together
from services.reporting.read_models.figures import FigureTables
from services.reporting.read_models.geography import Geography
from services.reporting.read_models.level_book import LevelBook
from services.reporting.read_models.tables import (
    FIGURES,
    LEVELS,
    READ_METADATA,
    WAITING,
)
from services.reporting.read_models.waiting_facts import WaitingFacts

SUFFIX: Final = "_rebuilt"
FOLDED_AT_ONCE: Final = 50_000
NULL: Final = "\\N"

_COLUMNS: Final = "unit_id, indicator, day, value"
_PARTS: Final = f"{READ_METADATA.schema}.figures_parts{SUFFIX}"
_MOVED: Final = f"{READ_METADATA.schema}.figures_moved{SUFFIX}"
_LINEAGE: Final = f"{READ_METADATA.schema}.figures_lineage{SUFFIX}"


class SideTables:
    """The derived tables anew: gather facts, settle them, compare, swap."""

    def __init__(self) -> None:
        self._metadata = sa.MetaData(schema=READ_METADATA.schema)
        self.figures = FigureTables(self._metadata, SUFFIX)
        self.waiting = WaitingFacts(self._metadata, SUFFIX)
        self.levels = LevelBook(self._metadata, SUFFIX)
        self._gathered: list[PublicEvent] = []
        self._settled = False

    @property
    def is_full(self) -> bool:
        """Whether enough was gathered to be folded."""
        return len(self._gathered) >= FOLDED_AT_ONCE

    def make(self, conn: sa.Connection, geography: Geography) -> None:
        """Create the tables anew, empty, and tell them which unit lies in which."""
        self.drop(conn)
        self._metadata.create_all(conn, tables=[self.waiting.table, self.levels.table])
        self.figures.make_without_keys(conn)
        conn.exec_driver_sql(
            f"CREATE UNLOGGED TABLE {_PARTS} (unit_id uuid, indicator text, day date,"
            " value int8)"
        )
        conn.exec_driver_sql(
            f"CREATE UNLOGGED TABLE {_LINEAGE}"
            " (unit_id uuid, parent_id uuid, depth int)"
        )
        lineages = (geography.lineage(unit.id) for unit in geography.tree)
        _copy(
            conn,
            f"{_LINEAGE} (unit_id, parent_id, depth)",
            (
                f"{above[0]}\t{above[1] if above[1:] else NULL}\t{len(above)}\n"
                for above in lineages
                if above is not None
            ),
        )
        conn.exec_driver_sql(f"ANALYZE {_LINEAGE}")

    def drop(self, conn: sa.Connection) -> None:
        """Throw the tables away."""
        self._metadata.drop_all(conn)
        conn.exec_driver_sql(f"DROP TABLE IF EXISTS {_PARTS}, {_LINEAGE}")

    def gather(self, events: Iterable[PublicEvent]) -> None:
        """Take facts in; they count when they are settled."""
        self._gathered += events

    def gathered(self) -> list[PublicEvent]:
        """Return what was gathered, once."""
        taken, self._gathered = self._gathered, []
        return taken

    def fold(
        self, conn: sa.Connection, facts: list[PublicEvent], geography: Geography
    ) -> None:
        """Write facts down, folded by the units that they name."""
        deltas = together(contributions(facts), self.levels.apply(conn, facts))
        unknown = {
            unit_id
            for unit_id in {cell.unit_id for cell in deltas}
            if geography.lineage(unit_id) is None
        }
        self.waiting.put(
            conn, {c: delta for c, delta in deltas.items() if c.unit_id in unknown}
        )
        _copy(
            conn,
            f"{_PARTS} ({_COLUMNS})",
            (
                f"{unit_id.hex}\t{indicator}\t{day}\t{delta}\n"
                for (unit_id, indicator, day), delta in deltas.items()
                if unit_id not in unknown
            ),
        )

    def settle(self, conn: sa.Connection, geography: Geography) -> None:
        """Roll all that was folded up into the figures."""
        self.fold(conn, self.gathered(), geography)
        conn.exec_driver_sql("SET LOCAL statement_timeout = 0")
        conn.exec_driver_sql("SET LOCAL work_mem = '128MB'")
        conn.exec_driver_sql("SET LOCAL maintenance_work_mem = '256MB'")
        conn.exec_driver_sql(f"ANALYZE {_PARTS}")
        levels = self._roll_up(conn)
        for level in levels:
            self.figures.add_rows(conn, level, are_new=not self._settled)
        if not self._settled:
            self.figures.make_keys(conn)
            self._settled = True
        conn.exec_driver_sql(f"TRUNCATE {_PARTS}")
        if levels:
            conn.exec_driver_sql(f"DROP TABLE {', '.join(levels)}")

    def _roll_up(self, conn: sa.Connection) -> list[str]:
        """Sum what was folded, the deepest units first; return a table for each level.

        In the order of the key, so that a unit's rows lie side by side.
        """
        deepest = f"SELECT max(depth) FROM {_LINEAGE}"
        depths = conn.exec_driver_sql(deepest).scalar_one() or 0
        below = None
        for depth in range(depths, 0, -1):
            # A table of its own for each level: what makes one may use all cores.
            level = f"{_MOVED}_{depth}"
            rows = (
                f"SELECT p.unit_id, indicator, day, value FROM {_PARTS} AS p"
                f" JOIN {_LINEAGE} AS l ON l.unit_id = p.unit_id AND depth = {depth}"
            )
            if below is not None:
                rows += (
                    f" UNION ALL SELECT parent_id, indicator, day, value FROM {below}"
                    f" JOIN {_LINEAGE} USING (unit_id)"
                )
            conn.exec_driver_sql(
                f"CREATE UNLOGGED TABLE {level} AS"
                " SELECT unit_id, indicator, day, sum(value)::int8 AS value"
                f" FROM ({rows}) AS level"
                " GROUP BY unit_id, indicator, day ORDER BY unit_id, indicator, day"
            )
            conn.exec_driver_sql(f"ANALYZE {level}")
            below = level
        return [f"{_MOVED}_{depth}" for depth in range(1, depths + 1)]

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
            LEVELS.table,
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


def _copy(conn: sa.Connection, target: str, lines: Iterable[str]) -> None:
    cursor = conn.connection.cursor()
    with cursor.copy(f"COPY {target} FROM STDIN") as copy:
        copy.write("".join(lines))
