"""The one place where a running service finds its unit tree.

Handlers ask `units_of(runtime)`; the process is not ready before the tree is whole.
"""

import asyncio
from typing import Final

import sqlalchemy as sa

from services.chassis.calls import Scope
from services.chassis.identity import Principal
from services.chassis.service import Runtime
from services.unit_directory.refusals import UnitsNotLoaded
from services.unit_directory.rights import with_living_roots
from services.unit_directory.tables import UnitTables
from services.unit_directory.tree import UnitTree

EXTRA: Final = "units"
WATCH_SECONDS: Final = 2.0


class UnitDirectory:
    """Holds the present tree and swaps it whole when units change."""

    def __init__(self, tables: UnitTables) -> None:
        self.tables = tables
        self._tree: UnitTree | None = None
        self._revision: int | None = None
        self._watcher: asyncio.Task[None] | None = None

    @property
    def loaded(self) -> bool:
        """Tell whether the whole register is known."""
        return self._tree is not None

    @property
    def tree(self) -> UnitTree:
        """Return the tree. Raises UnitsNotLoaded until the register is whole."""
        if self._tree is None:
            raise UnitsNotLoaded
        return self._tree

    @property
    def revision(self) -> int | None:
        """The number of facts that made the tree; None until the register is whole."""
        return self._revision

    def reload(self, conn: sa.Connection) -> None:
        """Read the tree anew if the register is whole and has changed."""
        revision = self.tables.revision(conn)
        if revision is not None and revision != self._revision:
            self._tree = UnitTree(self.tables.read(conn))
            self._revision = revision

    def rights_today(self, principal: Principal, _: Scope) -> Principal:
        """Return the caller with the rights that count today."""
        # A door of a service that knows no units yet refuses by itself.
        return (
            principal
            if self._tree is None
            else with_living_roots(self._tree, principal)
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
