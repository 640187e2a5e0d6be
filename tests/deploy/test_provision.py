"""Every service has its own role and schemas; no service reaches another's."""

import psycopg
import pytest
from psycopg import errors, sql

from deploy.embedded.postgres import PostgresServer
from deploy.embedded.provision import provision
from tests.support.servers import Database, PostgresMaker, role_passwords

SERVICES = ("registry", "campaigns", "tips", "reporting")


@pytest.fixture(scope="module")
def filled(database: Database) -> Database:
    """Give a database in which every service has a table with a row."""
    for service in SERVICES:
        with psycopg.connect(database.url(service)) as session:
            for schema in (f"{service}_write", f"{service}_read"):
                table = sql.Identifier(schema, "kept")
                session.execute(sql.SQL("CREATE TABLE {} (n int)").format(table))
                session.execute(sql.SQL("INSERT INTO {} VALUES (1)").format(table))
    return database


@pytest.mark.parametrize("other", ["registry", "campaigns", "reporting"])
@pytest.mark.parametrize("kind", ["write", "read"])
def test_tips_cannot_read_what_others_keep(
    other: str, kind: str, filled: Database
) -> None:
    """A role reads its own tables and is refused at another's schema."""
    with psycopg.connect(filled.url("tips"), autocommit=True) as session:
        own = session.execute("SELECT n FROM tips_write.kept").fetchone()
        with pytest.raises(errors.InsufficientPrivilege):
            session.execute(
                sql.SQL("SELECT n FROM {}").format(
                    sql.Identifier(f"{other}_{kind}", "kept")
                )
            )
    assert (1,) == own


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_reads_the_vault_side_of_tips(
    service: str, filled: Database
) -> None:
    """Only the role tips enters the schema where the keys of tips lie."""
    with psycopg.connect(filled.url(service)) as session:
        allowed = session.execute(
            "SELECT has_schema_privilege('tips_write', 'USAGE')"
        ).fetchone()
    assert (service == "tips",) == allowed


@pytest.mark.parametrize("service", SERVICES)
def test_a_role_can_do_nothing_outside_its_schemas(
    service: str, filled: Database
) -> None:
    """No new schema, no table in public, no other role, no superuser's reach."""
    refused = (
        "CREATE SCHEMA mine",
        "CREATE TABLE public.mine (n int)",
        "CREATE TEMPORARY TABLE mine (n int)",
        "CREATE ROLE mine",
        "SELECT pg_read_file('/etc/hostname')",
        "COPY tips_write.kept TO PROGRAM 'true'",
    )
    with psycopg.connect(filled.url(service), autocommit=True) as session:
        for statement in refused:
            with pytest.raises(errors.InsufficientPrivilege):
                session.execute(statement)


def test_roles_belong_to_no_other_role(filled: Database) -> None:
    """Nothing is granted across by membership either."""
    with psycopg.connect(filled.admin_url) as admin:
        members = admin.execute(
            "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
            " WHERE r.rolname = ANY(%s)",
            [list(SERVICES)],
        ).fetchone()
    assert (0,) == members


def test_provisioning_again_keeps_everything(own_postgres: PostgresMaker) -> None:
    """The job may run at every start: data stays, a new password counts."""
    server = own_postgres()
    first = provision(server.admin_url(), role_passwords())
    with psycopg.connect(first["tips"]) as session:
        session.execute("CREATE TABLE tips_write.kept (n int)")

    second = provision(server.admin_url(), role_passwords())

    with psycopg.connect(second["tips"]) as session:
        assert (0,) == session.execute(
            "SELECT count(*) FROM tips_write.kept"
        ).fetchone()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(first["tips"])


def test_an_administrator_need_not_be_a_superuser(own_postgres: PostgresMaker) -> None:
    """Managed servers give an administrator that may only make roles and databases."""
    server = own_postgres()
    with psycopg.connect(server.admin_url(), autocommit=True) as admin:
        admin.execute("CREATE ROLE boss LOGIN CREATEROLE CREATEDB PASSWORD 'secret'")
    _, _, place = server.admin_url().rpartition("@")

    urls = provision(f"postgresql://boss:secret@{place}", role_passwords())

    with psycopg.connect(urls["tips"]) as session:
        session.execute("CREATE TABLE tips_read.kept (n int)")
        with pytest.raises(errors.InsufficientPrivilege):
            session.execute("CREATE TABLE registry_read.kept (n int)")


def test_a_server_that_may_lose_commits_is_refused(own_postgres: PostgresMaker) -> None:
    """With fsync off an accepted fact could vanish, so nothing is set up there."""
    server = own_postgres()
    with psycopg.connect(server.admin_url(), autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET full_page_writes = off")
    server.stop()
    _forget_command_line(server)
    server.start()

    with pytest.raises(RuntimeError, match="full_page_writes"):
        provision(server.admin_url(), role_passwords())


def _forget_command_line(server: PostgresServer) -> None:
    """Start without our own settings for once: they would win over the file."""
    server.settings = {
        name: value
        for name, value in server.settings.items()
        if name != "full_page_writes"
    }


def test_the_server_keeps_what_it_took(postgres_server: PostgresServer) -> None:
    """The embedded server waits for the disk and checks its pages."""
    with psycopg.connect(postgres_server.admin_url()) as session:
        names = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
        for name in names:
            shown = session.execute("SELECT current_setting(%s)", [name]).fetchone()
            assert ("on",) == shown, name


def test_the_log_holds_no_value_that_people_wrote(
    own_postgres: PostgresMaker,
) -> None:
    """Neither a failing statement nor a violated key brings its values into the log."""
    server = own_postgres()
    with psycopg.connect(server.admin_url(), autocommit=True) as session:
        session.execute(
            "CREATE TABLE told (word text PRIMARY KEY, n int CHECK (n > 0))"
        )
        session.execute("INSERT INTO told VALUES (%s, 1)", ["canary-one"])
        with pytest.raises(errors.UniqueViolation):
            session.execute("INSERT INTO told VALUES (%s, 1)", ["canary-one"])
        with pytest.raises(errors.CheckViolation):
            session.execute("INSERT INTO told VALUES (%s, -1)", ["canary-two"])
        with pytest.raises(errors.InvalidTextRepresentation):
            session.execute("SELECT %s::text::int", ["canary-three"])
        with pytest.raises(errors.DivisionByZero):
            session.execute("SELECT 1/0, 'canary-four'")

    log = server.log.read_text()

    assert "ready to accept connections" in log
    assert "canary" not in log


@pytest.mark.parametrize("service", SERVICES)
def test_a_role_is_quiet_on_any_server(service: str, filled: Database) -> None:
    """On a server with its own settings too, the role's errors stay out of the log."""
    with psycopg.connect(filled.url(service)) as session:
        source = session.execute(
            "SELECT setting, source FROM pg_settings WHERE name = 'log_min_messages'"
        ).fetchone()
    assert ("log", "user") == source
