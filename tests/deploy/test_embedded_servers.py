"""The embedded servers keep what they took, through every way of ending."""

import socket
import subprocess
import sys
from pathlib import Path

import nats
import psycopg
import pytest
from nats.js.errors import NotFoundError

from deploy.embedded.lease import FolderInUseError
from deploy.embedded.nats import NatsServer, nats_server_binary
from deploy.embedded.postgres import PostgresServer
from tests.support.servers import NatsMaker, PostgresMaker


async def test_a_message_survives_a_kill_of_nats(own_nats: NatsMaker) -> None:
    """What JetStream acknowledged is there after SIGKILL, at the same address."""
    server = own_nats()
    user, password = server.tester
    url = server.url
    connection = await nats.connect(
        url, user=user, password=password, inbox_prefix=b"_INBOX_tester"
    )
    stream = connection.jetstream()
    await stream.add_stream(name="EV_TIPS", subjects=["ev.tips.>"])
    await stream.publish("ev.tips.0.tip.received.v1", b"{}")
    await connection.close()

    server.kill()
    server.start()

    assert url == server.url
    connection = await nats.connect(url, user=user, password=password)
    state = (await connection.jetstream().stream_info("EV_TIPS")).state
    await connection.close()
    assert 1 == state.messages


def test_a_row_survives_a_kill_of_postgres(own_postgres: PostgresMaker) -> None:
    """What PostgreSQL committed is there after SIGKILL, at the same address."""
    server = own_postgres()
    url = server.admin_url()
    with psycopg.connect(url) as session:
        session.execute("CREATE TABLE kept (n int)")
        session.execute("INSERT INTO kept VALUES (7)")

    server.kill()
    server.start()

    assert url == server.admin_url()
    with psycopg.connect(url) as session:
        assert (7,) == session.execute("SELECT n FROM kept").fetchone()


async def test_a_wiped_nats_starts_empty(own_nats: NatsMaker) -> None:
    """Losing the storage loses every stream, and the server is there again."""
    server = own_nats()
    user, password = server.tester
    connection = await nats.connect(server.url, user=user, password=password)
    await connection.jetstream().add_stream(name="EV_TIPS", subjects=["ev.tips.>"])
    await connection.close()

    server.wipe()
    server.start()

    connection = await nats.connect(server.url, user=user, password=password)
    with pytest.raises(NotFoundError):
        await connection.jetstream().stream_info("EV_TIPS")
    await connection.close()


@pytest.mark.parametrize("kind", [NatsServer, PostgresServer])
def test_two_servers_never_share_a_folder(
    kind: type[NatsServer] | type[PostgresServer], server_folder: Path
) -> None:
    """nats-server takes no lock of its own; ours lives as long as the server."""
    folder = server_folder / f"shared-{kind.__name__}"
    first, second = kind(folder), kind(folder)
    first.start()
    try:
        with pytest.raises(FolderInUseError):
            second.start()
        assert first.running
    finally:
        first.remove()


@pytest.mark.parametrize("kind", [NatsServer, PostgresServer])
def test_a_taken_port_is_exchanged(
    kind: type[NatsServer] | type[PostgresServer], server_folder: Path
) -> None:
    """Somebody else on the remembered port does not keep the server from starting."""
    server = kind(server_folder / f"moved-{kind.__name__}")
    server.start()
    server.stop()
    with socket.socket() as somebody:
        somebody.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        somebody.bind(("127.0.0.1", server.port))
        somebody.listen()
        taken = server.port
        try:
            server.start()
            assert taken != server.port
            assert server.running
        finally:
            server.remove()


def test_servers_end_with_whoever_started_them(server_folder: Path) -> None:
    """A killed supervisor leaves no server behind; the next start is not kept out."""
    folder = server_folder / "orphans"
    starter = (
        "import os, signal, sys; from pathlib import Path\n"
        "from deploy.embedded.nats import NatsServer\n"
        "from deploy.embedded.postgres import PostgresServer\n"
        "folder = Path(sys.argv[1])\n"
        "servers = NatsServer(folder / 'n'), PostgresServer(folder / 'p')\n"
        "[server.start() for server in servers]\n"
        "print(*(server.pid for server in servers), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", starter, str(folder)],
        cwd=Path(__file__).parents[2],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert 2 == len(ended.stdout.split())

    again = NatsServer(folder / "n"), PostgresServer(folder / "p")
    for server in again:
        server.start()
        assert server.running
        assert str(server.pid) not in ended.stdout.split()
        server.remove()


def test_an_old_nats_server_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before 2.12 there are no atomic batches, on which the relay stands."""
    old = tmp_path / "nats-server"
    old.write_text("#!/bin/sh\necho nats-server: v2.9.10\n")
    old.chmod(0o755)
    monkeypatch.setenv("BINHYEN_NATS_SERVER", str(old))
    nats_server_binary.cache_clear()
    try:
        with pytest.raises(RuntimeError, match=r"2\.9\.10"):
            nats_server_binary()
    finally:
        nats_server_binary.cache_clear()
