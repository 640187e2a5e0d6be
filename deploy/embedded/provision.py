"""Does every service have its database schemas and its role? Made so, again and again.

Called by the supervisor, by the tests and, in compose, as a job before the services:
`python -m deploy.embedded.provision`.
"""

import sys
from collections.abc import Mapping
from os import environ  # noqa: TID251  (the job of compose has no other settings)
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from deploy.nats_permissions import SERVICES

DATABASE = "binhyen"
OLDEST = 150000
# What people wrote must not reach the server's log. An error's own text can quote a
# value ("invalid input syntax for ...") and its detail the values of a violated key,
# so errors of statements stay with the service that made them.
QUIET = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


def provision(
    admin_url: str, passwords: Mapping[str, str], *, database: str = DATABASE
) -> dict[str, str]:
    """Make database, roles and schemas; return each service's database URL.

    A role owns its two schemas and nothing else; nothing is granted across.
    """
    with psycopg.connect(admin_url, autocommit=True) as admin:
        _refuse_old(admin)
        for service in SERVICES:
            _role(admin, service, passwords[service])
        _database(admin, database)
    with (
        psycopg.connect(admin_url, autocommit=True, dbname=database) as admin,
        admin.transaction(),
    ):
        admin.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        for service in SERVICES:
            _schemas(admin, service)
    return {
        service: service_url(admin_url, service, passwords[service], database)
        for service in SERVICES
    }


def service_url(admin_url: str, role: str, password: str, database: str) -> str:
    """Return the address that the service's role connects to."""
    parts = conninfo_to_dict(admin_url)
    host, port = parts.get("host", "127.0.0.1"), parts.get("port", 5432)
    if str(host).startswith("/"):
        at = f"/{database}?host={quote(str(host), safe='')}&port={port}"
        return f"postgresql://{role}:{quote(password)}@{at}"
    return f"postgresql://{role}:{quote(password)}@{host}:{port}/{database}"


def _refuse_old(admin: psycopg.Connection) -> None:
    if admin.info.server_version < OLDEST:
        message = f"PostgreSQL 15 or newer is needed, not {admin.info.server_version}"
        raise RuntimeError(message)
    safe = {"fsync": "on", "full_page_writes": "on"}
    for name, wanted in safe.items():
        found = admin.execute("SELECT current_setting(%s)", [name]).fetchone()
        if found != (wanted,):
            message = f"PostgreSQL runs with {name}={found}: it would lose what it took"
            raise RuntimeError(message)


def _role(admin: psycopg.Connection, role: str, password: str) -> None:
    known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    verb = "ALTER" if known.fetchone() else "CREATE"
    admin.execute(
        sql.SQL(
            verb + " ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}"
            if verb == "CREATE"
            else verb + " ROLE {} LOGIN PASSWORD {}"
        ).format(sql.Identifier(role), sql.Literal(password))
    )
    if _is_superuser(admin):
        for name, value in QUIET.items():
            admin.execute(
                sql.SQL("ALTER ROLE {} SET {} = {}").format(
                    sql.Identifier(role), sql.Identifier(name), sql.Literal(value)
                )
            )
    else:
        # To make a schema for a role, an administrator has to be able to become it.
        admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))


def _is_superuser(admin: psycopg.Connection) -> bool:
    return admin.execute("SHOW is_superuser").fetchone() == ("on",)


def _database(admin: psycopg.Connection, database: str) -> None:
    name = sql.Identifier(database)
    known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    if not known.fetchone():
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                name
            )
        )
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for service in SERVICES:
        role = sql.Identifier(service)
        admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, role))


def _schemas(admin: psycopg.Connection, service: str) -> None:
    for kind in ("write", "read"):
        admin.execute(
            sql.SQL("CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}").format(
                sql.Identifier(f"{service}_{kind}"), sql.Identifier(service)
            )
        )


def main() -> None:
    """Provision the server named by DATABASE_ADMIN_URL; passwords by service."""
    provision(
        environ["DATABASE_ADMIN_URL"],
        {name: environ[f"DATABASE_PASSWORD_{name.upper()}"] for name in SERVICES},
        database=environ.get("DATABASE_NAME", DATABASE),
    )
    sys.stdout.write("database, roles and schemas are in place\n")


if __name__ == "__main__":
    main()
