"""The check of an uploaded roster: every row tried on the rules, nothing changed.

Rules are those of the aggregates: each row is enrolled in memory, and what a force unit
refuses becomes a fault of the row's cell.
"""

import math
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID, uuid5

import sqlalchemy as sa

from services.chassis.errors import DomainError
from services.chassis.event_store import EventLog
from services.registry.documents.roster_cells import Fault, RosterRow, RowReader
from services.registry.documents.roster_sheet import Layout, Row
from services.registry.domain.conditions import refuse_too_young
from services.registry.domain.decision import Decision
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.import_batch import Findings, ImportPolicy
from services.registry.domain.values import Period
from services.registry.person_vault import PersonVault
from services.registry.read_models.import_lookup import teams_of
from services.registry.use_cases.roster_areas import TeamAreas
from services.registry.use_cases.roster_forces import ForcesInMemory, enrol
from services.registry.use_cases.roster_people import PeopleFinder
from services.registry.use_cases.roster_places import Placed, TeamFinder, UnitFinder
from services.registry.use_cases.roster_plan import (
    CHUNK_ROWS,
    Checked,
    PlannedChunk,
    PlannedCover,
    PlannedRow,
    stored,
)
from services.registry.use_cases.roster_quota import beyond_quota
from services.unit_directory.lineage import life_with_heirs, with_absorbed
from services.unit_directory.tree import Unit, UnitTree

# Where a refusal of an aggregate stands in the sheet.
_COLUMN_OF: Final = {
    "birth_date": "birth_date",
    "post": "post",
    "enrolled_on": "first_day",
    "established_on": "first_day",
    "unit": "unit",
    "decision": "decision_number",
    "decided_on": "decision_date",
    "force_unit_id": "areas",
    "area_ids": "areas",
    "assigned_on": "areas_from",
}
_LAST_STEP: Final = re.compile(r"(\w+)$")


T = TypeVar("T")
# Puts a question to the database by itself: no transaction waits while rows are tried.
Ask = Callable[[Callable[[sa.Connection], Any]], Any]


class Grounds(NamedTuple):
    """What a check stands on."""

    ask: Ask
    tree: UnitTree
    vault: PersonVault
    log: EventLog
    today: date


class Asked(NamedTuple):
    """Whose check it is: the batch, the unit whose area it may touch, its policy."""

    batch_id: UUID
    unit_id: UUID
    policy: ImportPolicy


def check_roster(
    grounds: Grounds,
    asked: Asked,
    layout: Layout,
    pages: Sequence[Sequence[Row]],
) -> Checked:
    """Check all rows of a file and plan what is to be done with them."""
    reader = RowReader(layout, grounds.today)
    read = [reader.read(row) for page in pages for row in page]
    check = _Check(grounds, asked)
    check.faults += [fault for one in read if isinstance(one, list) for fault in one]
    rows = [one for one in read if isinstance(one, RosterRow)]
    placed = check.with_areas(check.placed(check.in_units(rows)))
    return check.planned(check.tried(placed))


