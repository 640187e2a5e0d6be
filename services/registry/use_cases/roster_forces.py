"""The force units of a roster in memory: loaded, or set up as they will be.

Check and application of a roster use the same steps, so that they decide alike.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import msgspec

from services.chassis.errors import DomainError
from services.chassis.event_store import EventLog
from services.chassis.mapper import project
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.force_withdrawal import establish_anew, is_withdrawn
from services.registry.domain.roster import Enrolment
from services.registry.domain.values import Period, Place, Post
from services.registry.use_cases.roster_plan import PlannedRow, PlannedTeam
from services.unit_directory.tree import Unit

_LOADED_AT_ONCE = 500


def begun(
    team: PlannedTeam, unit: Unit, today: date, found: ForceUnit | None = None
) -> ForceUnit:
    """Set up a planned force, or again one that was withdrawn.

    Raises the refusals of `ForceUnit.establish`.
    """
    on = team.established_on
    if on is None:
        raise ValueError("the force unit is there already")
    life = Period(unit.valid_from, unit.valid_to)
    place = Place(unit.id, unit.path, unit.named(on).unit_type, life)
    new = ForceUnit.establish(
        team.id, FORCE_TYPES[team.force_type], place, name=team.name, on=on, today=today
    )
    if found is None:
        return new
    establish_anew(found, place, name=team.name, on=on)
    return found


def enrol(force_unit: ForceUnit, row: PlannedRow, life: Period, today: date) -> None:
    """Enrol a row. Raises the refusals of `ForceUnit.enrol`."""
    one = Enrolment(
        row.member_id,
        Post(row.post),
        row.first_day,
        row.person_id,
        decision=row.decision,
    )
    force = FORCE_TYPES[force_unit.force_type]
    force_unit.enrol([one], force, life, today=today)


class ForcesInMemory:
    """Force units as the register has them and as the rows would make them."""

    def __init__(self, log: EventLog, today: date) -> None:
        self._log = log
        self._today = today
        self._units: dict[UUID, ForceUnit] = {}
        self._withdrawn: dict[UUID, ForceUnit] = {}
        self.teams: dict[UUID, PlannedTeam] = {}

    def load(self, ids: Collection[UUID]) -> None:
        """Load what there is of these."""
        wanted = sorted(ids)
        for at in range(0, len(wanted), _LOADED_AT_ONCE):
            some = wanted[at : at + _LOADED_AT_ONCE]
            for one, events in self._log.events_of_many(some).items():
                unit: ForceUnit | None = project(None, events)
                if unit is not None:
                    known = self._withdrawn if is_withdrawn(unit) else self._units
                    known[one] = unit

    def standing(
        self, team: PlannedTeam, unit: Unit, days: Sequence[date], by: date
    ) -> ForceUnit:
        """Return the force unit, set up on the first of the days that the law allows.

        Raises the refusals of `ForceUnit.establish` when it cannot stand by a day.
        """
        if team.id not in self._units:
            self._set_up(team, unit, [day for day in days if day <= by])
        self.teams.setdefault(team.id, team)
        return self._units[team.id]

    def _set_up(self, team: PlannedTeam, unit: Unit, days: Sequence[date]) -> None:
        anew = self._withdrawn.get(team.id)
        for number, day in enumerate(days, 1):
            planned = msgspec.structs.replace(
                team, established_on=day, anew=anew is not None
            )
            try:
                self._units[team.id] = begun(planned, unit, self._today, anew)
            except DomainError:
                if number == len(days):
                    raise
            else:
                self.teams[team.id] = planned
                return
