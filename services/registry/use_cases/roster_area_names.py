"""Which area of a commune does a roster name? Asked by its check; an export names it.

What the reader understands is what the export writes. Names are compared as the finder
of areas compares them; what no area bears on the day goes to that finder.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from services.chassis.text import fold
from services.registry.documents.roster_cells import LONGEST_AREAS
from services.registry.domain.area_kinds import KINDS
from services.registry.read_models.area_names import kinds_meant
from services.registry.read_models.roster_areas import KnownArea
from services.unit_directory.lineage import whole_line
from services.unit_directory.name_keys import readings, spellings
from services.unit_directory.places import Covered, Own
from services.unit_directory.tree import Unit, UnitTree

_NUMBER: Final = re.compile(r"(?:số|so|no\.?|#)?\s*0*(\d{1,5})", re.IGNORECASE)
_LABEL: Final = re.compile(r"0*(\d{1,5})\s*[-–]\s*(.+)")


class _Borne(NamedTuple):
    """A name as it is borne on a day."""

    area: KnownArea
    marked: str
    kind: str


class _Day(NamedTuple):
    """The areas of one commune that exist on a day, by number and by name."""

    numbers: dict[int, list[KnownArea]]
    names: dict[str, list[_Borne]]


def places_of(tree: UnitTree, units: Iterable[Unit]) -> list[str]:
    """Return where areas of communes may lie: in all that `reaches_of` covers."""
    reached = {reach.id for unit in units for reach in reaches_of(tree, unit)}
    found = (_path(one) for unit_id in reached for one in tree.covers(unit_id))
    return sorted(set(found))


def reaches_of(tree: UnitTree, unit: Unit, on: date | None = None) -> list[Unit]:
    """Return where an area is looked for: the unit, then who took it over by a day."""
    last = whole_line(tree, unit, on)[-1]
    return [unit] if last.id == unit.id else [unit, last]


class AreaNames:
    """The areas of some communes, found by what they are called on a day."""

    def __init__(self, tree: UnitTree, areas: Iterable[KnownArea]) -> None:
        self._tree = tree
        self._by_path: dict[str, list[KnownArea]] = defaultdict(list)
        for area in areas:
            for path in dict.fromkeys(home.path for home in area.homes):
                self._by_path[path].append(area)
        self._days: dict[tuple[UUID, date], _Day] = {}

    def find(self, unit: Unit, text: str, on: date) -> list[KnownArea]:
        """Return the areas that bear a name, a number, or both as `label` writes it."""
        for reach in reaches_of(self._tree, unit, on):
            found = self._found(self._day(reach, on), text)
            if found:
                return list(found.values())
        return []

    def _found(self, day: _Day, text: str) -> dict[UUID, KnownArea]:
        found = {area.id: area for area in _named(day, text)}
        typed = _NUMBER.fullmatch(text)
        if typed is not None:
            found |= {area.id: area for area in day.numbers.get(int(typed[1]), ())}
        return found or self._labelled(day, text)

    def label(self, unit: Unit, area_id: UUID, on: date) -> str | None:
        """Return number and name of an area that lies in a unit on a day.

        Where a unit holds the books of several, the old unit is named too if need be.
        """
        for reach in reaches_of(self._tree, unit, on):
            for areas in self._day(reach, on).numbers.values():
                for area in areas:
                    if area.id == area_id:
                        return self._label(area, areas, on)
        return None

    def text(self, unit: Unit, area_ids: Iterable[UUID], on: date) -> str | None:
        """Return a cell that is read as these areas; None where there is none."""
        told = []
        for area_id in area_ids:
            label = self.label(unit, area_id, on)
            if label is None or ";" in label:
                return None
            if [area_id] != [one.id for one in self.find(unit, label, on)]:
                return None
            told.append(label)
        cell = "; ".join(told)
        return cell if 0 < len(cell) <= LONGEST_AREAS else None

    def labels(self, unit: Unit, on: date) -> list[str]:
        """Return how all areas of a unit are written on a day."""
        numbers = self._day(unit, on).numbers
        return [
            self._label(area, numbers[number], on)
            for number in sorted(numbers)
            for area in numbers[number]
        ]

    def _label(self, area: KnownArea, same: list[KnownArea], on: date) -> str:
        name = area.named(on)
        told = f"{area.number} - {KINDS[name.kind].name} {name.name}"
        twins = [one for one in same if one.named(on)[1:] == name[1:]]
        return f"{told}, {self._tree.unit(area.book).name}" if len(twins) > 1 else told

    def _labelled(self, day: _Day, text: str) -> dict[UUID, KnownArea]:
        typed = _LABEL.fullmatch(text.strip())
        if typed is None:
            return {}
        number, name = int(typed[1]), typed[2]
        found = {one.id: one for one in _named(day, name) if one.number == number}
        if not found and "," in name:
            name, _, book = name.rpartition(",")
            found = {
                one.id: one
                for one in _named(day, name)
                if one.number == number
                and fold(self._tree.unit(one.book).name) == fold(book)
            }
        return found

    def _day(self, unit: Unit, on: date) -> _Day:
        key = (unit.id, on)
        if key not in self._days:
            self._days[key] = _of_day(self._areas(unit, on), on)
        return self._days[key]

    def _areas(self, unit: Unit, on: date) -> Iterator[KnownArea]:
        for path in map(_path, self._tree.covers(unit.id)):
            for area in self._by_path.get(path, ()):
                if area.is_alive(on) and area.lies_in(path, on):
                    yield area


def _of_day(areas: Iterable[KnownArea], on: date) -> _Day:
    day = _Day(defaultdict(list), defaultdict(list))
    for area in areas:
        day.numbers[area.number].append(area)
        name = area.named(on)
        # As the table of names keeps them: of one key the last spelling.
        spelt = {words.key: " ".join(words.marked) for words in spellings(name.name)}
        for key, marked in spelt.items():
            day.names[key].append(_Borne(area, marked, name.kind))
    return day


def _named(day: _Day, text: str) -> Iterator[KnownArea]:
    for way in readings(text):
        marked = " ".join(way.words.marked)
        for borne in day.names.get(way.words.key, ()):
            if way.words.has_marks and borne.marked != marked:
                continue
            if way.kind is None or borne.kind in kinds_meant(way.kind):
                yield borne.area


def _path(covered: Covered) -> str:
    return covered.path if isinstance(covered, Own) else covered
