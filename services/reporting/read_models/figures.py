"""The figures: one row for each indicator, unit and day on which it moved.

The follower adds to them, questions sum them up. Rows never move when units change;
a second table holds the same by half months, so that a nation's year stays a small sum.
Their keys carry the value: sums are read from the key alone, in its order.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.reporting.domain.periods import Period
from services.reporting.read_models.counting import (
    HALF_MONTH_START_SQL,
    Deltas,
    as_arrays,
    cut_of,
    half_months,
)

_BEGINNING = date(1, 1, 1)
_ADDING = (
    "ON CONFLICT (unit_id, indicator, day)"
    " DO UPDATE SET value = figure.value + excluded.value"
)


_SUM = (
    "SELECT unit_id, indicator,"
    " coalesce(sum(value) FILTER (WHERE day >= %(s)s AND day < %(e)s), 0),"
    " coalesce(sum(value) FILTER (WHERE day >= %(sb)s AND day < %(eb)s), 0)"
    " FROM {table} WHERE unit_id = ANY(%(units)s) AND indicator = ANY(%(codes)s)"
    " AND day >= %(first)s AND day < %(last)s GROUP BY unit_id, indicator"
)


class Sum(NamedTuple):
    """A figure of one unit in the period and in the period a year before."""

    now: int
    before: int


NOTHING_COUNTED = Sum(0, 0)
Sums = dict[UUID, dict[str, Sum]]
Span = tuple[date, date]
NO_DAYS: Span = (_BEGINNING, _BEGINNING)


class FigureTables:
    """The two tables of one set of figures; a rebuild fills a second set beside it."""

    def __init__(self, metadata: sa.MetaData, suffix: str = "") -> None:
        self.days = _table(metadata, f"figures{suffix}")
        self.half_months = _table(metadata, f"figures_by_half_month{suffix}")

    def add(self, conn: sa.Connection, deltas: Deltas) -> None:
        """Add changes to the figures, one statement for each table."""
        _upsert(conn, self.days, deltas)
        _upsert(conn, self.half_months, half_months(deltas))

    def make_without_keys(self, conn: sa.Connection) -> None:
        """Create the tables without what finds a row, for very many rows at once."""
        for table in (self.days, self.half_months):
            columns = ", ".join(
                f"{column.name} {column.type.compile(conn.dialect)} NOT NULL"
                for column in table.columns
            )
            conn.exec_driver_sql(f"CREATE TABLE {table.fullname} ({columns})")

    def make_keys(self, conn: sa.Connection) -> None:
        """Make the keys when the rows are there."""
        for table in (self.days, self.half_months):
            # Named by the database: a name outlives the swap of its table.
            conn.exec_driver_sql(
                f"ALTER TABLE {table.fullname}"
                " ADD PRIMARY KEY (unit_id, indicator, day) INCLUDE (value)"
            )
            _sweep_often(table, conn)

    def add_rows(self, conn: sa.Connection, source: str, *, are_new: bool) -> None:
        """Add the rows of a table of changes, one for each figure of a day.

        ``are_new`` says that there is no figure yet, and no key.
        """
        halves = (
            f"SELECT unit_id, indicator, {HALF_MONTH_START_SQL}, sum(value)"
            f" FROM {source} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        days = f"SELECT unit_id, indicator, day, value FROM {source}"
        adding = "" if are_new else _ADDING
        for table, rows in ((self.days, days), (self.half_months, halves)):
            conn.exec_driver_sql(
                f"INSERT INTO {table.fullname} AS figure {rows} {adding}"
            )

    def sweep(self, engine: sa.Engine) -> None:
        """Let many new rows be known as visible, and count them for the planner."""
        at_once = engine.execution_options(isolation_level="AUTOCOMMIT")
        with at_once.connect() as conn:
            for table in (self.days, self.half_months):
                conn.exec_driver_sql(f"VACUUM (ANALYZE) {table.fullname}")

    def forget(self, conn: sa.Connection) -> None:
        """Empty the figures, to be counted again."""
        for table in (self.days, self.half_months):
            conn.execute(sa.delete(table))

    def flows(
        self,
        conn: sa.Connection,
        unit_ids: Iterable[UUID],
        codes: Sequence[str],
        period: Period,
    ) -> Sums:
        """Sum what was counted within the period, and within the one before."""
        before = period.year_before()
        spans = (period.start, period.end), (before.start, before.end)
        return self._sums(conn, unit_ids, codes, spans)

    def stocks(
        self,
        conn: sa.Connection,
        unit_ids: Iterable[UUID],
        codes: Sequence[str],
        period: Period,
    ) -> Sums:
        """Sum all changes up to the end of the period, and of the one before."""
        ends = period.end, period.year_before().end
        spans = (_BEGINNING, ends[0]), (_BEGINNING, ends[1])
        return self._sums(conn, unit_ids, codes, spans)

    def _sums(
        self,
        conn: sa.Connection,
        unit_ids: Iterable[UUID],
        codes: Sequence[str],
        spans: tuple[Span, Span],
    ) -> Sums:
        """Sum whole half months, and single days only where a span begins or ends."""
        if not codes:
            return {}
        now, before = (cut_of(*span) for span in spans)
        found: defaultdict[UUID, dict[str, Sum]] = defaultdict(dict)
        questions = [
            (self.half_months, now.half_months, before.half_months),
            *((self.days, edge, NO_DAYS) for edge in (now.days_before, now.days_after)),
            *((self.days, NO_DAYS, e) for e in (before.days_before, before.days_after)),
        ]
        asked = {"units": list(unit_ids), "codes": list(codes)}
        for table, here, there in questions:
            bounds = _bounds(here, there)
            if bounds is None:
                continue
            query = _SUM.format(table=table.fullname)
            for unit_id, code, one, other in conn.exec_driver_sql(
                query, asked | bounds
            ):
                known = found[unit_id].get(code, NOTHING_COUNTED)
                found[unit_id][code] = Sum(
                    known.now + int(one), known.before + int(other)
                )
        return dict(found)


def _bounds(now: Span, before: Span) -> dict[str, date] | None:
    """Return the bounds of a statement that sums two spans; None: both are empty."""
    spans = [span for span in (now, before) if span[0] < span[1]]
    if not spans:
        return None
    return {
        "s": now[0],
        "e": now[1],
        "sb": before[0],
        "eb": before[1],
        "first": min(start for start, _ in spans),
        "last": max(end for _, end in spans),
    }


def _sweep_often(table: sa.Table, connection: sa.Connection, **_: object) -> None:
    """Let what is new be known as visible soon, so that the key alone is read."""
    connection.exec_driver_sql(
        f"ALTER TABLE {table.fullname} SET (autovacuum_vacuum_scale_factor = 0.02,"
        " autovacuum_vacuum_insert_scale_factor = 0.02)"
    )


def _table(metadata: sa.MetaData, name: str) -> sa.Table:
    table = sa.Table(
        name,
        metadata,
        sa.Column("unit_id", pg.UUID, nullable=False),
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("value", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(
            "unit_id",
            "indicator",
            "day",
            postgresql_include=["value"],
        ),
    )
    sa.event.listen(table, "after_create", _sweep_often)
    return table


def _upsert(conn: sa.Connection, table: sa.Table, deltas: Deltas) -> None:
    if not deltas:
        return
    conn.exec_driver_sql(
        f"INSERT INTO {table.fullname} AS figure (unit_id, indicator, day, value)"
        " SELECT * FROM unnest(%s::uuid[], %s::text[], %s::date[], %s::int8[])"
        f" {_ADDING}",
        as_arrays(deltas),
    )
