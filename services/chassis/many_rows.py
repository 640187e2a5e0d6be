"""Many rows into one table by one statement, with one array for each column.

A driver sends a list of rows as so many statements; for read models and vaults that
take whole batches that is most of their time.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg


def insert_many(
    conn: sa.Connection,
    table: sa.Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    once: bool = False,
) -> None:
    """Insert rows that all have the same columns; with ``once``, those not there yet.

    Raises sqlalchemy.exc.IntegrityError.
    """
    _send(conn, table, rows, "ON CONFLICT DO NOTHING" if once else "")


def put_many(
    conn: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert whole rows, or put them in place of those with the same primary key.

    No two of them may have the same one.
    """
    keys = [column.name for column in table.primary_key]
    others = [name for name in (rows[0] if rows else ()) if name not in keys]
    instead = ", ".join(f"{name} = excluded.{name}" for name in others)
    _send(conn, table, rows, f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {instead}")


def _send(
    conn: sa.Connection,
    table: sa.Table,
    rows: Sequence[Mapping[str, Any]],
    on_conflict: str,
) -> None:
    if not rows:
        return
    names = tuple(rows[0])
    columns = tuple([row[name] for row in rows] for name in names)
    conn.exec_driver_sql(f"{_statement(table, names)} {on_conflict}", columns)


@cache
def _statement(table: sa.Table, names: tuple[str, ...]) -> str:
    dialect = pg.dialect()  # type: ignore[no-untyped-call]
    kinds = [table.c[name].type.compile(dialect) for name in names]
    arrays = ", ".join(f"%b::{kind.partition(' COLLATE')[0]}[]" for kind in kinds)
    return (
        f"INSERT INTO {table.fullname} ({', '.join(names)})"
        f" SELECT * FROM unnest({arrays})"
    )
