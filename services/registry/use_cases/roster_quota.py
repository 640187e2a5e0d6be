"""Does a roster keep every commune within its quota? Asked by its check.

The guard of the transaction asks again; here each row too many learns that it is one.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.registry.domain.force_types import BY_QUOTA
from services.registry.domain.quota import Ceiling, Counted, refuse_excess
from services.registry.domain.quota_errors import QuotaExceeded
from services.registry.domain.values import Period
from services.registry.read_models.quota_guard import ceilings_of, lives_of
from services.registry.use_cases.roster_plan import PlannedRow, PlannedTeam
from services.unit_directory.tree import UnitTree

Ask = Callable[[Callable[[sa.Connection], Any]], Any]


class TooMuch(NamedTuple):
    """A row that would bring a commune above its quota."""

    row: PlannedRow
    refusal: QuotaExceeded


def beyond_quota(
    ask: Ask, tree: UnitTree, teams: dict[UUID, PlannedTeam], rows: Sequence[PlannedRow]
) -> list[TooMuch]:
    """Return the rows that no quota leaves room for, in the order of the file."""
    by_commune: dict[UUID, list[PlannedRow]] = {}
    for row in rows:
        team = teams[row.team_id]
        if team.force_type == BY_QUOTA.code:
            by_commune.setdefault(team.unit_id, []).append(row)
    found: list[TooMuch] = []
    for unit_id, of_commune in by_commune.items():
        ceilings = ask(partial(ceilings_of, unit_id=unit_id))
        if ceilings:
            paths = tree.covers(unit_id)
            room = _Room(ask, ceilings, paths, teams)
            found += room.without(of_commune)
    return found


class _Room:
    """What one commune may still have."""

    def __init__(
        self,
        ask: Ask,
        ceilings: list[Ceiling],
        paths: tuple[str, ...],
        teams: dict[UUID, PlannedTeam],
    ) -> None:
        self._ceilings = ceilings
        self._teams = teams
        kinds: tuple[Counted, ...] = ("teams", "members")
        self._lives: dict[Counted, list[Period]] = {
            what: ask(partial(lives_of, what=what, paths=paths)) for what in kinds
        }
        self._begun: set[UUID] = set()

    def without(self, rows: Sequence[PlannedRow]) -> list[TooMuch]:
        """Return the rows that there is no room for; mostly there is for all."""
        if self._has_room_for(rows):
            return []
        found = []
        for row in rows:
            try:
                self._add(row)
            except QuotaExceeded as refusal:
                found.append(TooMuch(row, refusal))
        return found

    def _has_room_for(self, rows: Sequence[PlannedRow]) -> bool:
        members = [Period(row.first_day, None) for row in rows]
        teams = self._beginnings({row.team_id for row in rows})
        try:
            self._ask_for("members", members)
            self._ask_for("teams", teams)
        except QuotaExceeded:
            return False
        return True

    def _add(self, row: PlannedRow) -> None:
        new = {row.team_id} - self._begun
        teams, member = self._beginnings(new), [Period(row.first_day, None)]
        self._ask_for("teams", teams)
        self._ask_for("members", member)
        self._begun |= new
        self._lives["teams"] += teams
        self._lives["members"] += member

    def _beginnings(self, team_ids: Collection[UUID]) -> list[Period]:
        days = (self._teams[one].established_on for one in team_ids)
        return [Period(day, None) for day in days if day is not None]

    def _ask_for(self, what: Counted, more: list[Period]) -> None:
        firsts = [life.first for life in more if life.first is not None]
        if firsts:
            lives = [*self._lives[what], *more]
            refuse_excess(what, self._ceilings, lives, since=min(firsts))
