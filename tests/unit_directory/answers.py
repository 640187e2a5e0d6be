"""All that a tree and its finder can be asked, to compare trees with."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from services.unit_directory.facts import linked, unit_of
from services.unit_directory.tables import UnitFact
from services.unit_directory.tree import Unit, UnitTree
from services.unit_directory.unit_finder import Asked, Found, UnitFinder

DAYS: Final = [date(2025, 6, 30) + timedelta(days=45 * n) for n in range(10)]
_TEXTS: Final = ("xã", "1", "xa 2", "phuong 3", "00003", "5", "VN", "4, 00001")


def units(facts: Iterable[UnitFact]) -> dict[Any, Unit]:
    """Return the units that facts make, unlinked."""
    told: dict[Any, list[UnitFact]] = {}
    for fact in facts:
        told.setdefault(fact.event.unit_id, []).append(fact)  # type: ignore[attr-defined]
    made = {unit_id: unit_of(history) for unit_id, history in told.items()}
    return {unit_id: unit for unit_id, unit in made.items() if unit is not None}


def scratch(facts: Iterable[UnitFact]) -> UnitTree:
    """Return the tree that facts make, from nothing."""
    return UnitTree(linked(units(facts).values()))


def answers(tree: UnitTree) -> dict[Any, Any]:
    """Return all that a tree can be asked, about every unit."""
    return {
        unit.id: (
            unit,
            tree.covers(unit.id),
            tree.bearers(unit.code),
            [tree.children(unit.id, day) for day in DAYS],
            [list(tree.subtree(unit, day, levels=2)) for day in DAYS],
        )
        for unit in tree
    }


def finds(finder: UnitFinder) -> list[Found]:
    """Return what a finder finds by names and codes of several days."""
    return [
        finder.find(Asked(text, day), first)
        for text in _TEXTS
        for day in DAYS[::3]
        for first in (2, 50)
    ]
