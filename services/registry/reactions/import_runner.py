"""Works on imports in the background: one process at a time, woken by uploads.

Started beside the doors; on its start it takes up what another process left.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from typing import Final, Protocol
from uuid import UUID

import sqlalchemy as sa
import structlog

from services.chassis.errors import DomainError
from services.chassis.observability import DEFECTS

EXTRA: Final = "import_runner"
_LOOK_EVERY_SECONDS: Final = 5.0
_TIDY_EVERY_SECONDS: Final = 600.0
_LOCK: Final = "SELECT pg_try_advisory_lock(hashtextextended('registry:imports', 0))"
_UNLOCK: Final = "SELECT pg_advisory_unlock(hashtextextended('registry:imports', 0))"

logger = structlog.get_logger()


class Work(Protocol):
    """What there is to do."""

    async def waiting(self) -> list[UUID]:
        """Return the imports that wait."""

    async def advance(self, batch_id: UUID, stopping: Callable[[], bool]) -> None:
        """Bring one to its end, or as far as one gets until told to stop."""

    async def destroy_old_files(self) -> int:
        """Destroy what has been kept for its time."""


class ImportRunner:
    """A part of the process: `run` until `stop`."""

    def __init__(self, engine: sa.Engine, work: Work) -> None:
        self._engine = engine
        self._work = work
        self._woken = asyncio.Event()
        self._stopping = False
        self._tidied = float("-inf")

    def wake(self) -> None:
        """Say that there is work."""
        self._woken.set()

    def stop(self) -> None:
        """End after the chunk at hand."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Work until told to stop; what fails is tried again later."""
        while not self._stopping:
            try:
                await self._look()
            except (DomainError, sa.exc.SQLAlchemyError):
                logger.warning("imports.later", exc_info=True)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _LOOK_EVERY_SECONDS)
            self._woken.clear()

    async def _look(self) -> None:
        if not await self._work.waiting() and not self._tidying_is_due():
            return
        with self._alone() as mine:
            if not mine:
                return
            for batch_id in await self._work.waiting():
                if self._stopping:
                    return
                await self._advance(batch_id)
            if self._tidying_is_due():
                await self._work.destroy_old_files()
                self._tidied = asyncio.get_running_loop().time()

    async def _advance(self, batch_id: UUID) -> None:
        try:
            await self._work.advance(batch_id, lambda: self._stopping)
        except (DomainError, sa.exc.SQLAlchemyError):
            raise
        except Exception:
            # A defect met by one file stops neither the others nor the doors.
            DEFECTS.labels("imports").inc()
            logger.exception("defect", operation="import", batch_id=str(batch_id))

    def _tidying_is_due(self) -> bool:
        now = asyncio.get_running_loop().time()
        return now - self._tidied > _TIDY_EVERY_SECONDS

    @contextlib.contextmanager
    def _alone(self) -> Iterator[bool]:
        """Hold the work for this process; the others see to it later."""
        connection = self._engine.connect()
        with connection.execution_options(isolation_level="AUTOCOMMIT") as holder:
            mine = bool(holder.exec_driver_sql(_LOCK).scalar_one())
            try:
                yield mine
            finally:
                if mine:
                    holder.exec_driver_sql(_UNLOCK)
