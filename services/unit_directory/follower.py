"""Follows the registry's unit events into a service's own copy of the tree.

In a service: `UNITS = UnitTables(READ)` beside its read tables; in `definition()`:
`units = UnitsFollower("tips-units", UNITS)`, `followers=(units, ...)`, and `on_start`
awaits `units.attach(runtime)`.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from services.chassis.inbox import Delivered
from services.chassis.service import Runtime
from services.contracts.envelope import PublicEvent
from services.unit_directory.directory import UnitDirectory
from services.unit_directory.tables import UNIT_EVENTS, UnitFact, UnitTables


class UnitsFollower:
    """Keeps `<service>_read.unit_directory` up to date, and the tree in memory."""

    sources: tuple[str, ...] = ("registry",)
    event_types: Mapping[str, type[PublicEvent]] = {e.TYPE: e for e in UNIT_EVENTS}

    def __init__(self, name: str, tables: UnitTables) -> None:
        self.name = name
        self.directory = UnitDirectory(tables)

    def apply(self, conn: sa.Connection, batch: Sequence[Delivered]) -> None:
        """Write a batch; the version stands behind the slash of the event's id."""
        self.directory.tables.apply(
            conn,
            [
                UnitFact(
                    int(d.event_id.rpartition("/")[2]), d.event, d.position, d.time
                )
                for d in batch
            ],
        )

    def forget(self, conn: sa.Connection) -> None:
        """Empty the copy, to be read again from the start."""
        self.directory.tables.forget(conn)

    async def after_commit(self, runtime: Runtime, batch: Sequence[Delivered]) -> None:
        """Swap the tree in memory."""
        del batch
        await runtime.read(self.directory.reload)

    async def attach(self, runtime: Runtime) -> None:
        """Serve a runtime's handlers and readiness; called from `on_start`."""
        await self.directory.attach(runtime)
