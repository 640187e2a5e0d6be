"""Follows the registry's grants into a service's own copy, and proves it complete.

In a service: `ACCESS = GrantTables(READ)` beside its read tables; in `definition()`:
`access = AccessFollower("tips-access", ACCESS, units.directory)`,
`followers=(units, access, ...)`, `parts=(access.proof,)`, and `on_start` awaits
`access.attach(runtime)` after the units'.
"""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from typing import Final

import sqlalchemy as sa
import structlog

from services.access_directory.holdings import Holdings
from services.access_directory.tables import ACCESS_EVENTS, GrantTables
from services.chassis.command_writer import StoreUnavailable
from services.chassis.completeness import Completeness
from services.chassis.inbox import Delivered
from services.chassis.nats import BUS_ERRORS, JetStreamRefused
from services.chassis.service import Runtime
from services.chassis.stream_tail import StreamUnreadable
from services.contracts.envelope import PublicEvent
from services.unit_directory.directory import UnitDirectory

SOURCE: Final = "registry"
PROVE_SECONDS: Final = 5.0
PROVE_SOON_SECONDS: Final = 0.5

logger = structlog.get_logger()

_PASSING: Final[tuple[type[BaseException], ...]] = (
    JetStreamRefused,
    StreamUnreadable,
    StoreUnavailable,
    sa.exc.SQLAlchemyError,
    *BUS_ERRORS,
)


class AccessFollower:
    """Keeps `<service>_read.access_directory` up to date, and the grants in memory."""

    sources: tuple[str, ...] = (SOURCE,)
    event_types: Mapping[str, type[PublicEvent]] = {e.TYPE: e for e in ACCESS_EVENTS}

    def __init__(self, name: str, tables: GrantTables, units: UnitDirectory) -> None:
        self.name = name
        self.tables = tables
        self.holdings = Holdings(tables, units, follows=True)

    def apply(self, conn: sa.Connection, batch: Sequence[Delivered]) -> None:
        """Write a batch."""
        self.tables.apply(conn, [delivered.event for delivered in batch])

    def forget(self, conn: sa.Connection) -> None:
        """Empty the copy, to be read again from the start."""
        self.tables.forget(conn)

    async def after_commit(self, runtime: Runtime, batch: Sequence[Delivered]) -> None:
        """Let what was told count at once."""
        del batch
        await runtime.read(self.holdings.reload)

    async def attach(self, runtime: Runtime) -> None:
        """Decide at a runtime's doors; called from `on_start`.

        Readiness does not wait for grants: until they are known, tokens count alone.
        """
        await self.holdings.attach(runtime)

    def proof(self, runtime: Runtime) -> "GrantsProof":
        """Return what proves the copy complete, as a part of the process."""
        return GrantsProof(self, runtime)


class GrantsProof:
    """Says every few seconds, for all processes, until when no grant is missing."""

    def __init__(self, follower: AccessFollower, runtime: Runtime) -> None:
        self._holdings = follower.holdings
        self._runtime = runtime
        mark = follower.tables.mark_whole
        self._completeness = Completeness(follower.name, SOURCE, mark)
        self._stopping = asyncio.Event()
        self._knew = False
        self._reason = ""

    async def run(self) -> None:
        """Prove until told to stop; what is away is asked again."""
        while not self._stopping.is_set():
            seconds = PROVE_SECONDS if await self._prove() else PROVE_SOON_SECONDS
            self._tell_changes()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), seconds)

    def stop(self) -> None:
        """End soon."""
        self._stopping.set()

    async def _prove(self) -> bool:
        try:
            proven = await self._completeness.prove(self._runtime)
            if proven and not self._holdings.known:
                await self._runtime.read(self._holdings.reload)
        except _PASSING as error:
            self._reason = type(error).__name__
            return False
        self._reason = "" if proven else "behind_or_cut_off"
        return proven

    def _tell_changes(self) -> None:
        """Log when grants begin or cease to count, not each try."""
        if self._holdings.known != self._knew:
            self._knew = not self._knew
            if self._knew:
                logger.info("grants_known")
            else:
                logger.warning("grants_not_known", reason=self._reason)
