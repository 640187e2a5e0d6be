"""Units by name or code as somebody types: the best first, of one day or of all.

Asked by `units.search`, which lists and explains nothing; the names are those of the
finder, so that a name is folded once for both.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from services.unit_directory.name_index import Hit
from services.unit_directory.name_keys import kind_named, readings
from services.unit_directory.tree import Unit, UnitTree
from services.unit_directory.unit_finder import UnitFinder, has_lived


class Sought(NamedTuple):
    """A text, and what narrows the search: a day in force, a level."""

    text: str
    on: date | None
    level: str | None


def search(
    tree: UnitTree, finder: UnitFinder, sought: Sought, first: int
) -> list[Unit]:
    """Return the best units: those that bear the code, then the most alike names.

    A kind of unit in the text has to be that of the name; alone, it lists its units.
    """
    found: dict[UUID, Unit] = {}
    for unit in _candidates(tree, finder, sought.text):
        if _is_wanted(unit, sought):
            found.setdefault(unit.id, unit)
        if len(found) == first:
            break
    return list(found.values())


def _candidates(tree: UnitTree, finder: UnitFinder, text: str) -> Iterator[Unit]:
    yield from tree.bearers(text.strip().upper())
    index = finder.index
    for _, hits in index.by_likeness(readings(text)):
        for number in _in_order(index.orders, hits):
            yield tree.unit(index.entries[number].id)
    kind = kind_named(text)
    if kind is not None:
        of_kind = (unit for unit in tree if unit.named(None).unit_type == kind)
        yield from sorted(of_kind, key=lambda unit: (unit.code, unit.path))


def _in_order(orders: list[Any], hits: list[Hit]) -> list[int]:
    rows = [
        (hit.marks_differ, orders[hit.number], hit.number)
        for hit in hits
        if not hit.kind_differs
    ]
    rows.sort()
    return [number for _, _, number in rows]


def _is_wanted(unit: Unit, sought: Sought) -> bool:
    of_day = sought.on is None or unit.in_force(sought.on)
    return of_day and has_lived(unit) and sought.level in {None, unit.level}
