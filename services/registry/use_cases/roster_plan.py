"""What is to be done with the rows of a roster, decided once when they are checked.

It lies sealed beside the batch, so that a process that takes over goes on with the very
same ids and days.
"""

from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from services.chassis.errors import DomainError
from services.registry.documents.annotated_roster import ToldFault
from services.registry.documents.roster_cells import Fault
from services.registry.domain.decision import Decision
from services.registry.domain.import_batch import Findings
from services.registry.person_vault import PersonRecord

CHUNK_ROWS: Final = 250
FAULTS_A_PAGE: Final = 500


class KnownPerson(msgspec.Struct, frozen=True):
    """Somebody whom the register knows."""

    id: UUID


class PlannedTeam(msgspec.Struct, frozen=True):
    """A force unit that rows go into; ``established_on`` when it is yet to be set up.

    ``anew`` when one stood under this id whose establishment was withdrawn.
    """

    id: UUID
    force_type: str
    unit_id: UUID
    name: str | None
    established_on: date | None
    anew: bool = False


class PlannedRow(msgspec.Struct, frozen=True):
    """A row to be enrolled: of somebody new (``record``) or ``known``."""

    number: int
    team_id: UUID
    member_id: UUID
    person_id: UUID
    post: str
    first_day: date
    record: PersonRecord | None
    known: KnownPerson | None
    decision: Decision | None


class PlannedCover(msgspec.Struct, frozen=True):
    """The areas that a force unit covers from a day on, as a row says."""

    team_id: UUID
    area_ids: list[UUID]
    on: date
    row: int


class PlannedChunk(msgspec.Struct, frozen=True):
    """What enters in one transaction: rows, areas, and the force units of both."""

    teams: list[PlannedTeam]
    rows: list[PlannedRow]
    covers: list[PlannedCover] = []


class StoredFault(msgspec.Struct, frozen=True):
    """A fault in the words in which it is told."""

    row: int
    column: str | None
    code: str
    message_vi: str
    message_en: str

    @property
    def told(self) -> ToldFault:
        """The fault as the annotated workbook tells it."""
        return ToldFault(self.row, self.column, self.code, self.message_vi)


class Checked(NamedTuple):
    """The outcome of a check: what to do, what cannot be done and why."""

    findings: Findings
    chunks: list[PlannedChunk]
    faults: list[StoredFault]


def stored(fault: Fault) -> StoredFault:
    """Return a fault in its words."""
    return worded(fault.row, fault.column, fault.refusal)


def worded(row: int, column: str | None, refusal: DomainError) -> StoredFault:
    """Return why a row or one of its cells cannot be taken."""
    told = refusal.problem("")
    return StoredFault(
        row, column, refusal.code, str(told["message_vi"]), str(told["message_en"])
    )


def pages(items: list[StoredFault]) -> list[list[StoredFault]]:
    """Return faults page by page."""
    return [
        items[at : at + FAULTS_A_PAGE] for at in range(0, len(items), FAULTS_A_PAGE)
    ]
