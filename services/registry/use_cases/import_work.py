"""The work on imports behind the doors: check, apply chunk by chunk, destroy files.

A process that takes over goes on where the last one stopped: every step is a command
with an id of its own, and what is to be done lies sealed beside the batch.
"""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, TypeVar
from uuid import UUID, uuid5

import sqlalchemy as sa
import structlog

from services.chassis.calls import CommandKey
from services.chassis.clock import local_today, utc_now
from services.chassis.commands import Change, JointChange
from services.chassis.errors import DomainError, Kind
from services.chassis.mapper import project
from services.chassis.service import Runtime
from services.registry.documents.roster_sheet import Layout, Row
from services.registry.domain.import_batch import (
    Findings,
    ImportBatch,
    ImportState,
    RefusalReason,
)
from services.registry.domain.import_errors import ImportFileDestroyed, ImportUnknown
from services.registry.import_vault import FAULTS, LAYOUT, PLAN, ROWS, ImportVault
from services.registry.person_vault import PersonVault
from services.registry.read_models import import_list
from services.registry.use_cases.apply_roster import Grounding, apply_chunk
from services.registry.use_cases.check_roster import Asked, Grounds, check_roster
from services.registry.use_cases.roster_plan import Checked, PlannedChunk, pages
from services.registry.use_cases.withdraw_import import give_up_import
from services.unit_directory.directory import units_of

T = TypeVar("T")
_PASSING: Final = frozenset({Kind.UNAVAILABLE})

logger = structlog.get_logger()


