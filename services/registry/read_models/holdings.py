"""What somebody holds today, by its token and by grants: the registry's rule of doors.

A call that draws on several rights has what all of them hold, so that a scope never
reaches into an area in which it was not given.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

import msgspec
import sqlalchemy as sa

from services.chassis.calls import Scope
from services.chassis.clock import local_today
from services.chassis.identity import Principal
from services.chassis.service import Runtime
from services.registry.domain.access_grant import Holding
from services.registry.domain.roles import ROLES
from services.registry.read_models.access_grants import StandingGrant, head, standing
from services.unit_directory.directory import UnitDirectory
from services.unit_directory.rights import roots_in_force

EXTRA: Final = "holdings"
WATCH_SECONDS: Final = 2.0


class Holdings:
    """The grants that count, in memory; read anew when one moves."""

    def __init__(self, directory: UnitDirectory) -> None:
        self._directory = directory
        self._grants: dict[str, list[StandingGrant]] = {}
        self._known: tuple[int, date] | None = None
        self._watcher: asyncio.Task[None] | None = None

    def reload(self, conn: sa.Connection) -> None:
        """Read the grants anew if one of them moved, or the day did."""
        today = local_today()
        known = head(conn), today
        if known == self._known:
            return
        grants: dict[str, list[StandingGrant]] = {}
        for grant in standing(conn, today):
            grants.setdefault(grant.subject, []).append(grant)
        self._grants, self._known = grants, known

    async def attach(self, runtime: Runtime) -> None:
        """Decide at a runtime's doors from now on."""
        runtime.extras[EXTRA] = self
        await runtime.read(self.reload)
        runtime.rights = self.rights_today
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
        tree, today = self._directory.tree, local_today()
        own = [
            Holding(principal.scopes, root, None)
            for root in roots_in_force(tree, principal.unit_roots, today)
        ]
        granted = [
            Holding(ROLES[grant.role].scopes, grant.unit_id, grant.last_day)
            for grant in self._grants.get(principal.subject, ())
            if grant.first_day <= today <= grant.last_day
            and grant.role in ROLES
            and roots_in_force(tree, (grant.unit_id,), today)
        ]
        return own + granted

    def rights_today(self, principal: Principal, scope: Scope) -> Principal:
        """Return the caller with the rights that count at a door."""
        if not self._directory.loaded or not self._grants.get(principal.subject):
            return self._directory.rights_today(principal, scope)
        used = _used(self.of(principal), scope)
        if not used:
            return self._directory.rights_today(principal, scope)
        return msgspec.structs.replace(
            principal,
            scopes=frozenset.intersection(*(one.scopes for one in used)),
            unit_roots=tuple(dict.fromkeys(one.root for one in used)),
        )


def _used(holdings: Sequence[Holding], scope: Scope) -> list[Holding]:
    """Return the holdings that open a door: those with the first scope that any has."""
    if scope is None:
        return []
    for asked in (scope,) if isinstance(scope, str) else scope:
        found = [one for one in holdings if asked in one.scopes]
        if found:
            return found
    return []


def held_over(holdings: Iterable[Holding], roots: frozenset[UUID]) -> list[Holding]:
    """Return the holdings that reach a unit, given the roots that cover it."""
    return [one for one in holdings if one.root in roots]
