"""`make up` as a whole: five processes on real servers, through deaths and restarts."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.embedded import run_file
from deploy.embedded.issuer import Issuer
from deploy.embedded.run_file import Run

pytestmark = [pytest.mark.faults, pytest.mark.timeout(400)]

ROOT = Path(__file__).parents[2]
WITHIN_S = 180.0


class Platform:
    """One `python -m deploy.embedded up` on a state folder of its own."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.words = state.with_name(f"{state.name}.out")
        self._process: subprocess.Popen[bytes] | None = None

    def up(self) -> Run:
        with self.words.open("ab") as words:
            self._process = subprocess.Popen(
                command("up", self.state),
                cwd=ROOT,
                env=surroundings(),
                stdout=words,
                stderr=words,
            )
        return self.once(lambda run: run.ready)

    def once(self, condition: Callable[[Run], bool]) -> Run:
        """Wait until what is written in run.json fulfils the condition."""
        until = time.monotonic() + WITHIN_S
        while time.monotonic() < until:
            run = run_file.read(self.state)
            if run is not None and condition(run):
                return run
            assert self._process is not None
            assert self._process.poll() is None, self.words.read_text()
            time.sleep(0.1)
        raise AssertionError(self.words.read_text())

    def down(self) -> int:
        """Ask it to stop as Ctrl-C would; return its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(timeout=90)

    def end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=90)


def command(verb: str, state: Path) -> list[str]:
    return [sys.executable, "-m", "deploy.embedded", verb, "--state", str(state)]


def surroundings() -> dict[str, str]:
    """Give our environment without servers that the machine may have."""
    given = {"DATABASE_URL", "NATS_URL"}
    return {name: value for name, value in os.environ.items() if name not in given}  # noqa: TID251


@pytest.fixture(scope="module")
def platform(server_folder: Path) -> Iterator[Platform]:
    started = Platform(server_folder / "state")
    started.up()
    yield started
    started.end()


def pids(run: Run) -> dict[str, int]:
    """Return the process ids of everything that runs, by name."""
    servers = {"postgres": run.postgres.pid or 0, "nats": run.nats.pid or 0}
    return servers | {name: part.pid for name, part in run.processes.items()}


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def is_ready(run: Run, name: str) -> bool:
    try:
        address = f"{run.processes[name].inner_url}/health/ready"
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def test_five_processes_are_ready_on_two_servers(platform: Platform) -> None:
    """Each of the five answers on its inner address; none of them shares a process."""
    run = platform.once(lambda run: run.ready)

    assert {"registry", "campaigns", "tips", "reporting", "gateway"} == set(
        run.processes
    )
    assert all(is_ready(run, name) for name in run.processes)
    assert 7 == len(set(pids(run).values()))


def test_every_address_on_the_screen_answers(platform: Platform) -> None:
    """Who follows what is printed gets there."""
    run = platform.once(lambda _: "Stop " in platform.words.read_text())
    told = platform.words.read_text()
    paths = re.findall(r"http://127\.0\.0\.1:\d+/[^\s│]+", told)

    assert f"{run.gateway_url}/graphiql" in paths
    assert len(paths) > 1
    for address in paths:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
            assert 200 == answer.status, address


def test_the_gateway_answers_a_ready_made_caller(platform: Platform) -> None:
    """A token of the development issuer opens the one endpoint."""
    run = platform.once(lambda run: run.ready)
    token = Issuer(platform.state / "issuer").token("officer")
    question = urllib.request.Request(  # noqa: S310
        f"{run.gateway_url}/graphql",
        data=b'{"query": "{ __typename }"}',
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {token}",
        },
    )

    with urllib.request.urlopen(question, timeout=30) as answer:  # noqa: S310
        body = answer.read()

    assert b'"__typename":"Query"' in body.replace(b" ", b"")


@pytest.mark.parametrize("name", ["tips", "gateway", "nats", "postgres"])
def test_what_dies_is_started_again(name: str, platform: Platform) -> None:
    """After SIGKILL it is there again at its old address, and all are ready."""
    before = platform.once(lambda run: run.ready)
    killed = pids(before)[name]

    os.kill(killed, signal.SIGKILL)

    after = platform.once(lambda run: run.ready and pids(run)[name] != killed)
    assert (before.postgres.url, before.nats.url) == (
        after.postgres.url,
        after.nats.url,
    )
    assert before.gateway_url == after.gateway_url
    until = time.monotonic() + WITHIN_S
    while not all(is_ready(after, part) for part in after.processes):
        assert time.monotonic() < until
        time.sleep(0.2)


def test_a_second_up_says_that_one_runs(platform: Platform) -> None:
    """It ends at once, with the addresses of the one that runs."""
    platform.once(lambda run: run.ready)

    second = subprocess.run(
        command("up", platform.state),
        cwd=ROOT,
        env=surroundings(),
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert 1 == second.returncode
    assert "already runs" in second.stdout
    assert "gateway" in second.stdout


def test_the_run_file_is_private(platform: Platform) -> None:
    """It holds passwords: only its owner reads it."""
    platform.once(lambda run: run.ready)

    assert 0o600 == run_file.run_file(platform.state).stat().st_mode & 0o777


def test_it_stops_cleanly_and_goes_on_with_its_data(server_folder: Path) -> None:
    """Ctrl-C ends every process; the next start finds what was kept."""
    platform = Platform(server_folder / "another-state")
    try:
        run = platform.up()
        with psycopg.connect(run.postgres.url) as session:
            session.execute("CREATE TABLE public.kept (n int)")

        assert 0 == platform.down()

        assert not any(lives(pid) for pid in pids(run).values())
        assert run_file.read(platform.state) is None
        again = platform.up()
        with psycopg.connect(again.postgres.url) as session:
            assert (0,) == session.execute("SELECT count(*) FROM kept").fetchone()
        assert run.nats_users == again.nats_users
    finally:
        platform.end()
    words = platform.words.read_text()
    assert "had to be killed" not in words
    assert "Started again" not in words