class ImportWork:
    """What one process does for the imports that wait."""

    def __init__(
        self, runtime: Runtime, people: PersonVault, files: ImportVault
    ) -> None:
        self._runtime = runtime
        self._people = people
        self._files = files

    async def waiting(self) -> list[UUID]:
        """Return the imports that wait for work, the oldest first."""
        return await self._runtime.read(import_list.unfinished)

    async def advance(self, batch_id: UUID, stopping: Callable[[], bool]) -> None:
        """Bring an import to its end, or as far as one gets until told to stop.

        Raises StoreUnavailable; may be called again.
        """
        batch = await self.batch(batch_id)
        if batch.state is ImportState.RECEIVED:
            await self._check(batch)
            batch = await self.batch(batch_id)
        if not batch.is_to_be_applied:
            return
        upcoming = self._prepared(batch_id, batch.next_chunk)
        for number in range(batch.next_chunk, batch.chunks):
            change = await upcoming
            if number + 1 < batch.chunks:  # made ready while this one is written
                upcoming = self._prepared(batch_id, number + 1)
            if stopping() or not await self._apply(batch_id, number, change):
                await _dropped(upcoming)
                return
        logger.info("import.applied", batch_id=str(batch_id), chunks=batch.chunks)

    async def batch(self, batch_id: UUID) -> ImportBatch:
        """Load a batch. Raises ImportUnknown."""
        events = await asyncio.to_thread(self._runtime.log.events_of, batch_id)
        batch: ImportBatch | None = project(None, events)
        if batch is None:
            raise ImportUnknown(batch_id=batch_id)
        return batch

    async def destroy_old_files(self) -> int:
        """Destroy what has been kept for its time; returns how many files."""
        kept = timedelta(days=self._runtime.settings.uploads_kept_days)
        due = await self._runtime.read(import_list.files_to_destroy, utc_now() - kept)
        for batch_id in due:
            await self.destroy_file(batch_id)
        return len(due)

    async def destroy_file(self, batch_id: UUID) -> None:
        """Destroy the key of one file, with all its pages."""

        def decide(batch: ImportBatch | None) -> tuple[ImportBatch, bytes]:
            found = _there(batch, batch_id)
            found.destroy_file(local_today())
            return found, b"{}"

        await self._run(batch_id, "file", decide, self._files.destroying(batch_id))

    async def _check(self, batch: ImportBatch) -> None:
        checked, add = await asyncio.to_thread(self._checked, batch)
        findings = Findings(0, 0, 0, 0, 0) if checked is None else checked.findings

        def decide(found: ImportBatch | None) -> tuple[ImportBatch, bytes]:
            current = _there(found, batch.id)
            if checked is None:
                current.refuse(RefusalReason.CHANGED_MEANWHILE)
            else:
                current.check(findings)
            return current, b"{}"

        await self._run(batch.id, "check", decide, add)
        logger.info("import.checked", batch_id=str(batch.id), **findings._asdict())

    def _checked(
        self, batch: ImportBatch
    ) -> tuple[Checked | None, Callable[[sa.Connection], None] | None]:
        layouts = self._open(batch.id, LAYOUT, Layout)
        rows = self._open(batch.id, ROWS, list[Row])
        key = self._ask(lambda conn: self._files.key(conn, batch.id))
        if layouts is None or rows is None or key is None:
            return None, None  # destroyed before it was checked: nothing to do
        grounds = Grounds(
            self._ask,
            units_of(self._runtime),
            self._people,
            self._runtime.log,
            local_today(),
        )
        asked = Asked(batch.id, batch.unit_id, batch.policy)
        checked = check_roster(grounds, asked, layouts[0], rows)
        parts: dict[str, list[Any]] = {
            PLAN: checked.chunks,
            FAULTS: pages(checked.faults),
        }
        return checked, self._files.adding(key, batch.id, parts)

    def _prepared(self, batch_id: UUID, number: int) -> asyncio.Task[JointChange]:
        return asyncio.create_task(asyncio.to_thread(self._chunk, batch_id, number))

    async def _apply(self, batch_id: UUID, number: int, change: JointChange) -> bool:
        """Apply a chunk; False when the batch had to be given up instead."""
        try:
            key = _key(batch_id, f"chunk:{number}")
            await self._runtime.commands.run_together(change, key)
        except DomainError as refusal:
            if refusal.kind in _PASSING:
                raise
            logger.warning("import.given_up", batch_id=str(batch_id), code=refusal.code)
            back = give_up_import(await self.batch(batch_id), self._people)
            await self._runtime.commands.run_together(back, _key(batch_id, "give_up"))
            return False
        return True

    def _chunk(self, batch_id: UUID, number: int) -> JointChange:
        found = self._open(batch_id, PLAN, PlannedChunk, only=number)
        if not found:
            raise ImportFileDestroyed
        grounding = Grounding(units_of(self._runtime), self._people, local_today())
        return apply_chunk(batch_id, number, found[0], grounding)

    async def _run(
        self,
        batch_id: UUID,
        step: str,
        decide: Callable[[ImportBatch | None], tuple[ImportBatch, bytes]],
        also: Callable[[sa.Connection], None] | None,
    ) -> None:
        change = Change(
            aggregate_type=ImportBatch, aggregate_id=batch_id, decide=decide, also=also
        )
        await self._runtime.commands.run(change, _key(batch_id, step))

    def _open(
        self, batch_id: UUID, part: str, shape: type[T], only: int | None = None
    ) -> list[T] | None:
        found: list[T] | None = self._ask(
            lambda conn: self._files.pages(conn, batch_id, part, shape, only=only)
        )
        return found

    def _ask(self, question: Callable[[sa.Connection], Any]) -> Any:
        with self._runtime.engine.connect() as connection:
            return question(connection)


async def _dropped(task: asyncio.Task[JointChange]) -> None:
    """Let a preparation end that nobody needs any more."""
    await asyncio.gather(task, return_exceptions=True)


def _there(batch: ImportBatch | None, batch_id: UUID) -> ImportBatch:
    if batch is None:
        raise ImportUnknown(batch_id=batch_id)
    return batch


def _key(batch_id: UUID, step: str) -> CommandKey:
    """Return the identity of a step: the same step of the same batch happens once."""
    command_id = uuid5(batch_id, step)
    return CommandKey(command_id, hashlib.sha256(command_id.bytes).digest())
