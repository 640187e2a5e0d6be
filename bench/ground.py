"""Where store, relay and consumer are measured: a database and a NATS of the bench's.

The database lies in the house's PostgreSQL, NATS is one more server with the same
configuration (sync_interval: always). The house rests meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import psycopg
import sqlalchemy as sa
from psycopg import sql

from bench.house import House
from bench.raw_nats import RawNats
from deploy.embedded.nats import NatsServer
from deploy.nats_permissions import NatsUser
from services.chassis.database import create_engine, write_metadata
from services.unit_directory.tables import UnitTables

DATABASE: Final = "binhyen_bench"
_USER: Final = NatsUser("bench", (">",), (">",))


class Ground:
    """A database without anything in it, and a NATS server without streams."""

    def __init__(self, database_url: str, nats: NatsServer) -> None:
        self.database_url = database_url
        self.nats_url = nats.url
        self.user = nats.user(_USER.name)

    def engine(self, service: str, pool: int = 8) -> sa.Engine:
        """Return an engine as a process of the service has it."""
        url = "postgresql+psycopg://" + self.database_url.partition("://")[2]
        return create_engine(url, service=service, pool=pool)

    def make_store(self, service: str, read: sa.MetaData | None = None) -> sa.Engine:
        """Make a service's tables anew and return its engine."""
        engine = self.engine(service)
        with engine.begin() as connection:
            for kind in ("write", "read"):
                schema = f"{service}_{kind}"
                connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
                connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
            write_metadata(service).create_all(connection)
            if read is not None:
                read.create_all(connection)
        return engine

    def raw_nats(self) -> RawNats:
        """Return a connection without a client."""
        return RawNats(self.nats_url, self.user)


@contextmanager
def ground(house: House) -> Iterator[Ground]:
    """Make the database and start NATS; the house rests until both are gone."""
    nats = NatsServer(Path(house.state, "bench-nats"), also=(_USER,))
    admin = house.run.postgres.url
    at = urlsplit(admin)
    name = sql.Identifier(DATABASE)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name)
    with house.resting(), psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                name
            )
        )
        nats.start()
        try:
            yield Ground(urlunsplit(at._replace(path=f"/{DATABASE}")), nats)
        finally:
            nats.remove()
            connection.execute(drop)


def copy_units(house: House, ground: Ground, tables: UnitTables) -> None:
    """Copy reporting's register of units from the house to the bench's database."""
    with (
        psycopg.connect(house.run.postgres.url) as here,
        psycopg.connect(ground.database_url) as there,
    ):
        for table in (tables.units, tables.facts, tables.editions):
            columns = ", ".join(table.columns.keys())
            target = f"{table.fullname} ({columns})"
            with (
                here.cursor().copy(f"COPY {target} TO STDOUT") as source,
                there.cursor().copy(f"COPY {target} FROM STDIN") as sink,
            ):
                for part in source:
                    sink.write(part)
