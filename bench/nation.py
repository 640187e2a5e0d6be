"""A nation's year in the figures: how long any report table takes."""

import asyncio
import random
from collections.abc import Iterator
from typing import Final
from uuid import UUID

import psycopg

from bench.facts import communes_of_2023
from bench.house import House
from bench.load import drive, get
from bench.measure import Row, most_row
from services.reporting.indicators import INDICATORS

RAW_LIMIT: Final = "none: answers of reporting's HTTP door, one caller after the other"
EVENTS: Final = 5_000_000
SECONDS: Final = 8.0
_FIRST_DAY: Final = "2022-12-15"
_DAYS: Final = 365
_DAYS_TABLE: Final = "reporting_read.figures"
_HALVES_TABLE: Final = "reporting_read.figures_by_half_month"
# Steps through all (day, indicator) pairs of a commune without meeting one twice.
_STRIDE: Final = 1009

_PERIODS: Final = (
    "year=2023",
    "year=2023&kind=half&number=1",
    "year=2023&kind=quarter&number=3",
    "year=2023&kind=nine_months",
    "year=2023&kind=month&number=8",
    "year=2023&calendar=calendar_year",
    "year=2023&kind=range&first_day=2023-02-07&last_day=2023-11-21",
)


def measure(house: House) -> Iterator[Row]:
    """Fill the figures, then ask for tables of all levels, periods and borders."""
    rows = fill(house)
    questions = _questions(house)
    draw = random.Random(11)
    load = asyncio.run(
        drive(
            house.port("reporting"),
            lambda: get(draw.choice(questions), house.authorization),
            connections=1,
            seconds=SECONDS,
        )
    )
    assert load.failures == 0, f"{load.failures} requests failed"
    what = f"Any report table of a nation's year ({EVENTS:,} events, {rows:,} figures)"
    yield most_row(f"{what}, p95", "ms", load.p95_ms, 50)


def fill(house: House) -> int:
    """Write the figures that the events would leave behind; return how many rows.

    Each event falls on its own figure of a commune, which is the most rows that so many
    events can make; districts, provinces and country are summed from them.
    """
    communes = communes_of_2023(house)
    codes = [indicator.code for indicator in INDICATORS]
    each = EVENTS // len(communes)
    assert each <= _DAYS * len(codes)
    with psycopg.connect(house.run.postgres.url) as connection:
        for table in (_DAYS_TABLE, _HALVES_TABLE):
            name = table.partition(".")[2]
            connection.execute(f"TRUNCATE {table}")
            connection.execute(f"ALTER TABLE {table} SET UNLOGGED")
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}_pkey")
        connection.execute("SET LOCAL work_mem = '512MB'")
        connection.execute(
            f"INSERT INTO {_DAYS_TABLE} (unit_id, indicator, day, value)"
            " SELECT c.id, (%(codes)s::text[])[1 + k.at %% %(width)s],"
            f" date '{_FIRST_DAY}' + (k.at / %(width)s)::int, 1 + k.at %% 40"
            " FROM unnest(%(communes)s::uuid[]) WITH ORDINALITY AS c(id, n),"
            " generate_series(1, %(each)s) AS e(n), LATERAL"
            f" (SELECT (e.n * {_STRIDE} + c.n * 97) %% ({_DAYS} * %(width)s)) AS k(at)",
            {
                "codes": codes,
                "width": len(codes),
                "communes": communes,
                "each": each,
            },
        )
        _sum_up(connection)
        rows = _index_and_count(connection)
    with psycopg.connect(house.run.postgres.url, autocommit=True) as connection:
        for table in (_DAYS_TABLE, _HALVES_TABLE):  # as a rebuild leaves them
            connection.execute(f"VACUUM (ANALYZE) {table}")
    return rows


def _sum_up(connection: psycopg.Connection) -> None:
    for level in ("commune", "district", "province"):
        connection.execute(
            f"INSERT INTO {_DAYS_TABLE} (unit_id, indicator, day, value)"
            " SELECT u.parent_id, f.indicator, f.day, sum(f.value)"
            f" FROM {_DAYS_TABLE} AS f JOIN reporting_read.unit_directory AS u"
            " ON u.id = f.unit_id WHERE u.level = %s GROUP BY 1, 2, 3",
            (level,),
        )
    connection.execute(
        f"INSERT INTO {_HALVES_TABLE} (unit_id, indicator, day, value)"
        " SELECT unit_id, indicator, date_trunc('month', day)::date"
        " + CASE WHEN extract(day FROM day) < 15 THEN 0 ELSE 14 END, sum(value)"
        f" FROM {_DAYS_TABLE} GROUP BY 1, 2, 3"
    )


def _index_and_count(connection: psycopg.Connection) -> int:
    total = 0
    for table in (_DAYS_TABLE, _HALVES_TABLE):
        connection.execute(
            f"ALTER TABLE {table} ADD PRIMARY KEY (unit_id, indicator, day)"
            " INCLUDE (value)"
        )
        found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert found is not None
        total += found[0]
    return total


def _questions(house: House) -> list[str]:
    """Return the addresses of tables: country, every province, many districts."""
    with psycopg.connect(house.run.postgres.url) as connection:
        units: list[UUID] = [
            row[0]
            for row in connection.execute(
                "(SELECT id FROM reporting_read.unit_directory"
                " WHERE level IN ('country', 'province') ORDER BY id) UNION ALL"
                " (SELECT id FROM reporting_read.unit_directory"
                " WHERE level = 'district' ORDER BY id LIMIT 100)"
            )
        ]
    return [
        f"/v1/units/{unit}/figures/children?{period}&geography={geography}"
        for unit in units
        for period in _PERIODS
        for geography in ("as_was", "restated")
    ]
