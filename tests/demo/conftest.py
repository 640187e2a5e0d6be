"""The province as the committed register of units has it, without any server."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from demo.province import Place, Province
from demo.published import Published, read_published
from deploy.embedded import run_file
from deploy.embedded.issuer import Issuer
from deploy.embedded.run_file import ROOT, Run
from services.registry.reference.snapshot import SnapshotUnit, read_snapshot

MIDDLE = date(2023, 6, 30)


def _in_force(unit: SnapshotUnit) -> bool:
    begun = unit.key.valid_from is None or unit.key.valid_from <= MIDDLE
    return begun and (unit.valid_to is None or MIDDLE < unit.valid_to)


def _place(unit: SnapshotUnit, district: str = "") -> Place:
    return Place(
        code=unit.key.code,
        name=unit.name,
        unit_type=unit.unit_type,
        district=district,
        valid_from=unit.key.valid_from,
        valid_to=unit.valid_to,
    )


@pytest.fixture(scope="session")
def published() -> Published:
    return read_published()


@pytest.fixture(scope="session")
def province(published: Published) -> Province:
    """Give Bắc Kạn with its districts and communes of 2023."""
    units = [unit for unit in read_snapshot().units if _in_force(unit)]
    (itself,) = [
        unit
        for unit in units
        if (unit.key.level, unit.key.code) == ("province", published.province_code)
    ]
    districts = [unit for unit in units if unit.parent == itself.key]
    return Province(
        itself=_place(itself),
        districts=tuple(_place(unit) for unit in districts),
        communes=tuple(
            _place(unit, district.name)
            for district in districts
            for unit in units
            if unit.parent == district.key
        ),
    )


UP_WITHIN_S = 240.0


@contextmanager
def _started(folder: Path) -> Iterator[Run]:
    """Run a platform with servers of its own, in a folder of its own."""
    log = folder.with_suffix(".log")
    environment = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251 - handed on as it is
        if name not in {"DATABASE_URL", "NATS_URL"}
    }
    with log.open("wb") as words:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "deploy.embedded", "up", "--state", str(folder)],
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=ROOT,
            env=environment,
        )
    try:
        until = time.monotonic() + UP_WITHIN_S
        while not ((run := run_file.read(folder)) and run.ready):
            assert supervisor.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        yield run
    finally:
        supervisor.terminate()
        supervisor.wait(60)


@pytest.fixture
def state(server_folder: Path) -> Iterator[Path]:
    """Give the state folder of a platform that runs and may be hurt."""
    folder = server_folder / "whole-year"
    with _started(folder):
        yield folder


@pytest.fixture(scope="module")
def platform(server_folder: Path) -> Iterator[tuple[Run, Issuer]]:
    """Give a platform that runs, and the issuer of its tokens."""
    folder = server_folder / "questions"
    with _started(folder) as run:
        yield run, Issuer(folder / "issuer")
