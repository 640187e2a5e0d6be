"""How another program starts the platform in the background, and stops it.

Called by `make demo` (ensure_running) and `make down`.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from os import environ  # noqa: TID251  (children inherit what the operator set)
from pathlib import Path

from deploy.embedded import lease, run_file
from deploy.embedded.run_file import ROOT, STATE, Run

_UP_WITHIN_S = 330.0
_DOWN_WITHIN_S = 90.0


def ensure_running(
    state: Path = STATE,
    *,
    waiting: Callable[[], None] = lambda: None,
    also: Mapping[str, str] | None = None,
) -> tuple[Run, bool]:
    """Return what runs, and whether it was started by this call.

    The supervisor that it starts outlives the caller; its words go to
    `<state>/log/supervisor.log`. `waiting` is called again and again meanwhile. `also`
    adds settings to the environment of what it starts.
    """
    running = run_file.read(state)
    started = None if running else _start_behind(state, also or {})
    until = time.monotonic() + _UP_WITHIN_S
    while running is None or not running.ready:
        if (started and started.poll() is not None) or time.monotonic() > until:
            message = f"the platform did not start, see {_log(state)}"
            raise RuntimeError(message)
        waiting()
        time.sleep(0.1)
        running = run_file.read(state)
    return running, started is not None


def _start_behind(state: Path, also: Mapping[str, str]) -> subprocess.Popen[bytes]:
    _log(state).parent.mkdir(parents=True, exist_ok=True)
    with _log(state).open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "deploy.embedded", "up", "--state", str(state)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=ROOT,
            env={**environ, **also},
        )


def _log(state: Path) -> Path:
    return state / "log" / "supervisor.log"


def stop(state: Path = STATE) -> bool:
    """Stop what runs and wait for its end; False when nothing ran."""
    running = run_file.read(state)
    if running is None:
        return False
    os.kill(running.supervisor, signal.SIGTERM)
    os.close(lease.take(state, patience_s=_DOWN_WITHIN_S))
    return True
