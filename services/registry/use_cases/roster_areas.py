"""Which residential areas do the teams of a roster cover? Asked by its check.

A file without the column asks nothing. What a team covers already is not said again.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.errors import DomainError
from services.registry.documents.roster_cells import Fault, RosterRow
from services.registry.domain import force_areas
from services.registry.domain.force_errors import AreaOfAnotherUnit
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.roster_area_errors import (
    AreaNotFound,
    AreasContradict,
    AreaToChoose,
)
from services.registry.read_models.area_finding import AreaSought, find_areas
from services.registry.read_models.roster_areas import (
    CoveredByTeams,
    KnownArea,
    areas_in,
    covered_by,
)
from services.registry.use_cases.circumstances import holder_of
from services.registry.use_cases.roster_area_names import (
    AreaNames,
    places_of,
    reaches_of,
)
from services.registry.use_cases.roster_places import Placed
from services.registry.use_cases.roster_plan import PlannedCover
from services.unit_directory.name_keys import is_said_to_be_old
from services.unit_directory.tree import Unit, UnitTree
from services.unit_directory.typed_places import as_said
from services.unit_directory.unit_finder import paths_named

_TOLD: Final = 10
Ask = Callable[[Callable[[sa.Connection], Any]], Any]


class Said(NamedTuple):
    """What a row says of its team."""

    areas: frozenset[UUID]
    on: date


class TeamAreas:
    """What the rows of one file say; faults gather until they are taken."""

    def __init__(self, ask: Ask, tree: UnitTree, root_id: UUID, today: date) -> None:
        self._ask = ask
        self._tree = tree
        self._within = tree.covers(root_id)
        self._today = today
        self._areas: dict[UUID, KnownArea] = {}
        self._names = AreaNames(tree, ())
        self._found: dict[tuple[UUID, str, date], KnownArea | list[str]] = {}
        self._covered = CoveredByTeams({})
        self._said: dict[int, Said] = {}
        self._tried: dict[UUID, DomainError | None] = {}
        self._covers: dict[UUID, PlannedCover] = {}
        self.faults: list[Fault] = []

    def read(self, placed: Sequence[Placed]) -> list[Placed]:
        """Find the areas of every row; return the rows that have no fault in it."""
        telling = [one for one in placed if one.row.areas is not None]
        if not telling:
            return list(placed)
        named = {one.named.id: one.named for one in telling}
        paths = places_of(self._tree, named.values())
        areas = self._ask(partial(areas_in, paths=paths))
        self._areas = {area.id: area for area in areas}
        self._names = AreaNames(self._tree, areas)
        teams = {one.team.id for one in telling}
        self._covered = self._ask(partial(covered_by, team_ids=teams))
        for one in telling:
            self._read(one)
        self._refuse_contradictions(telling)
        faulty = {fault.row for fault in self.faults}
        return [one for one in placed if one.row.number not in faulty]

    def try_on(self, one: Placed, force_unit: ForceUnit) -> None:
        """Say in memory what a row says. Raises as `force_areas.assign_areas` does."""
        said = self._said.get(one.row.number)
        if said is None or self._is_so(one.team.id, said):
            return
        if one.team.id not in self._tried:
            self._tried[one.team.id] = self._refusal(force_unit, said)
        refusal = self._tried[one.team.id]
        if refusal is not None:
            raise refusal

    def take(self, one: Placed) -> None:
        """Take note of a row that was let in: what it says is to be done."""
        said = self._said.get(one.row.number)
        if said is not None and not self._is_so(one.team.id, said):
            ids = sorted(said.areas, key=lambda area: (self._areas[area].number, area))
            self._covers.setdefault(
                one.team.id, PlannedCover(one.team.id, ids, said.on, one.row.number)
            )

    def planned(self, teams: Collection[UUID]) -> list[PlannedCover]:
        """Return what is to be done with teams, in the order of the file."""
        found = (one for team, one in self._covers.items() if team in teams)
        return sorted(found, key=lambda one: one.row)

    def _read(self, one: Placed) -> None:
        on = one.row.areas_from or self._today
        found = set()
        for place, text in enumerate(one.row.areas or (), 1):
            area = self._area(one.named, text, on)
            if isinstance(area, KnownArea):
                found.add(area.id)
            else:
                refusal = _unclear(place, area, on)
                self.faults.append(Fault(one.row.number, "areas", refusal))
        self._said[one.row.number] = Said(frozenset(found), on)

    def _area(self, unit: Unit, text: str, on: date) -> KnownArea | list[str]:
        """Return the one area that is meant, or what may be."""
        key = (unit.id, text, on)
        if key not in self._found:
            self._found[key] = self._sought(unit, text, on)
        return self._found[key]

    def _sought(self, unit: Unit, text: str, on: date) -> KnownArea | list[str]:
        if not is_said_to_be_old(text):
            bearing = self._names.find(unit, text, on)
            if len(bearing) == 1:
                return bearing[0]
            if bearing:
                return list(self._labels(unit, [one.id for one in bearing], on))
        said = as_said(text)
        above = [paths_named(self._tree, one, on, self._within) for one in said.above]
        matches: list[UUID] = []
        for reach in reaches_of(self._tree, unit, on):
            places = (self._tree.covers(reach.id), *above)
            sought = AreaSought(said.name, on, places, said.is_old)
            found = self._ask(partial(find_areas, sought=sought, first=_TOLD))
            if found.area_id in self._areas:
                return self._areas[found.area_id]
            matches += [one.id for one in found.matches]
        return list(self._labels(unit, list(dict.fromkeys(matches)), on))

    def _labels(self, unit: Unit, ids: Sequence[UUID], on: date) -> Iterator[str]:
        for area_id in ids[:_TOLD]:
            label = self._names.label(unit, area_id, on)
            if label is not None:
                yield label

    def _refuse_contradictions(self, telling: Sequence[Placed]) -> None:
        """Let all rows of a team that say anything say the same.

        Nobody knows which of them is right: all of them are at fault.
        """
        by_team: dict[UUID, list[RosterRow]] = {}
        faulty = {fault.row for fault in self.faults}
        for one in telling:
            if one.row.number not in faulty:
                by_team.setdefault(one.team.id, []).append(one.row)
        for rows in by_team.values():
            first = rows[0]
            others = [row for row in rows if self._differ(row, first)]
            for row in rows if others else ():
                against = first if self._differ(row, first) else others[0]
                refusal = AreasContradict(other_row=against.number)
                self.faults.append(Fault(row.number, "areas", refusal))

    def _differ(self, one: RosterRow, other: RosterRow) -> bool:
        return self._said[one.number] != self._said[other.number]

    def _is_so(self, team_id: UUID, said: Said) -> bool:
        covered = self._covered.on(team_id, said.on)
        return covered is not None and said.areas == set(covered.area_ids)

    def _refusal(self, force_unit: ForceUnit, said: Said) -> DomainError | None:
        holder = holder_of(self._tree, force_unit, self._today)
        force = FORCE_TYPES[force_unit.force_type]
        ids = list(said.areas)
        try:
            for area_id in ids:
                if not self._tree.within(
                    (holder,), self._areas[area_id].homes[-1].unit_id
                ):
                    raise AreaOfAnotherUnit(field="$.area_ids", area_id=area_id)
            force_areas.assign_areas(
                force_unit, force, ids, on=said.on, today=self._today
            )
        except DomainError as refusal:
            return refusal
        return None


def _unclear(place: int, candidates: Sequence[str], on: date) -> DomainError:
    if candidates:
        return AreaToChoose(place=place, candidates="; ".join(candidates))
    return AreaNotFound(place=place, on=on)
