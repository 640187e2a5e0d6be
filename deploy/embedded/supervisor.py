"""How does the whole platform run on one machine? Servers, five processes, one watch.

`python -m deploy.embedded up` (`make up`) runs one Supervisor in the foreground.
"""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from deploy.embedded import lease, run_file
from deploy.embedded.backing import Backing
from deploy.embedded.child import Child
from deploy.embedded.issuer import Issuer
from deploy.embedded.programs import Surroundings, programs
from deploy.embedded.run_file import Run, RunningProcess, RunningServer
from deploy.embedded.screen import Screen
from deploy.nats_permissions import GATEWAY

_WATCH_EVERY_S = 0.1
_READY_WITHIN_S = 300.0
_DEATHS_BEFORE_GIVING_UP = 3
_STOP_WITHIN_S = 30.0
_ORPHANS_GONE_WITHIN_S = 30.0


class AlreadyRunning(Exception):
    """Another supervisor works in the same state folder."""


class NotReady(Exception):
    """A process did not come up."""


class Supervisor:
    """Starts all, keeps all running, stops all in order."""

    def __init__(self, state: Path, screen: Screen) -> None:
        self._state = state
        self._screen = screen
        self._stopping = False
        self._children: list[Child] = []
        self._server_retry_at: dict[str, float] = {}
        state.mkdir(parents=True, exist_ok=True)

    def run(self) -> None:
        """Run until a signal asks to stop. Raises AlreadyRunning, NotReady."""
        held = self._take_state()
        backing = Backing(self._state)
        try:
            with self._signals():
                self._start(backing, held)
                while not self._stopping:
                    self._tend(backing, held)
                    time.sleep(_WATCH_EVERY_S)
        finally:
            self._stop(backing)
            run_file.forget(self._state)
            os.close(held)

    def _take_state(self) -> int:
        if run_file.read(self._state) is not None:
            raise AlreadyRunning
        try:
            # Children of a supervisor that was killed end by themselves.
            return lease.take(self._state, patience_s=_ORPHANS_GONE_WITHIN_S)
        except lease.FolderInUseError:
            raise AlreadyRunning from None

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        def stop(_number: int, _frame: FrameType | None) -> None:
            self._stopping = True

        kept = {n: signal.signal(n, stop) for n in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            # A second Ctrl-C must not interrupt the orderly stop.
            for number in kept:
                signal.signal(number, signal.SIG_IGN)

    def _start(self, backing: Backing, held: int) -> None:
        for name, server in backing.servers().items():
            with self._screen.progress() as bar:
                task = bar.add_task(f"Starting {name}", total=1)
                server.start()
                bar.update(task, completed=1)
        if warning := backing.check_nats():
            self._screen.warn(warning)
        logs = self._state / "log"
        logs.mkdir(exist_ok=True)
        around = Surroundings(
            self._state,
            backing.database_urls(),
            backing.nats_url,
            backing.nats_users(),
            Issuer(self._state / "issuer"),
        )
        self._children = [Child(program, logs) for program in programs(around)]
        self._screen.moved(self._children)
        for child in self._children:
            child.start(held)
        self._note(backing, ready=False)
        self._await_ready(backing, held)
        if not self._stopping:
            run = self._note(backing, ready=True)
            self._screen.running(run)
            self._screen.next_steps(run, logs)

    def _await_ready(self, backing: Backing, held: int) -> None:
        until = time.monotonic() + _READY_WITHIN_S
        with self._screen.progress() as bar:
            task = bar.add_task("Starting the services", total=len(self._children))
            while not self._stopping:
                waiting = [child for child in self._children if not child.ask_ready()]
                names = ", ".join(child.program.name for child in waiting)
                told = f"Waiting for {names}" if waiting else "All ready"
                done = len(self._children) - len(waiting)
                bar.update(task, completed=done, description=told)
                if not waiting:
                    return
                late = time.monotonic() > until
                for child in waiting:
                    if late or child.deaths >= _DEATHS_BEFORE_GIVING_UP:
                        self._screen.failed(child)
                        raise NotReady(child.program.name)
                self._tend(backing, held)
                time.sleep(_WATCH_EVERY_S)

    def _tend(self, backing: Backing, held: int) -> None:
        """Start again what died."""
        revived = [name for name in backing.servers() if self._revive(backing, name)]
        revived += [c.program.name for c in self._children if c.tend(held)]
        became_ready = [c for c in self._children if not c.ready and c.ask_ready()]
        if revived:
            self._screen.warn(f"Started again: {', '.join(revived)}")
        if revived or became_ready:
            self._note(backing, ready=all(child.ready for child in self._children))

    def _revive(self, backing: Backing, name: str) -> bool:
        server = backing.servers()[name]
        now = time.monotonic()
        if server.running or now < self._server_retry_at.get(name, 0.0):
            return False
        try:
            server.start()
        except (RuntimeError, OSError) as error:
            self._screen.warn(f"{name} does not start: {error}")
            self._server_retry_at[name] = now + 5.0
            return False
        return True

    def _note(self, backing: Backing, *, ready: bool) -> Run:
        pids = {name: server.pid for name, server in backing.servers().items()}
        run = Run(
            supervisor=os.getpid(),
            ready=ready,
            postgres=RunningServer(url=backing.postgres_url, pid=pids.get("postgres")),
            nats=RunningServer(url=backing.nats_url, pid=pids.get("nats")),
            processes={
                child.program.name: _described(child) for child in self._children
            },
            nats_users=backing.nats_users(),
            jwks_file=str(self._state / "issuer" / "jwks.json"),
        )
        run_file.write(run, self._state)
        return run

    def _stop(self, backing: Backing) -> None:
        """Stop the door first, then the services, then what they stand on."""
        if self._children:
            self._screen.say("Stopping ...")
        gateway = [c for c in self._children if c.program.name == GATEWAY]
        services = [c for c in self._children if c.program.name != GATEWAY]
        for group in (gateway, services):
            for child in group:
                child.terminate()
            until = time.monotonic() + _STOP_WITHIN_S
            for child in group:
                if not child.wait(max(0.1, until - time.monotonic())):
                    self._screen.warn(f"{child.program.name} had to be killed.")
        for server in reversed(backing.servers().values()):
            server.stop()
        self._screen.say("Stopped; the data stays for the next start.")


def _described(child: Child) -> RunningProcess:
    return RunningProcess(
        pid=child.pid,
        url=child.program.url,
        inner_url=child.program.inner_url,
        log=str(child.log),
    )
