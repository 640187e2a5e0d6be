"""Follows registry, campaigns and tips, and counts their facts into the figures.

Each batch is folded, rolled up over the units above and added in the transaction that
moves the positions; what was touched is told to listeners after the commit.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
import sqlalchemy as sa
import structlog

from services.chassis.command_writer import StoreUnavailable
from services.chassis.followers import Delivered
from services.chassis.nats import BUS_ERRORS
from services.chassis.service import Runtime
from services.contracts.envelope import PublicEvent
from services.contracts.reporting.events import (
    FIGURES_CHANGED_SUBJECT,
    FiguresChanged,
)
from services.reporting.indicators import EVENT_TYPES
from services.reporting.read_models.counting import (
    Deltas,
    contributions,
    roll_up,
    together,
)
from services.reporting.read_models.figures import FigureTables
from services.reporting.read_models.geography import Geography
from services.reporting.read_models.level_book import LEVEL_EVENTS, LevelBook
from services.reporting.read_models.waiting_facts import WaitingFacts
from services.unit_directory.directory import UnitDirectory

FOLLOWER: Final = "reporting-figures"
SOURCES: Final = ("registry", "campaigns", "tips")
RELEASE_SECONDS: Final = 1.0
MOST_UNITS_IN_A_NOTICE: Final = 500
MOST_DAYS_IN_A_NOTICE: Final = 400
EVERYTHING_CHANGED: Final = FiguresChanged(unit_ids=[], days=[], everything=True)

logger = structlog.get_logger()


class FiguresFollower:
    """Counts each fact once; a fact of an unknown unit waits in its own table."""

    name: str = FOLLOWER
    sources: tuple[str, ...] = SOURCES
    event_types: Mapping[str, type[PublicEvent]] = EVENT_TYPES

    def __init__(
        self,
        directory: UnitDirectory,
        figures: FigureTables,
        waiting: WaitingFacts,
        levels: LevelBook,
    ) -> None:
        self._directory = directory
        self._figures = figures
        self._waiting = waiting
        self._levels = levels
        self._geography: Geography | None = None
        self._releasing: asyncio.Task[None] | None = None

    @property
    def geography(self) -> Geography:
        """Return the walks over the present tree. Raises UnitsNotLoaded."""
        tree = self._directory.tree
        if self._geography is None or self._geography.tree is not tree:
            self._geography = Geography(tree)
        return self._geography

    def apply(self, conn: sa.Connection, batch: Sequence[Delivered]) -> None:
        """Count a batch."""
        events = [delivered.event for delivered in batch]
        deltas = together(contributions(events), self._levels.apply(conn, events))
        if not self._directory.loaded:
            self._waiting.put(conn, deltas)
            return
        rolled = roll_up(deltas, self.geography.lineage)
        # In the order of ``release``, so that the two never wait crosswise.
        self._waiting.put(conn, rolled.waiting)
        self._figures.add(conn, rolled.figures)

    def release(self, conn: sa.Connection) -> Deltas:
        """Count what waited for units that are known by now; return the changes."""
        known = [
            unit_id
            for unit_id in self._waiting.units(conn)
            if self.geography.lineage(unit_id) is not None
        ]
        if not known:
            return {}
        taken = self._waiting.take(conn, known)
        rolled = roll_up(taken, self.geography.lineage)
        self._figures.add(conn, rolled.figures)
        return rolled.figures

    def forget(self, conn: sa.Connection) -> None:
        """Empty all that was counted."""
        self._figures.forget(conn)
        self._waiting.forget(conn)
        self._levels.forget(conn)

    async def after_commit(self, runtime: Runtime, batch: Sequence[Delivered]) -> None:
        """Tell listeners which figures moved."""
        if not self._directory.loaded:
            return
        events = [delivered.event for delivered in batch]
        if any(type(event) in LEVEL_EVENTS for event in events):
            # A whole province on days of many years, some dozens of times in a year.
            await self._tell(runtime, EVERYTHING_CHANGED)
            return
        deltas = contributions(events)
        rolled = roll_up(deltas, self.geography.lineage)
        await self._notice(runtime, rolled.figures)

    async def attach(self, runtime: Runtime) -> None:
        """Release waiting facts from now on; called from `on_start`."""
        self._releasing = asyncio.create_task(
            self._keep_releasing(runtime), name="figures-release"
        )

    async def close(self) -> None:
        """Stop releasing."""
        if self._releasing is not None:
            self._releasing.cancel()

    async def _keep_releasing(self, runtime: Runtime) -> None:
        while True:
            await asyncio.sleep(RELEASE_SECONDS)
            try:
                await self.release_now(runtime)
            except (StoreUnavailable, sa.exc.SQLAlchemyError):
                logger.warning("waiting_facts_not_read", service=runtime.name)
            except RuntimeError:
                return  # the runtime's threads were shut down

    async def release_now(self, runtime: Runtime) -> None:
        """Release once, when the tree is known and something waits."""
        if not self._directory.loaded or not await runtime.read(self._waiting.units):
            return
        await self._notice(runtime, await runtime.write(self.release))

    async def _notice(self, runtime: Runtime, deltas: Deltas) -> None:
        if deltas:
            await self._tell(runtime, figures_changed(deltas))

    async def _tell(self, runtime: Runtime, changed: FiguresChanged) -> None:
        if runtime.nats is None or not runtime.nats.is_connected:
            return
        notice = msgspec.json.encode(changed)
        try:
            await runtime.nats.publish(FIGURES_CHANGED_SUBJECT, notice)
        except BUS_ERRORS:
            logger.info("figures_notice_lost")


def figures_changed(deltas: Deltas) -> FiguresChanged:
    """Return the notice of changed figures, bounded in size."""
    units = {cell.unit_id for cell in deltas}
    days = {cell.day for cell in deltas}
    if len(units) > MOST_UNITS_IN_A_NOTICE or len(days) > MOST_DAYS_IN_A_NOTICE:
        return EVERYTHING_CHANGED
    return FiguresChanged(unit_ids=sorted(units), days=sorted(days))
