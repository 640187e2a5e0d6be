"""The whole platform, started for the bench in a folder of its own, and its callers."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.embedded import control
from deploy.embedded.issuer import BAC_KAN, COUNTRY, Issuer
from deploy.embedded.ports import free_port
from deploy.embedded.run_file import ROOT, Run

_SCOPES = (
    "units:read registry:read registry:write campaigns:read campaigns:write"
    " tips:record tips:triage tips:value tips:read reporting:read reporting:write"
)


class House:
    """A running platform: where it is, and a caller who may do everything."""

    def __init__(self, state: Path, run: Run) -> None:
        self.state = state
        self.run = run
        self.token = Issuer(state / "issuer").token(
            "officer", scopes=_SCOPES.split(), unit_roots=(BAC_KAN, COUNTRY)
        )

    def port(self, process: str) -> int:
        """Port of a process's outer door."""
        return int(self.run.processes[process].url.rpartition(":")[2].strip("/"))

    def pid(self, process: str) -> int:
        """Process id, to read its processor time."""
        return self.run.processes[process].pid


@contextmanager
def alone(house: House, service: str) -> Iterator[int]:
    """Run one more process of a service with its HTTP door only; give its port.

    The platform's own processes are paused meanwhile: what is measured is the path from
    the door to the disk, not the five processes that share the two cores with it.
    """
    environment = _environment_of(house.pid(service))
    port, inner = free_port(), free_port()
    environment |= {
        "BINHYEN_HTTP_PORT": str(port),
        "BINHYEN_INNER_PORT": str(inner),
        "BINHYEN_ROLES": "http",
    }
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", f"services.{service}.main"],
        env=environment,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
    )
    others = [running.pid for running in house.run.processes.values()]
    try:
        _until_ready(inner)
        for pid in others:
            os.kill(pid, signal.SIGSTOP)
        yield port
    finally:
        for pid in others:
            os.kill(pid, signal.SIGCONT)
        process.terminate()
        process.wait()


def _environment_of(pid: int) -> dict[str, str]:
    pairs = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def _until_ready(inner_port: int) -> None:
    deadline = time.monotonic() + 60
    url = f"http://127.0.0.1:{inner_port}/health/ready"
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - loopback
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)


@contextmanager
def house() -> Iterator[House]:
    """Start the platform in a temporary folder and remove it afterwards."""
    state = Path(tempfile.mkdtemp(prefix="binhyen-bench-"))
    try:
        run, _ = control.ensure_running(state)
        yield House(state, run)
    finally:
        control.stop(state)
        shutil.rmtree(state, ignore_errors=True)
