"""What runs where now? Written by the supervisor, read by demo, tests and operators.

The file `.state/run.json` is private to its owner: it holds addresses with passwords.
"""

import os
from pathlib import Path

import msgspec

from deploy.embedded.private_file import write_private

ROOT = Path(__file__).parents[2]
STATE = ROOT / ".state"


class RunningProcess(msgspec.Struct, kw_only=True):
    """One process of ours: to reach it, or to end it by its id."""

    pid: int
    url: str
    inner_url: str
    log: str


class RunningServer(msgspec.Struct, kw_only=True):
    """PostgreSQL or NATS; no pid when it was there before us."""

    url: str
    pid: int | None = None


class Run(msgspec.Struct, kw_only=True):
    """One life of the supervisor; `ready` once every process has been ready."""

    supervisor: int
    ready: bool
    postgres: RunningServer
    nats: RunningServer
    processes: dict[str, RunningProcess]
    nats_users: dict[str, str]
    jwks_file: str

    @property
    def gateway_url(self) -> str:
        return self.processes["gateway"].url


def run_file(state: Path = STATE) -> Path:
    """Return the path of the file in the state folder."""
    return state / "run.json"


def write(run: Run, state: Path = STATE) -> None:
    """Replace the file."""
    text = msgspec.json.format(msgspec.json.encode(run)).decode()
    write_private(run_file(state), text)


def read(state: Path = STATE) -> Run | None:
    """Return what the living supervisor wrote; None when none lives."""
    path = run_file(state)
    if not path.exists():
        return None
    run = msgspec.json.decode(path.read_bytes(), type=Run)
    return run if _lives(run.supervisor) else None


def forget(state: Path = STATE) -> None:
    """Remove the file: nothing runs any more."""
    run_file(state).unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    """Say whether the process is a supervisor of ours and not another's new number."""
    try:
        os.kill(pid, 0)
        return b"deploy.embedded" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
