"""What somebody holds today, by its token and by grants: the rule of every door.

A call that draws on several rights has what all of them hold, so that a scope never
reaches into an area in which it was not given. The follower, and the registry from its
own table, feed it; `Runtime.rights` asks it.
"""

import asyncio
import threading
import time
from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from prometheus_client import Gauge

from services.access_directory.tables import GrantTables, Revision, StandingGrant
from services.chassis.calls import Scope
from services.chassis.clock import local_today
from services.chassis.identity import Holding, Principal
from services.chassis.service import Runtime
from services.unit_directory.directory import UnitDirectory
from services.unit_directory.rights import roots_in_force

EXTRA: Final = "holdings"
WATCH_SECONDS: Final = 2.0
# How long grants count after it was last known that none is missing.
TRUST_SECONDS: Final = 30.0

_KNOWN: Final = Gauge(
    "binhyen_grants_known", "1 while rights handed on count here.", ("service",)
)


class Holdings:
    """The grants that stand, in memory; read anew when one moves.

    With ``follows`` the tables are a copy: its grants count only while it is known
    that, half a minute ago at most, they were all that had been told. Without that
    knowledge callers have what their tokens say.
    """

    def __init__(
        self, tables: GrantTables, units: UnitDirectory, *, follows: bool
    ) -> None:
        self._tables = tables
        self._units = units
        self._trusted_until = float("-inf" if follows else "inf")
        self._follows = follows
        self._grants: dict[str, list[StandingGrant]] = {}
        self._revision: Revision | None = None
        self._watcher: asyncio.Task[None] | None = None
        self._reading = threading.Lock()

    @property
    def known(self) -> bool:
        """Tell whether grants count: whether none that was told is missing."""
        return time.monotonic() < self._trusted_until

    def reload(self, conn: sa.Connection) -> None:
        """Read the grants anew if one of them moved, or the day did.

        Until when they count is read in the same snapshot as they are: a copy that is
        being read again from the start is whole, or none.
        """
        with self._reading:  # or an earlier snapshot might end later
            conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            age = self._tables.age(conn) if self._follows else None
            self._read(conn)
            if self._follows:
                left = float("-inf") if age is None else TRUST_SECONDS - age
                self._trusted_until = time.monotonic() + left

    def _read(self, conn: sa.Connection) -> None:
        today = local_today()
        revision = self._tables.revision(conn, today)
        if revision == self._revision:
            return
        grants: dict[str, list[StandingGrant]] = {}
        for grant in self._tables.standing(conn, today):
            grants.setdefault(grant.subject, []).append(grant)
        self._grants, self._revision = grants, revision

    async def attach(self, runtime: Runtime) -> None:
        """Decide at a runtime's doors from now on; units have been attached before.

        The watch serves processes in which no follower runs, and brings a new day.
        """
        runtime.extras[EXTRA] = self
        await runtime.read(self.reload)
        runtime.rights = self.rights_today
        _KNOWN.labels(runtime.name).set_function(lambda: float(self.known))
        self._watcher = asyncio.create_task(
            runtime.keep_reading(
                self.reload, every_s=WATCH_SECONDS, lost="grants_not_read"
            ),
            name="grants-watch",
        )

    async def close(self) -> None:
        """Stop watching."""
        if self._watcher is not None:
            self._watcher.cancel()

    def of(self, principal: Principal) -> list[Holding]:
        """Return all that a caller holds today in units that are in force."""
        tree, today = self._units.tree, local_today()
        own = [
            Holding(principal.scopes, root, None)
            for root in roots_in_force(tree, principal.unit_roots, today)
        ]
        granted = [
            Holding(grant.scopes, grant.unit_id, grant.last_day)
            for grant in self._granted(principal.subject, today)
            if roots_in_force(tree, (grant.unit_id,), today)
        ]
        return own + granted

    def _granted(self, subject: str, today: date) -> Iterable[StandingGrant]:
        """Yield the grants whose days these are."""
        if not self.known:
            return
        for grant in self._grants.get(subject, ()):
            if grant.first_day <= today <= grant.last_day:
                yield grant

    def rights_today(self, principal: Principal, scope: Scope) -> Principal:
        """Return the caller with the rights that count at a door."""
        if scope is None or not self._units.loaded or not self._has_grants(principal):
            return self._units.rights_today(principal, scope)
        asked = (scope,) if isinstance(scope, str) else scope
        used = [one for one in self.of(principal) if one.scopes.intersection(asked)]
        if not used:
            return self._units.rights_today(principal, scope)
        return principal.drawing_on(used)

    def _has_grants(self, principal: Principal) -> bool:
        return self.known and principal.subject in self._grants


def held_over(holdings: Iterable[Holding], roots: frozenset[UUID]) -> list[Holding]:
    """Return the holdings that reach a unit, given the roots that cover it."""
    return [one for one in holdings if one.root in roots]
