"""Every word of the domain has a row, and no two words fold into one code."""

import enum
import importlib
import pkgutil
import re
from types import ModuleType

import pytest
from eventsourcing.domain import Aggregate

from services.chassis.text import fold
from services.reporting.indicators import INDICATORS
from tests.architecture.conftest import ROOT


@pytest.fixture(scope="module")
def rows() -> set[str]:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    return {
        row for line in text.splitlines() for row in re.findall(r"^\| `(.+?)`", line)
    }


def domain_modules(service: str) -> list[ModuleType]:
    package = importlib.import_module(f"services.{service}.domain")
    return [
        importlib.import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    ]


def test_every_stored_event_has_a_row(generator: ModuleType, rows: set[str]) -> None:
    """An event is a fact that an officer would recognise, so it has a name for one."""
    topics = {t for s in generator.SERVICES for t in generator.stored_shapes(s)}
    assert topics - rows == set()


def test_every_aggregate_and_value_has_a_row(
    generator: ModuleType, rows: set[str]
) -> None:
    """Aggregates and closed lists of the domain are explained."""
    words = {
        name
        for service in generator.SERVICES
        for module in domain_modules(service)
        for name, found in vars(module).items()
        if isinstance(found, type)
        and found.__module__ == module.__name__
        and issubclass(found, Aggregate | enum.Enum)
    }
    assert words - rows == set()
    assert len(words) > 12


def test_every_indicator_has_a_row(rows: set[str]) -> None:
    """What is counted has a name, a source, and something it is not."""
    assert {one.code for one in INDICATORS} - rows == set()


def test_no_row_is_left_from_a_word_that_is_gone(
    generator: ModuleType, rows: set[str]
) -> None:
    """A row with a topic belongs to an event that exists."""
    topics = {t for s in generator.SERVICES for t in generator.stored_shapes(s)}
    assert {row for row in rows if row.count(".") == 2} - topics == set()


def test_codes_stay_apart_when_folded() -> None:
    """Folding makes tổ and tố one word; codes of indicators must not collide."""
    folded = [fold(one.code) for one in INDICATORS]
    assert sorted(set(folded)) == sorted(folded)
