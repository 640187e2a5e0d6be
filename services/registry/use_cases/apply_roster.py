"""A chunk of a checked roster takes effect: forces, people and enrolments at once."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.command_writer import DecideAgain
from services.chassis.commands import JointChange
from services.chassis.errors import DomainError
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.force_withdrawal import is_withdrawn
from services.registry.domain.import_batch import Applied, ImportBatch, ImportPolicy
from services.registry.domain.import_errors import ImportUnknown
from services.registry.domain.person import Person
from services.registry.domain.quota import Counted
from services.registry.domain.values import Period
from services.registry.person_vault import PersonRecord, PersonVault
from services.registry.read_models.guards import Guard, all_of
from services.registry.read_models.one_membership import refused_memberships
from services.registry.read_models.quota_guard import keeping_quota
from services.registry.use_cases.assign_areas import Cover, cover
from services.registry.use_cases.roster_forces import begun, enrol
from services.registry.use_cases.roster_plan import PlannedChunk, PlannedRow
from services.unit_directory.lineage import life_with_heirs
from services.unit_directory.tree import UnitTree

_COUNTED: Final[tuple[Counted, ...]] = ("teams", "members")


class Grounding(NamedTuple):
    """What the application of a chunk stands on."""

    tree: UnitTree
    vault: PersonVault
    today: date


def apply_chunk(
    batch_id: UUID, number: int, chunk: PlannedChunk, grounding: Grounding
) -> JointChange:
    """Decide on one chunk. A row that the rules no longer let in is skipped.

    Where the policy knows no half, its refusal ends the chunk instead.
    """
    work = _Chunk(chunk, grounding)

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Any], bytes]:
        batch: ImportBatch | None = found.get(batch_id)
        if batch is None:
            raise ImportUnknown(batch_id=batch_id)
        applied = work.applied(found, strict=_knows_no_half(batch))
        batch.apply(number, applied)
        return [batch, *work.changed], b"{}"

    known = [row.known for row in chunk.rows if row.known is not None]
    loads = {batch_id, *(team.id for team in chunk.teams), *(one.id for one in known)}
    loads.update(one for cover in chunk.covers for one in cover.area_ids)
    guard = all_of(*_quotas(chunk, grounding), work.keep_one_membership)
    return JointChange(loads=loads, decide=decide, also=work.keep, guard=guard)


def _quotas(chunk: PlannedChunk, grounding: Grounding) -> list[Guard]:
    """Hold the communes of a chunk to their quotas, for teams and for members."""
    if not chunk.rows:
        return []
    ids = [team.id for team in chunk.teams]
    since = min(row.first_day for row in chunk.rows)
    return [keeping_quota(what, ids, grounding.tree, since=since) for what in _COUNTED]


def _knows_no_half(batch: ImportBatch) -> bool:
    return batch.policy is ImportPolicy.ALL_OR_NOTHING


class _Chunk:
    def __init__(self, chunk: PlannedChunk, grounding: Grounding) -> None:
        self._chunk = chunk
        self._given = grounding
        self._records: dict[UUID, PersonRecord] = {
            row.person_id: row.record for row in chunk.rows if row.record is not None
        }
        # Sealed before the transaction: nearly always every row is let in.
        self._keep_all: Callable[[sa.Connection], None] = grounding.vault.keeping(
            self._records
        )
        self._let_in: set[UUID] = set()
        self._known = {row.member_id for row in chunk.rows if row.known is not None}
        self._joining: list[UUID] = []
        self._strict = False
        # Found by the guard; once refused, a row stays out.
        self._refused: set[UUID] = set()
        self.changed: list[Any] = []

    def applied(self, found: Mapping[UUID, Any], *, strict: bool) -> Applied:
        """Enrol the rows; may run again on another state, and begins anew then."""
        units, established = self._standing(found)
        people: dict[UUID, Person] = {}
        members: list[UUID] = []
        skipped: list[int] = []
        for row in self._chunk.rows:
            if row.member_id in self._refused:
                skipped.append(row.number)
                continue
            try:
                person = self._enrolled(row, units[row.team_id], found, people)
            except DomainError:
                if strict:
                    raise
                skipped.append(row.number)
            else:
                members.append(row.member_id)
                people[person.id] = person
        covers, uncovered = self._covered(units, found, strict=strict)
        self._let_in = set(people) & set(self._records)
        self._joining = [one for one in members if one in self._known]
        self._strict = strict
        self.changed = [*units.values(), *people.values()]
        return Applied(
            rows=len(members),
            members=tuple(members),
            force_units=tuple(units),
            established=tuple(established),
            persons=tuple(one for one in people if one in self._records),
            skipped=tuple(skipped),
            joined=tuple(one for one in people if one not in self._records),
            covers=tuple(covers),
            uncovered=tuple(uncovered),
        )

    def _covered(
        self,
        units: Mapping[UUID, ForceUnit],
        found: Mapping[UUID, Any],
        *,
        strict: bool,
    ) -> tuple[list[UUID], list[int]]:
        """Say which areas the forces cover, but for rows that came too late."""
        covers: list[UUID] = []
        uncovered: list[int] = []
        tree, today = self._given.tree, self._given.today
        for one in self._chunk.covers:
            wanted = Cover(one.area_ids, one.on)
            try:
                cover(units[one.team_id], wanted, found, tree, today)
            except DomainError:
                if strict:
                    raise
                uncovered.append(one.row)
            else:
                covers.append(one.team_id)
        return covers, uncovered

    def _standing(
        self, found: Mapping[UUID, Any]
    ) -> tuple[dict[UUID, ForceUnit], list[UUID]]:
        """Return the force units of the chunk, and which of them are new with it."""
        units: dict[UUID, ForceUnit] = {}
        established = []
        for team in self._chunk.teams:
            known: ForceUnit | None = found.get(team.id)
            if known is not None and not (team.anew and is_withdrawn(known)):
                units[team.id] = known
            else:
                place = self._given.tree.unit(team.unit_id)
                units[team.id] = begun(team, place, self._given.today, known)
                established.append(team.id)
        return units, established

    def _enrolled(
        self,
        row: PlannedRow,
        unit: ForceUnit,
        found: Mapping[UUID, Any],
        people: Mapping[UUID, Person],
    ) -> Person:
        today = self._given.today
        place = self._given.tree.unit(unit.unit_on(row.first_day))
        life = Period(*life_with_heirs(self._given.tree, place))
        new = Person.register(row.person_id, on=today, unit_id=unit.unit_on(today))
        person = new
        if row.known is not None:
            person = people.get(row.person_id) or found.get(row.person_id) or new
            person.refuse_gone()
        enrol(unit, row, life, today)
        if row.known is not None:
            person.join(row.member_id, unit.id, on=row.first_day)
        return person

    def keep_one_membership(self, conn: sa.Connection) -> None:
        """Let those known serve once more where they may; else decide without them."""
        refused = refused_memberships(conn, dict.fromkeys(self._joining, "$"))
        if not refused:
            return
        if self._strict:
            raise next(iter(refused.values()))
        self._refused.update(refused)
        raise DecideAgain

    def keep(self, conn: sa.Connection) -> None:
        """Write the records of those who were let in."""
        if len(self._let_in) == len(self._records):
            self._keep_all(conn)
        else:
            kept = {one: self._records[one] for one in self._let_in}
            self._given.vault.keeping(kept)(conn)