class _Check:
    """One check on its way; faults gather from step to step."""

    def __init__(self, grounds: Grounds, asked: Asked) -> None:
        self._grounds = grounds
        self._asked = asked
        self._forces = ForcesInMemory(grounds.log, grounds.today)
        self._teams = TeamFinder(asked.batch_id, grounds.tree, (), grounds.today)
        self._areas = TeamAreas(grounds.ask, grounds.tree, asked.unit_id, grounds.today)
        self._unchanged = 0
        self.faults: list[Fault] = []

    def in_units(self, rows: Sequence[RosterRow]) -> list[tuple[RosterRow, Unit]]:
        """Find the unit of every row."""
        finder = UnitFinder(self._grounds.tree, self._asked.unit_id)
        found = []
        for row in rows:
            try:
                found.append((row, finder.find(row.unit, row.first_day)))
            except DomainError as refusal:
                self.faults.append(Fault(row.number, "unit", refusal))
        return found

    def placed(self, rows: Sequence[tuple[RosterRow, Unit]]) -> list[Placed]:
        """Find the force unit of every row, and load those that there are."""
        tree = self._grounds.tree
        named = {unit.id: unit for _, unit in rows}.values()
        # What a unit will take over later is not its own yet.
        today = self._grounds.today
        places = {one.id for unit in named for one in with_absorbed(tree, unit, today)}
        known = self._grounds.ask(lambda conn: teams_of(conn, places))
        self._teams = TeamFinder(self._asked.batch_id, tree, known, today)
        for row, unit in rows:
            self._teams.announce(row, unit.id)
        found = []
        for row, unit in rows:
            try:
                team = self._teams.find(row, unit.id)
                found.append(Placed(row, tree.unit(team.unit_id), team, unit))
            except DomainError as refusal:
                self.faults.append(Fault(row.number, "team_name", refusal))
        self._forces.load({one.team.id for one in found})
        return found

    def with_areas(self, placed: Sequence[Placed]) -> list[Placed]:
        """Find the areas that rows say; return the rows that are in order."""
        kept = self._areas.read(placed)
        self.faults += self._areas.faults
        return kept

    def tried(self, placed: Sequence[Placed]) -> list[PlannedRow]:
        """Enrol every row in memory; return those that are let in and new."""
        rows = [one.row for one in placed]
        people = PeopleFinder(self._grounds.ask, self._grounds.vault, rows)
        planned = []
        for one in placed:
            try:
                if people.is_there_already(one.row, one.team.id):
                    if one.row.areas is not None:
                        self._covering(one)
                    self._unchanged += 1
                else:
                    planned.append(self._enrolled(one, people))
                self._areas.take(one)
            except DomainError as refusal:
                self.faults.append(_fault(one.row, refusal))
        return self._within_quota(planned)

    def _within_quota(self, rows: list[PlannedRow]) -> list[PlannedRow]:
        given = self._grounds
        over = beyond_quota(given.ask, given.tree, self._forces.teams, rows)
        numbers = {one.row.number for one in over}
        self.faults += [Fault(one.row.number, None, one.refusal) for one in over]
        return [row for row in rows if row.number not in numbers]

    def _enrolled(self, one: Placed, people: PeopleFinder) -> PlannedRow:
        row, today = one.row, self._grounds.today
        refuse_too_young(
            row.birth_date, one.team.force_type, row.first_day, "birth_date"
        )
        known = people.known(row)
        people.refuse_double_service(row, one.team.id, known)
        member_id = uuid5(self._asked.batch_id, f"member:{row.number}")
        planned = PlannedRow(
            number=row.number,
            team_id=one.team.id,
            member_id=member_id,
            person_id=known.id if known else member_id,
            post=row.post.value,
            first_day=row.first_day,
            record=None if known else people.record(row),
            known=known,
            decision=_decision(row),
        )
        life = Period(*life_with_heirs(self._grounds.tree, one.unit))
        enrol(self._covering(one), planned, life, today)
        return planned

    def _covering(self, one: Placed) -> ForceUnit:
        """Return the force unit of a row, which may cover what the row says."""
        row = one.row
        days = self._teams.first_days(row, one.unit.id)
        force_unit = self._forces.standing(one.team, one.unit, days, row.first_day)
        self._areas.try_on(one, force_unit)
        return force_unit

    def planned(self, rows: list[PlannedRow]) -> Checked:
        """Return what is to be done, as far as the policy lets it be done."""
        faults = sorted(self.faults, key=lambda fault: fault.row)
        faulty = {fault.row for fault in faults}
        end = self._end(faulty)
        rows = [row for row in rows if row.number < end]
        covers = [one for one in self._covers(rows) if one.row < end]
        chunks = list(self._chunks(rows, covers))
        findings = Findings(
            planned_rows=len(rows),
            unchanged_rows=self._unchanged,
            faulty_rows=len(faulty),
            faults=len(faults),
            chunks=len(chunks),
            covers=len(covers),
        )
        return Checked(findings, chunks, [stored(fault) for fault in faults])

    def _end(self, faulty: Collection[int]) -> float:
        """Return before which row the policy lets rows in."""
        policy = self._asked.policy
        if not faulty or policy is ImportPolicy.VALID_ROWS:
            return math.inf
        return 0 if policy is ImportPolicy.ALL_OR_NOTHING else min(faulty)

    def _covers(self, rows: Sequence[PlannedRow]) -> list[PlannedCover]:
        """Return whose areas are to be said: of forces that stand, or will by rows."""
        begun = {row.team_id for row in rows}
        stand = {
            one.id
            for one in self._forces.teams.values()
            if one.established_on is None or one.id in begun
        }
        return self._areas.planned(stand)

    def _chunks(
        self, rows: Sequence[PlannedRow], covers: Sequence[PlannedCover]
    ) -> Iterator[PlannedChunk]:
        """Part the work; areas are said with the first rows of their force."""
        waiting = {one.team_id: one for one in covers}
        for some in _parts(rows, CHUNK_ROWS):
            ids = dict.fromkeys(row.team_id for row in some)
            said = [waiting.pop(one) for one in ids if one in waiting]
            yield PlannedChunk([self._forces.teams[one] for one in ids], some, said)
        for more in _parts(list(waiting.values()), CHUNK_ROWS):
            teams = [self._forces.teams[one.team_id] for one in more]
            yield PlannedChunk(teams, [], more)


def _parts(items: Sequence[T], size: int) -> Iterator[list[T]]:
    for at in range(0, len(items), size):
        yield list(items[at : at + size])


def _decision(row: RosterRow) -> Decision | None:
    number, day, issuer = row.decision_number, row.decision_date, row.decision_issuer
    if number is None or day is None or issuer is None:
        return None
    return Decision(number, day, issuer)


def _fault(row: RosterRow, refusal: DomainError) -> Fault:
    """Place a refusal of an aggregate in the sheet, by the last step of its field."""
    step = _LAST_STEP.search(refusal.field or "")
    column = _COLUMN_OF.get(step.group(1)) if step else None
    if column == "areas_from" and row.areas_from is None:
        column = "areas"
    return Fault(row.number, column, refusal)
