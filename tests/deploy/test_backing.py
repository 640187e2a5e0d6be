"""DATABASE_URL and NATS_URL point the platform at servers that are there."""

import json
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from deploy.embedded.backing import Backing
from deploy.embedded.nats import nats_server_binary
from deploy.embedded.ports import free_port, is_free
from deploy.embedded.postgres import PostgresServer
from deploy.nats_permissions import user_names
from tests.support.servers import PostgresMaker, TestNatsServer


@pytest.fixture
def passwords_file(tmp_path: Path, nats_server: TestNatsServer) -> Path:
    file = tmp_path / "nats-passwords.json"
    file.write_text(json.dumps(dict(nats_server.user(n) for n in user_names())))
    return file


def test_without_addresses_both_servers_are_embedded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a fresh machine nothing is expected to run."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("NATS_URL", raising=False)

    assert ["postgres", "nats"] == list(Backing(tmp_path).servers())


def test_a_given_postgres_is_provisioned_and_not_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_postgres: PostgresMaker
) -> None:
    """The administrator's address is enough; a second start keeps the passwords."""
    given: PostgresServer = own_postgres()
    monkeypatch.setenv("DATABASE_URL", given.admin_url())

    backing = Backing(tmp_path)
    urls = backing.database_urls()

    assert "postgres" not in backing.servers()
    with psycopg.connect(urls["tips"]) as session:
        session.execute("CREATE TABLE tips_write.kept (n int)")
    assert urls == Backing(tmp_path).database_urls()


def test_a_given_nats_with_our_users_is_taken(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    nats_server: TestNatsServer,
    passwords_file: Path,
) -> None:
    """Its passwords come from a file; nothing is wrong with it."""
    monkeypatch.setenv("NATS_URL", nats_server.url)
    monkeypatch.setenv("NATS_PASSWORDS_FILE", str(passwords_file))

    backing = Backing(tmp_path)

    assert "nats" not in backing.servers()
    assert nats_server.url == backing.nats_url
    assert nats_server.user("tips")[1] == backing.nats_users()["tips"]
    assert backing.check_nats() is None


def test_a_given_nats_that_does_not_know_us_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nats_server: TestNatsServer
) -> None:
    """The message says what to give it, before any process is started."""
    monkeypatch.setenv("NATS_URL", nats_server.url)
    monkeypatch.delenv("NATS_PASSWORDS_FILE", raising=False)

    with pytest.raises(RuntimeError, match="NATS_PASSWORDS_FILE"):
        Backing(tmp_path).check_nats()


def test_an_open_nats_is_taken_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It works, but whoever reaches it could speak for anybody: that is said."""
    port = free_port()
    monkeypatch.setenv("NATS_URL", f"nats://127.0.0.1:{port}")
    monkeypatch.delenv("NATS_PASSWORDS_FILE", raising=False)
    store = ("-js", "-sd", str(tmp_path / "store"))
    with subprocess.Popen(
        [nats_server_binary(), "-a", "127.0.0.1", "-p", str(port), *store],
        stderr=subprocess.DEVNULL,
    ) as server:
        until = time.monotonic() + 20
        while is_free(port):
            assert time.monotonic() < until
            time.sleep(0.02)

        warning = Backing(tmp_path).check_nats()

        server.terminate()
    assert warning is not None
    assert "asks nobody who they are" in warning


def test_a_nats_that_is_not_there_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong address is an error with the address in it, not a wait."""
    monkeypatch.setenv("NATS_URL", f"nats://127.0.0.1:{free_port()}")

    with pytest.raises(RuntimeError, match="does not answer"):
        Backing(tmp_path).check_nats()
