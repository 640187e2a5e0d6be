"""The one place where a running service finds its unit tree.

Handlers ask `units_of(runtime)`; the process is not ready before the tree is whole.
"""

import asyncio
import threading
from typing import Final, NamedTuple

import sqlalchemy as sa

from services.chassis.calls import Scope
from services.chassis.identity import Principal
from services.chassis.service import Runtime
from services.unit_directory.overlay import overlaid
from services.unit_directory.refusals import UnitsNotLoaded
from services.unit_directory.rights import with_living_roots
from services.unit_directory.tables import Mark, UnitTables
from services.unit_directory.tree import FEW, UnitTree

EXTRA: Final = "units"
WATCH_SECONDS: Final = 2.0


class Present(NamedTuple):
    """A tree, and the facts that made it: swapped together, never one alone."""

    tree: UnitTree
    mark: Mark


class UnitDirectory:
    """Holds the present tree, and puts another in its place when units change.

    The next tree shares with the last one what stayed: see ADR 25.
    """

    def __init__(self, tables: UnitTables) -> None:
        self.tables = tables
        self._present: Present | None = None
        self._reading = threading.Lock()
        self._watcher: asyncio.Task[None] | None = None

    @property
    def loaded(self) -> bool:
        """Tell whether the whole register is known."""
        return self._present is not None

    @property
    def present(self) -> Present:
        """Return tree and mark as one. Raises UnitsNotLoaded."""
        if self._present is None:
            raise UnitsNotLoaded
        return self._present

    @property
    def tree(self) -> UnitTree:
        """Return the tree. Raises UnitsNotLoaded until the register is whole."""
        return self.present.tree

    def reload(self, conn: sa.Connection) -> None:
        """Take in what has changed, if the register is whole.

        The connection must have begun nothing: all is read as of one moment. Whoever
        waits for another's reading looks at a later moment than its own change.
        """
        with self._reading:
            steady = conn.execution_options(isolation_level="REPEATABLE READ")
            known = self._present
            if known and known.mark.arrival == self.tables.last_arrival(steady):
                return
            mark = self.tables.mark(steady)
            if mark is not None:
                self._present = Present(self._next(steady, known, mark), mark)

    def _next(self, conn: sa.Connection, known: Present | None, mark: Mark) -> UnitTree:
        if known is not None:
            made = self.tables.changed_since(conn, known.mark, mark, most=FEW)
            if made is not None:
                return overlaid(known.tree, made)
        return UnitTree(self.tables.read(conn))

    def rights_today(self, principal: Principal, _: Scope) -> Principal:
        """Return the caller with the rights that count today."""
        # A door of a service that knows no units yet refuses by itself.
        return (
            principal
            if self._present is None
            else with_living_roots(self._present.tree, principal)
        )

    async def attach(self, runtime: Runtime) -> None:
        """Serve a runtime: load now, hold back readiness, watch for changes.

        The watch serves processes in which no follower runs, or whose follower reads
        other partitions.
        """
        runtime.extras[EXTRA] = self
        runtime.rights = self.rights_today
        runtime.checks[EXTRA] = self._unready
        await runtime.read(self.reload)
        self._watcher = asyncio.create_task(
            runtime.keep_reading(
                self.reload, every_s=WATCH_SECONDS, lost="units_not_read"
            ),
            name="units-watch",
        )

    async def close(self) -> None:
        """Stop watching."""
        if self._watcher is not None:
            self._watcher.cancel()

    async def _unready(self) -> str | None:
        return None if self.loaded else "register of units not whole yet"


async def reload_units(runtime: Runtime) -> None:
    """Let this process see at once what its own command has changed.

    Raises StoreUnavailable.
    """
    directory: UnitDirectory = runtime.extras[EXTRA]
    await runtime.read(directory.reload)


def units_of(runtime: Runtime) -> UnitTree:
    """Return the runtime's unit tree. Raises UnitsNotLoaded."""
    directory: UnitDirectory = runtime.extras[EXTRA]
    return directory.tree
