"""Many rows by one statement: every kind of column, rows already there, none."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.many_rows import insert_many, put_many
from tests.support.servers import Database

TABLE = sa.Table(
    "many_rows",
    sa.MetaData(),
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("word", sa.Text(collation="C")),
    sa.Column("short", sa.String(32)),
    sa.Column("small", sa.SmallInteger),
    sa.Column("day", sa.Date),
    sa.Column("raw", sa.LargeBinary),
    sa.Column("at", sa.DateTime(timezone=True)),
    sa.Column("yes", sa.Boolean),
)


def row(which: UUID, *, empty: bool = False) -> dict[str, object]:
    full = {"word": 'a"\\{}', "short": "b", "small": 7, "day": date(2024, 2, 29),
            "raw": b"\x00\xff", "at": datetime(2024, 1, 1, tzinfo=UTC),
            "yes": True}  # fmt: skip
    return {"id": which, **(dict.fromkeys(full) if empty else full)}


def test_rows_are_written_as_they_are(database: Database) -> None:
    """Texts with signs of arrays in them, nothing at all, and every type of ours.

    What is put takes the place of the row with its key.
    """
    engine = sa.create_engine(
        database.admin_url.replace("postgresql://", "postgresql+psycopg://")
    )
    rows = [row(uuid4()), row(uuid4(), empty=True)]
    with engine.begin() as connection:
        TABLE.create(connection)
        insert_many(connection, TABLE, [])
        insert_many(connection, TABLE, rows)
        insert_many(connection, TABLE, rows[:1], once=True)
        put_many(connection, TABLE, [])
        rows = [{**rows[0], "word": "other", "day": None}, rows[1], row(uuid4())]
        put_many(connection, TABLE, [rows[0], rows[2]])
        found = connection.execute(sa.select(TABLE)).mappings().all()
    assert sorted(rows, key=str) == sorted(map(dict, found), key=str)
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        insert_many(connection, TABLE, rows[:1])
    engine.dispose()
