"""The whole platform, started for the bench in a folder of its own, and its callers."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from deploy.embedded import control
from deploy.embedded.issuer import COUNTRY, Issuer
from deploy.embedded.ports import free_port
from deploy.embedded.run_file import ROOT, Run

_SCOPES = (
    "units:read units:write registry:read registry:write campaigns:read campaigns:write"
    " tips:record tips:triage tips:value tips:read reporting:read reporting:write"
)


class House:
    """A running platform: where it is, and a caller who may do everything."""

    def __init__(self, state: Path, run: Run, *, is_long: bool) -> None:
        self.state = state
        self.run = run
        self.is_long = is_long
        self.token = Issuer(state / "issuer").token(
            "officer", scopes=_SCOPES.split(), unit_roots=(COUNTRY,)
        )
        self.authorization = f"Authorization: Bearer {self.token}"

    def port(self, process: str) -> int:
        """Port of a process's outer door."""
        return int(self.run.processes[process].url.rpartition(":")[2].strip("/"))

    def pid(self, process: str) -> int:
        """Process id, to read its processor time."""
        return self.run.processes[process].pid

    def server_versions(self) -> dict[str, str]:
        """Return what the two servers call themselves."""
        with psycopg.connect(self.run.postgres.url) as connection:
            found = connection.execute("SHOW server_version").fetchone()
        at = urlsplit(self.run.nats.url)
        with socket.create_connection((at.hostname, at.port), timeout=5) as greeted:
            greeting = json.loads(greeted.makefile("rb").readline().partition(b" ")[2])
        assert found is not None
        return {"Servers": f"PostgreSQL {found[0]}, NATS {greeting['version']}"}

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Pause the platform's processes, so that they share no core with us."""
        pids = [running.pid for running in self.run.processes.values()]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def run_task(self, service: str, task: str) -> None:
        """Run a task of a service's program to its end, with the service's settings."""
        program = [sys.executable, "-m", f"services.{service}.main", task]
        subprocess.run(  # noqa: S603 - our own program
            program,
            env=_environment_of(self.pid(service)),
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
            check=True,
        )

    @contextmanager
    def alone(self, service: str, roles: str = "http") -> Iterator[int]:
        """Run one more process of a service, with its HTTP door only; give its port.

        The platform's own processes rest meanwhile: what is measured is the path from
        the door to the disk, not five processes that share the cores with it.
        """
        environment = _environment_of(self.pid(service))
        port, inner = free_port(), free_port()
        environment |= {
            "BINHYEN_HTTP_PORT": str(port),
            "BINHYEN_INNER_PORT": str(inner),
            "BINHYEN_ROLES": roles,
        }
        program = [sys.executable, "-m", f"services.{service}.main"]
        with running(program, environment):
            until_answers(f"http://127.0.0.1:{inner}/health/ready")
            with self.resting():
                yield port


@contextmanager
def running(
    program: Sequence[str], environment: dict[str, str] | None = None
) -> Iterator[int]:
    """Run a program of ours and end it afterwards; give its process id."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        program, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def until_answers(url: str, within_s: float = 60.0) -> None:
    """Wait until a GET is answered with 2xx. Raises TimeoutError."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - loopback
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)


def _environment_of(pid: int) -> dict[str, str]:
    pairs = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


@contextmanager
def house(*, is_long: bool = False) -> Iterator[House]:
    """Start the platform in a temporary folder and remove it afterwards."""
    state = Path(tempfile.mkdtemp(prefix="binhyen-bench-"))
    try:
        try:
            run, _ = control.ensure_running(state)
        except RuntimeError as error:
            # The folder goes, so its log has to be told now.
            log = Path(state, "log", "supervisor.log").read_text()
            raise RuntimeError(f"{error}\n{log[-4000:]}") from error
        yield House(state, run, is_long=is_long)
    finally:
        control.stop(state)
        shutil.rmtree(state, ignore_errors=True)
