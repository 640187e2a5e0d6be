"""What may happen to an uploaded roster: checked, applied, withdrawn."""

import enum
from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import import_errors as errors


class ImportPolicy(enum.StrEnum):
    """What becomes of a file with faults."""

    ALL_OR_NOTHING = "all_or_nothing"
    VALID_ROWS = "valid_rows"
    STOP_AT_FIRST_ERROR = "stop_at_first_error"


class ImportState(enum.StrEnum):
    """How far a batch has come."""

    RECEIVED = "received"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RefusalReason(enum.StrEnum):
    """Why a batch took no effect."""

    FAULTY_ROWS = "faulty_rows"
    CHANGED_MEANWHILE = "changed_meanwhile"


class Upload(NamedTuple):
    """A file as it came: how it is recognised, for which unit, to be dealt with how."""

    digest: str
    unit_id: UUID
    unit_path: str
    policy: ImportPolicy
    dry_run: bool
    rows: int
    refused_columns: int
    received_by: str


class Findings(NamedTuple):
    """What the check of all rows found."""

    planned_rows: int
    unchanged_rows: int
    faulty_rows: int
    faults: int
    chunks: int
    covers: int = 0


class Applied(NamedTuple):
    """What one chunk of rows brought; ``skipped`` rows could no longer be taken.

    ``covers`` are the forces whose areas it said; of ``uncovered`` rows they could no
    longer be said.
    """

    rows: int
    members: tuple[UUID, ...]
    force_units: tuple[UUID, ...]
    established: tuple[UUID, ...]
    persons: tuple[UUID, ...]
    skipped: tuple[int, ...]
    joined: tuple[UUID, ...] = ()
    covers: tuple[UUID, ...] = ()
    uncovered: tuple[int, ...] = ()


