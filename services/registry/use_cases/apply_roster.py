"""A chunk of a checked roster takes effect: forces, people and enrolments at once."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.commands import JointChange
from services.chassis.errors import DomainError
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.force_withdrawal import is_withdrawn
from services.registry.domain.import_batch import Applied, ImportBatch, ImportPolicy
from services.registry.domain.import_errors import ImportUnknown
from services.registry.domain.person import Person
from services.registry.domain.quota import Counted
from services.registry.person_vault import PersonRecord, PersonVault
from services.registry.read_models.quota_guard import Guard, keeping_quota
from services.registry.use_cases.roster_forces import begun, enrol
from services.registry.use_cases.roster_plan import PlannedChunk
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

    loads = {batch_id, *(team.id for team in chunk.teams)}
    return JointChange(
        loads=loads, decide=decide, also=work.keep, guard=_guard(chunk, grounding)
    )


def _guard(chunk: PlannedChunk, grounding: Grounding) -> Guard:
    """Hold the communes of a chunk to their quotas, for teams and for members."""
    ids = [team.id for team in chunk.teams]
    since = min(row.first_day for row in chunk.rows)
    guards = [
        keeping_quota(what, ids, grounding.tree, since=since) for what in _COUNTED
    ]

    def guard(conn: sa.Connection) -> None:
        for keep in guards:
            keep(conn)

    return guard


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
        self.changed: list[Any] = []

    def applied(self, found: Mapping[UUID, Any], *, strict: bool) -> Applied:
        """Enrol the rows; may run again on another state, and begins anew then."""
        units: dict[UUID, ForceUnit] = {}
        places = {team.id: self._given.tree.unit(team.unit_id)
                  for team in self._chunk.teams}  # fmt: skip
        established = []
        for team in self._chunk.teams:
            known: ForceUnit | None = found.get(team.id)
            if known is not None and not (team.anew and is_withdrawn(known)):
                units[team.id] = known
            elif team.established_on is not None:
                place = places[team.id]
                units[team.id] = begun(team, place, self._given.today, known)
                established.append(team.id)
        people: list[Person] = []
        members: list[UUID] = []
        skipped: list[int] = []
        for row in self._chunk.rows:
            unit = units[row.team_id]
            try:
                enrol(unit, row, places[row.team_id], self._given.today)
            except DomainError:
                if strict:
                    raise
                skipped.append(row.number)
                continue
            members.append(row.member_id)
            if row.record is not None:
                people.append(
                    Person.register(
                        row.person_id, on=self._given.today, unit_id=unit.unit_id
                    )
                )
        self._let_in = {person.id for person in people}
        self.changed = [*units.values(), *people]
        return Applied(
            rows=len(members),
            members=tuple(members),
            force_units=tuple(units),
            established=tuple(established),
            persons=tuple(person.id for person in people),
            skipped=tuple(skipped),
        )

    def keep(self, conn: sa.Connection) -> None:
        """Write the records of those who were let in."""
        if len(self._let_in) == len(self._records):
            self._keep_all(conn)
        else:
            kept = {one: self._records[one] for one in self._let_in}
            self._given.vault.keeping(kept)(conn)
