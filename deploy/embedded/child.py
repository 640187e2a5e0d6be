"""One process under care: is it alive, ready, and when is it tried again.

One Child per program of the platform; kept by the supervisor.
"""

import http.client
import signal
import subprocess
import time
from pathlib import Path

from deploy.embedded.confine import spawn
from deploy.embedded.programs import Program
from deploy.embedded.run_file import ROOT

_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 10.0
_STEADY_AFTER_S = 30.0
_LARGEST_LOG = 20_000_000


class Child:
    """A program under care: started again when it dies, later after each death."""

    def __init__(self, program: Program, logs: Path) -> None:
        self.program = program
        self.log = logs / f"{program.name}.log"
        self.deaths = 0
        self.ready = False
        self._was_ready = False  # then its addresses are known and stay
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._pause = _FIRST_PAUSE_S
        self._again_at = 0.0

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def start(self, lease: int) -> None:
        """Start it; the lease of the state folder is held as long as it lives."""
        if self.log.exists() and self.log.stat().st_size > _LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        self.ready = False
        self._started = time.monotonic()
        self._process = spawn(
            self.program.command,
            log=self.log,
            keep_open=[lease],
            environment=dict(self.program.environment),
            folder=ROOT,
        )

    def tend(self, lease: int) -> bool:
        """Start it again if it died and its pause is over; say if it was started."""
        if self._process is None or self._process.poll() is None:
            return False
        now = time.monotonic()
        if not self._again_at:
            if now - self._started > _STEADY_AFTER_S:
                self._pause = _FIRST_PAUSE_S
            self.deaths += 1
            self.ready = False
            self._again_at = now + self._pause
            self._pause = min(self._pause * 2, _LONGEST_PAUSE_S)
        if now < self._again_at:
            return False
        self._again_at = 0.0
        if not self._was_ready:
            self.program = self.program.on_free_ports()
        self.start(lease)
        return True

    def ask_ready(self) -> bool:
        """Ask the inner address; a process that was ready once is not asked again."""
        if not self.ready:
            self.ready = _is_ready(self.program.inner_port)
            self._was_ready |= self.ready
        return self.ready

    def terminate(self) -> None:
        """Ask it to finish what it has and end."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.send_signal(signal.SIGCONT)

    def wait(self, patience_s: float) -> bool:
        """Wait for its end; True if it ended by itself, else it is killed."""
        if self._process is None:
            return True
        try:
            self._process.wait(patience_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False
        return True

    def last_lines(self, count: int = 25) -> str:
        """Return the end of its log."""
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(lines[-count:])


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