class ImportBatch(Aggregate):
    """One uploaded roster with all that it brought, so that it can be taken back.

    What stands in the file is no part of it: that lies sealed beside the events.
    """

    TOPIC = "registry.import_batch"

    class Event(Aggregate.Event):
        TOPIC = "registry.import_batch.event"

    class Received(Event, AggregateCreated):
        TOPIC = "registry.import_batch.received"
        digest: str
        unit_id: UUID
        unit_path: str
        policy: str
        dry_run: bool
        rows: int
        refused_columns: int
        received_by: str

    class Checked(Event):
        TOPIC = "registry.import_batch.checked"
        planned_rows: int
        unchanged_rows: int
        faulty_rows: int
        faults: int
        chunks: int
        # Forces whose areas the file says otherwise than the register.
        covers: int = 0

    class RowsApplied(Event):
        TOPIC = "registry.import_batch.rows_applied"
        chunk: int
        rows: int
        members: tuple[UUID, ...]
        force_units: tuple[UUID, ...]
        established: tuple[UUID, ...]
        persons: tuple[UUID, ...]
        skipped: tuple[int, ...]
        # People who were known before and serve once more by this chunk.
        joined: tuple[UUID, ...] = ()
        covers: tuple[UUID, ...] = ()
        uncovered: tuple[int, ...] = ()

    class Completed(Event):
        TOPIC = "registry.import_batch.completed"
        rows: int
        members: int
        established: int

    class Refused(Event):
        TOPIC = "registry.import_batch.refused"
        reason: str

    class Withdrawn(Event):
        TOPIC = "registry.import_batch.withdrawn"
        withdrawn_by: str
        members: int
        established: int
        kept: tuple[UUID, ...]

    class FileDestroyed(Event):
        TOPIC = "registry.import_batch.file_destroyed"
        destroyed_on: date

    @classmethod
    def receive(cls, batch_id: UUID, upload: Upload) -> "ImportBatch":
        """Take a file in."""
        return cls._create(
            cls.Received,
            id=batch_id,
            digest=upload.digest,
            unit_id=upload.unit_id,
            unit_path=upload.unit_path,
            policy=upload.policy.value,
            dry_run=upload.dry_run,
            rows=upload.rows,
            refused_columns=upload.refused_columns,
            received_by=upload.received_by,
        )

    @event(Received)
    def __init__(
        self, *, unit_id: UUID, policy: str, dry_run: bool, received_by: str
    ) -> None:
        self.unit_id = unit_id
        self.policy = ImportPolicy(policy)
        self.dry_run = dry_run
        self.received_by = received_by
        self.state = ImportState.RECEIVED
        self.chunks = 0
        self.next_chunk = 0
        self.rows_applied = 0
        self.members: list[UUID] = []
        self.force_units: set[UUID] = set()
        self.established: list[UUID] = []
        self.persons: list[UUID] = []
        self.joined: set[UUID] = set()
        self.file_is_kept = True

    def check(self, found: Findings) -> None:
        """Say what the check found, and refuse the batch where its policy says so.

        A second check of the same batch changes nothing.
        """
        if self.state is not ImportState.RECEIVED:
            return
        self.trigger_event(
            self.Checked,
            planned_rows=found.planned_rows,
            unchanged_rows=found.unchanged_rows,
            faulty_rows=found.faulty_rows,
            faults=found.faults,
            chunks=found.chunks,
            covers=found.covers,
        )
        if self.dry_run:
            return
        strict = self.policy is ImportPolicy.ALL_OR_NOTHING
        nothing = found.planned_rows + found.unchanged_rows == 0
        if found.faulty_rows and (strict or nothing):
            self.trigger_event(self.Refused, reason=RefusalReason.FAULTY_ROWS.value)
        elif found.chunks == 0:
            self._complete()

    def apply(self, chunk: int, applied: Applied) -> None:
        """Take a chunk of rows as applied; the last one completes the batch."""
        self.trigger_event(
            self.RowsApplied,
            chunk=chunk,
            rows=applied.rows,
            members=applied.members,
            force_units=applied.force_units,
            established=applied.established,
            persons=applied.persons,
            skipped=applied.skipped,
            joined=applied.joined,
            covers=applied.covers,
            uncovered=applied.uncovered,
        )
        if self.next_chunk == self.chunks:
            self._complete()

    def refuse(self, reason: RefusalReason) -> None:
        """End a batch whose rows were taken back, or never came to anything."""
        self.trigger_event(self.Refused, reason=reason.value)

    def withdraw(self, *, by: str, kept: Collection[UUID]) -> None:
        """Take back all that the batch brought, but for what is kept.

        Raises ImportNotApplied.
        """
        self.refuse_unless_applied()
        stays = [one for one in (*self.members, *self.established) if one in kept]
        self.trigger_event(
            self.Withdrawn,
            withdrawn_by=by,
            members=sum(one not in kept for one in self.members),
            established=sum(one not in kept for one in self.established),
            kept=tuple(stays),
        )

    def refuse_unless_applied(self) -> None:
        """Let what was applied be taken back. Raises ImportNotApplied."""
        if self.state is not ImportState.APPLIED:
            raise errors.ImportNotApplied(state=self.state.value)

    def destroy_file(self, on: date) -> None:
        """Say that what was sent can no longer be opened; once."""
        if self.file_is_kept:
            self.trigger_event(self.FileDestroyed, destroyed_on=on)

    @property
    def is_to_be_applied(self) -> bool:
        """Whether chunks are waiting."""
        waiting = self.state in {ImportState.CHECKED, ImportState.APPLYING}
        return waiting and not self.dry_run

    def _complete(self) -> None:
        self.trigger_event(
            self.Completed,
            rows=self.rows_applied,
            members=len(self.members),
            established=len(self.established),
        )

    @event(Checked)
    def _take_findings(self, chunks: int) -> None:
        self.state = ImportState.CHECKED
        self.chunks = chunks

    @event(RowsApplied)
    def _take_rows(  # noqa: PLR0913, PLR0917 - the fields of the event
        self,
        chunk: int,
        rows: int,
        members: tuple[UUID, ...],
        force_units: tuple[UUID, ...],
        established: tuple[UUID, ...],
        persons: tuple[UUID, ...],
        joined: tuple[UUID, ...],
    ) -> None:
        self.state = ImportState.APPLYING
        self.next_chunk = chunk + 1
        self.rows_applied += rows
        self.members.extend(members)
        self.force_units.update(force_units)
        self.established.extend(established)
        self.persons.extend(persons)
        self.joined.update(joined)

    @event(Completed)
    def _end_well(self) -> None:
        self.state = ImportState.APPLIED

    @event(Refused)
    def _end_without_effect(self) -> None:
        self.state = ImportState.REFUSED

    @event(Withdrawn)
    def _end_taken_back(self) -> None:
        self.state = ImportState.WITHDRAWN

    @event(FileDestroyed)
    def _lose_file(self) -> None:
        self.file_is_kept = False
