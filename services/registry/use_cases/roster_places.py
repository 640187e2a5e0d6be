"""Which unit and which force unit does a row of a roster mean? Asked by its check."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from services.chassis.text import fold
from services.registry.documents.roster_cells import RosterRow
from services.registry.domain import import_errors as errors
from services.registry.domain.force_types import ForceType
from services.registry.read_models.import_lookup import KnownTeam
from services.registry.use_cases.establish_force_unit import one_of_unit
from services.registry.use_cases.roster_plan import PlannedTeam
from services.unit_directory.lineage import has_begun, whole_line, with_absorbed
from services.unit_directory.name_index import Likeness
from services.unit_directory.tree import Unit, UnitTree, lies_within
from services.unit_directory.unit_finder import Asked, Found, unit_typed

_CODE: Final = re.compile(r"\s*([0-9A-Z.]{2,12})\s*(?:[-–].*)?", re.DOTALL)
_TOLD: Final = 10
_UNCLEAR: Final = (errors.UnitNotFound, errors.UnitNameAmbiguous, errors.UnitToChoose)
# The same few names come back row after row.
_folded: Final = lru_cache(maxsize=10_000)(fold)


class Placed(NamedTuple):
    """A row with its force unit, the unit of that, and the unit that the row names.

    They differ where one took the other over whole.
    """

    row: RosterRow
    unit: Unit
    team: PlannedTeam
    named: Unit


class UnitFinder:
    """Finds units of one area by code or name on a day; a split or a twin is asked.

    What no unit of the day is called goes to the finder of typed names: former names,
    old codes, short forms.
    """

    def __init__(self, tree: UnitTree, root_id: UUID) -> None:
        self._tree = tree
        self._paths = tree.covers(root_id)
        self._remarks: dict[tuple[str, date], str] = {}
        covered = set(self._paths)
        self._by_code: dict[str, list[Unit]] = {}
        self._by_name: dict[str, set[UUID]] = {}
        self._units: dict[UUID, Unit] = {}
        for unit in tree:
            if _is_below(unit.path, covered):
                self._units[unit.id] = unit
                self._by_code.setdefault(unit.code, []).append(unit)
                for name in _names(unit):
                    self._by_name.setdefault(fold(name), set()).add(unit.id)
        self._known: dict[tuple[str, date], Unit | Exception] = {}

    def find(self, text: str, on: date) -> Unit:
        """Return the one unit that is meant.

        Raises UnitNotFound, UnitNameAmbiguous, UnitToChoose.
        """
        key = (text, on)
        if key not in self._known:
            try:
                self._known[key] = self._find(text, on)
            except _UNCLEAR as refusal:
                self._known[key] = refusal
        found = self._known[key]
        if isinstance(found, Exception):
            raise found
        return found

    def _find(self, text: str, on: date) -> Unit:
        code = _CODE.fullmatch(text)
        found = self._by_code.get(code.group(1), []) if code else []
        if not found:
            found = [self._units[one] for one in self._by_name.get(fold(text), ())]
        found = [unit for unit in found if unit.in_force(on)]
        if not found:
            return self._of_other_days(text, code.group(1) if code else text, on)
        if len(found) > 1:
            codes = ", ".join(sorted(unit.code for unit in found)[:_TOLD])
            raise errors.UnitNameAmbiguous(count=len(found), codes=codes)
        return found[0]

    def remark(self, text: str, on: date) -> str | None:
        """Return what a text was taken to mean, where that is not plain from it."""
        return self._remarks.get((text, on))

    def _of_other_days(self, text: str, typed: str, on: date) -> Unit:
        asked = Asked(typed, on, within=self._paths)
        found = unit_typed(self._tree, asked, _TOLD)
        unit = found.unit
        if unit is not None and lies_within(unit.path, self._paths):
            named = f"{unit.code} - {unit.named(on).name}"
            until = found.matches[0].until
            old = f" ({found.matches[0].text}, đến {until:%d/%m/%Y})" if until else ""
            self._remarks[text, on] = f"hiểu là {named}{old}"
            return unit
        candidates = self._candidates(found, on)
        if not candidates:
            raise errors.UnitNotFound(on=on)
        told = [f"{unit.code} - {unit.named(on).name}" for unit in candidates]
        raise errors.UnitToChoose(candidates="; ".join(told[:_TOLD]))

    def _candidates(self, found: Found, on: date) -> list[Unit]:
        """Return the units of the day to which near matches come.

        Of a unit that began later, those out of which it was made: who serves since
        2024 in a commune of 2025 was taken in by one of its predecessors.
        """
        near = [m for m in found.matches if m.likeness <= Likeness.INITIALS]
        meant = [
            unit
            for match in near
            for unit in (match.unit, *(heir.unit for heir in match.heirs))
        ]
        for unit in meant:  # grows while it is read
            if not has_begun(unit, on):
                before = (self._tree.get(one.unit_id) for one in unit.predecessors)
                meant += [one for one in before if one and one not in meant]
        units = {
            unit.id: unit
            for unit in meant
            if unit.in_force(on) and lies_within(unit.path, self._paths)
        }
        return list(units.values())


def _is_below(path: str, covered: set[str]) -> bool:
    while path:
        if path in covered:
            return True
        path = path.rpartition(".")[0]
    return False


def _names(unit: Unit) -> Iterable[str]:
    yield unit.name
    yield unit.bare_name
    for later in unit.later_names:
        yield later.name
        yield later.bare_name


class TeamFinder:
    """Finds the force unit of a row among those there are, or plans a new one.

    A new one begins on the first day that a row of the file gives it. A force whose
    unit another one took over whole by today is found under both, whatever the row's
    day: a roster lists who serves in a commune as it is made up now.
    """

    def __init__(
        self, batch_id: UUID, tree: UnitTree, known: Iterable[KnownTeam], today: date
    ) -> None:
        self._batch_id = batch_id
        self._tree = tree
        self._today = today
        self._known: dict[tuple[UUID, str], list[KnownTeam]] = {}
        for team in known:
            for unit in whole_line(tree, tree.unit(team.unit_id), today):
                place = (unit.id, team.force_type)
                self._known.setdefault(place, []).append(team)
        self._new_ids: dict[tuple[UUID, str, str], UUID] = {}
        self._first_days: dict[tuple[UUID, str, str], set[date]] = {}

    def announce(self, row: RosterRow, unit_id: UUID) -> None:
        """Take note of a day on which a force has to exist."""
        days = self._first_days.setdefault(_key(row, unit_id), set())
        days.add(row.first_day)

    def first_days(self, row: RosterRow, unit_id: UUID) -> list[date]:
        """Return the days that rows give the force of a row, the earliest first."""
        return sorted(self._first_days.get(_key(row, unit_id), ()))

    def find(self, row: RosterRow, unit_id: UUID) -> PlannedTeam:
        """Return the force unit of a row. Raises TeamAmbiguous."""
        bearing = [
            team
            for team in self._known.get((unit_id, row.force.code), ())
            if _bears(team, row)
        ]
        there = [team for team in bearing if team.exists_on(row.first_day)]
        if not there:  # no second one under the name of one that began later
            there = [team for team in bearing if team.begins_after(row.first_day)]
        if len(there) > 1:
            raise errors.TeamAmbiguous(count=len(there))
        if there:
            one = there[0]
            return PlannedTeam(one.id, row.force.code, one.unit_id, one.name, None)
        home = self._planned_home(row, unit_id)
        return PlannedTeam(
            self._new_id(row, home),
            row.force.code,
            home,
            row.team_name,
            self.first_days(row, home)[0],
        )

    def _planned_home(self, row: RosterRow, unit_id: UUID) -> UUID:
        """Return where rows of earlier days set the same force up, if one unit does.

        Raises TeamAmbiguous.
        """
        if row.force.one_per_unit:
            return unit_id
        asked = self._tree.unit(unit_id)
        homes = [
            unit.id
            for unit in with_absorbed(self._tree, asked, self._today)
            if unit.id != unit_id and _key(row, unit.id) in self._first_days
        ]
        if len(homes) > 1:
            raise errors.TeamAmbiguous(count=len(homes))
        return homes[0] if homes else unit_id

    def _new_id(self, row: RosterRow, unit_id: UUID) -> UUID:
        if row.force.one_per_unit:
            return one_of_unit(row.force, unit_id)
        key = _key(row, unit_id)
        if key not in self._new_ids:
            name = f"team:{key[0]}:{key[1]}:{key[2]}"
            self._new_ids[key] = uuid5(self._batch_id, name)
        return self._new_ids[key]


def _key(row: RosterRow, unit_id: UUID) -> tuple[UUID, str, str]:
    return unit_id, row.force.code, _name_key(row.force, row.team_name)


def _name_key(force: ForceType, name: str | None) -> str:
    return "" if force.one_per_unit else _folded(name or "")


def _bears(team: KnownTeam, row: RosterRow) -> bool:
    """Tell whether a team bears the row's name; a row without one means any."""
    wanted = _name_key(row.force, row.team_name)
    return not wanted or wanted == _folded(team.name or "")
