"""The figures: one row for each indicator, unit and day on which it moved.

The follower adds to them, questions sum them up. Rows never move when units change;
a second table holds the same by half months, so that a nation's year stays a small sum.
"""

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
    half_months,
    on_half_months,
)

_BEGINNING = date(1, 1, 1)
_ADDING = (
    "ON CONFLICT (unit_id, indicator, day)"
    " DO UPDATE SET value = figure.value + excluded.value"
)


class Sum(NamedTuple):
    """A figure of one unit in the period and in the period a year before."""

    now: int
    before: int


Sums = dict[tuple[UUID, str], Sum]


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
                " ADD PRIMARY KEY (unit_id, indicator, day)"
            )

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
        spans = (period.start, period.end, before.start, before.end)
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
        spans = (_BEGINNING, ends[0], _BEGINNING, ends[1])
        return self._sums(conn, unit_ids, codes, spans)

    def _sums(
        self,
        conn: sa.Connection,
        unit_ids: Iterable[UUID],
        codes: Sequence[str],
        spans: tuple[date, date, date, date],
    ) -> Sums:
        if not codes:
            return {}
        table = self.half_months if on_half_months(*spans) else self.days
        start, end, start_before, end_before = spans
        rows = conn.exec_driver_sql(
            "SELECT unit_id, indicator,"
            " coalesce(sum(value) FILTER (WHERE day >= %(s)s AND day < %(e)s), 0),"
            " coalesce(sum(value) FILTER (WHERE day >= %(sb)s AND day < %(eb)s), 0)"
            f" FROM {table.fullname} WHERE unit_id = ANY(%(units)s)"
            " AND indicator = ANY(%(codes)s)"
            " AND day >= %(first)s AND day < %(last)s GROUP BY unit_id, indicator",
            {
                "s": start,
                "e": end,
                "sb": start_before,
                "eb": end_before,
                "first": min(start, start_before),
                "last": max(end, end_before),
                "units": list(unit_ids),
                "codes": list(codes),
            },
        )
        return {(row[0], row[1]): Sum(int(row[2]), int(row[3])) for row in rows}


def _table(metadata: sa.MetaData, name: str) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("unit_id", pg.UUID, primary_key=True),
        sa.Column("indicator", sa.Text, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )


def _upsert(conn: sa.Connection, table: sa.Table, deltas: Deltas) -> None:
    if not deltas:
        return
    conn.exec_driver_sql(
        f"INSERT INTO {table.fullname} AS figure (unit_id, indicator, day, value)"
        " SELECT * FROM unnest(%s::uuid[], %s::text[], %s::date[], %s::int8[])"
        f" {_ADDING}",
        as_arrays(deltas),
    )
