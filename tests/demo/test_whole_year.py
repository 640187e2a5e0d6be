"""The whole platform, started, loaded while its parts are killed, and compared."""

import os
import signal
from pathlib import Path

import pytest
from docx import Document

from demo.comparison import all_matched
from demo.published import Published
from demo.running import Counts, Demo
from demo.telling import Silence
from deploy.embedded import run_file
from deploy.embedded.issuer import Issuer
from deploy.embedded.run_file import Run

SHARE = 0.05
UP_WITHIN_S = 240.0
EVERY = 30
VICTIMS = ("tips", "gateway", "nats", "campaigns", "postgres", "registry", "reporting")


def _pid(run: Run, part: str) -> int:
    if part in run.processes:
        return run.processes[part].pid
    pid = run.postgres.pid if part == "postgres" else run.nats.pid
    assert pid is not None
    return pid


class Killer(Silence):
    """Ends one part after every few records, each part once."""

    def __init__(self, state: Path) -> None:
        self.killed: list[str] = []
        self.outages: list[str] = []
        self._state = state
        self._done = 0

    def done(self, kind: str, count: int = 1) -> None:
        self._done += count
        due = min(self._done // EVERY, len(VICTIMS))
        while len(self.killed) < due:
            part = VICTIMS[len(self.killed)]
            run = run_file.read(self._state)
            assert run is not None
            os.kill(_pid(run, part), signal.SIGKILL)
            self.killed.append(part)

    def door_fell(self, door: str, why: str) -> None:
        self.outages.append(door)


async def _year(demo: Demo, listener: Silence) -> Counts:
    loaded = await demo.load(listener)
    return await demo.count(loaded, listener)


@pytest.mark.faults
@pytest.mark.timeout(420)
async def test_the_sums_are_exact_though_every_part_was_killed_during_the_load(
    state: Path, published: Published, tmp_path: Path
) -> None:
    """Services, gateway, NATS and PostgreSQL die in turn; no fact is lost or doubled.

    A second load changes nothing, and the report of both is one.
    """
    run = run_file.read(state)
    assert run is not None
    demo = Demo(run, Issuer(state / "issuer"), published, SHARE)
    killer = Killer(state)

    first = await _year(demo, killer)
    again = await _year(demo, Silence())

    assert list(VICTIMS) == killer.killed
    assert killer.outages
    expected = demo.totals.figures()
    counted = {line.counted.indicator: line.counted for line in first.lines}
    assert expected == {code: counted[code].then for code in expected}
    assert expected == {code: counted[code].today for code in expected}
    assert all_matched(first.lines)
    assert first.year == again.year
    assert first.sources == again.sources
    reports = [
        await demo.report(counts.year, tmp_path, Silence()) for counts in (first, again)
    ]
    assert reports[0] == reports[1]
    texts = [paragraph.text for paragraph in Document(str(reports[0])).paragraphs]
    assert any("tỉnh Bắc Kạn" in text for text in texts)
