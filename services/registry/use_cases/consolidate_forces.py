"""forces.consolidate: choose from former forces who serves on in teams, in one act."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.commands import JointChange
from services.chassis.errors import DomainError
from services.chassis.ids import new_id
from services.contracts.registry import consolidation as api
from services.registry.domain import consolidation, force_errors
from services.registry.domain.force_types import BY_QUOTA
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.roster import Enrolment
from services.registry.domain.values import Period, Place, Post
from services.registry.read_models.one_membership import keeping_one_membership
from services.registry.read_models.quota_guard import keeping_quota
from services.registry.use_cases.circumstances import Circumstances, category
from services.registry.use_cases.papers import maybe_decision
from services.unit_directory.tree import Unit

Chosen = dict[UUID, list[UUID]]


class _Team(NamedTuple):
    """A team of the act with the ids that its new memberships bear."""

    force_unit_id: UUID
    asked: api.ChosenTeam
    member_ids: tuple[UUID, ...]


def consolidate_forces(
    command: api.ConsolidateForces, given: Circumstances
) -> JointChange:
    """Decide on the act as a whole."""
    unit = given.unit_of_fact(command.unit, command.on)
    teams = [
        _Team(
            asked.force_unit_id or new_id(),
            asked,
            tuple(new_id() for _ in asked.members),
        )
        for asked in command.teams
    ]
    act = _Act(command, given, unit, teams)
    return JointChange(
        loads=(*command.force_unit_ids, *act.team_ids),
        decide=act.decide,
        guard=act.guard,
    )


class _Act(NamedTuple):
    command: api.ConsolidateForces
    given: Circumstances
    unit: Unit
    teams: list[_Team]

    @property
    def team_ids(self) -> tuple[UUID, ...]:
        """Return the teams of the act, new or not, each once."""
        return tuple(dict.fromkeys(team.force_unit_id for team in self.teams))

    def decide(
        self, found: Mapping[UUID, Any]
    ) -> tuple[list[ForceUnit], api.ForcesConsolidated]:
        """Carry the act out on what was loaded, or refuse it as a whole."""
        former = self.former(found)
        chosen = self.chosen(former)
        before = _numbers((*former.values(), *self.standing(found)))
        new = self.into_teams(found, former)
        outcomes = [
            consolidation.consolidate(
                one,
                category(one),
                chosen[one.id],
                self.team_ids,
                on=self.command.on,
                today=self.given.today,
            )
            for one in former.values()
        ]
        reply = api.ForcesConsolidated(
            team_ids=self.team_ids,
            members=tuple(_ways(self.teams)),
            before=before,
            after=_numbers((*former.values(), *new.values())),
            selected=sum(outcome.selected for outcome in outcomes),
            ceased_by_law=sum(outcome.ceased for outcome in outcomes),
            remained=sum(outcome.remained for outcome in outcomes),
        )
        return [*former.values(), *new.values()], reply

    def guard(self, conn: sa.Connection) -> None:
        """Hold the commune to its quota and every person to one service."""
        units, since = self.given.units, self.command.on
        new = {t.force_unit_id for t in self.teams if t.asked.force_unit_id is None}
        if new:
            keeping_quota("teams", new, units, since=since)(conn)
        keeping_quota("members", self.team_ids, units, since=since)(conn)
        new_ids = (one for team in self.teams for one in team.member_ids)
        fields = (f"{field}.member_id" for field, _ in _fields(self.command.teams))
        keeping_one_membership(dict(zip(new_ids, fields, strict=True)))(conn)

    def former(self, found: Mapping[UUID, Any]) -> dict[UUID, ForceUnit]:
        """Return the former forces of the commune, each with a successor that day."""
        former = {}
        for number, one in enumerate(self.command.force_unit_ids):
            field = f"$.force_unit_ids[{number}]"
            with _at(field):
                force_unit = self.given.mine(found.get(one), one)
                self._require_here(force_unit)
                consolidation.successor_of(category(force_unit), self.command.on, field)
            former[one] = force_unit
        return former

    def standing(self, found: Mapping[UUID, Any]) -> list[ForceUnit]:
        """Return the teams of the act that exist already."""
        asked = {team.force_unit_id for team in self.command.teams}
        return [
            one
            for one in found.values()
            if isinstance(one, ForceUnit) and one.id in asked
        ]

    def chosen(self, former: Mapping[UUID, ForceUnit]) -> Chosen:
        """Return whom the act chooses out of each former force, nobody twice."""
        chosen: Chosen = {one: [] for one in former}
        people: set[UUID] = set()
        for field, member in _fields(self.command.teams):
            force_unit = former.get(member.force_unit_id)
            if force_unit is None:
                raise force_errors.NotPartOfTheAct(
                    field=f"{field}.force_unit_id", force_unit_id=member.force_unit_id
                )
            consolidation.refuse_choice(
                force_unit,
                category(force_unit),
                member.member_id,
                self.command.on,
                f"{field}.member_id",
            )
            person = _person(force_unit, member.member_id)
            if person in people:
                raise force_errors.ChosenTwice(
                    field=f"{field}.member_id", member_id=member.member_id
                )
            people.add(person)
            chosen[force_unit.id].append(member.member_id)
        return chosen

    def into_teams(
        self,
        found: Mapping[UUID, Any],
        former: Mapping[UUID, ForceUnit],
    ) -> dict[UUID, ForceUnit]:
        """Return the teams, new or not, with everybody who was chosen for them."""
        changed: dict[UUID, ForceUnit] = {}
        for number, team in enumerate(self.teams):
            field = f"$.teams[{number}]"
            one = changed.get(team.force_unit_id) or self._team(team, found, field)
            enrolments = [
                Enrolment(
                    member_id,
                    Post(member.post),
                    self.command.on,
                    _person(former[member.force_unit_id], member.member_id),
                    maybe_decision(self.command.decision),
                    from_member_id=member.member_id,
                )
                for member_id, member in zip(
                    team.member_ids, team.asked.members, strict=True
                )
            ]
            with _at(field):
                life = self.given.life_where(one)
                one.enrol(enrolments, BY_QUOTA, life, today=self.given.today)
            changed[one.id] = one
        return changed

    def _team(self, team: _Team, found: Mapping[UUID, Any], field: str) -> ForceUnit:
        if team.asked.force_unit_id is None:
            life = Period(self.unit.valid_from, self.unit.valid_to)
            unit_type = self.unit.named(self.command.on).unit_type
            return ForceUnit.establish(
                team.force_unit_id,
                BY_QUOTA,
                Place(self.unit.id, self.unit.path, unit_type, life),
                name=team.asked.name,
                on=self.command.on,
                today=self.given.today,
            )
        with _at(f"{field}.force_unit_id"):
            one = self.given.mine(found.get(team.force_unit_id), team.force_unit_id)
            self._require_here(one)
            if one.force_type != BY_QUOTA.code:
                raise force_errors.NotOfThisForce(
                    force_unit_id=one.id, force_type=BY_QUOTA.code
                )
        return one

    def _require_here(self, force_unit: ForceUnit) -> None:
        if force_unit.unit_on(self.command.on) != self.unit.id:
            raise force_errors.OfAnotherUnit(force_unit_id=force_unit.id)


def _fields(teams: Iterable[api.ChosenTeam]) -> Iterator[tuple[str, api.ChosenMember]]:
    for number, team in enumerate(teams):
        for place, member in enumerate(team.members):
            yield f"$.teams[{number}].members[{place}]", member


def _ways(teams: Iterable[_Team]) -> Iterator[api.TakenOver]:
    for team in teams:
        for member_id, member in zip(team.member_ids, team.asked.members, strict=True):
            yield api.TakenOver(
                from_member_id=member.member_id,
                member_id=member_id,
                force_unit_id=team.force_unit_id,
            )


def _person(force_unit: ForceUnit, member_id: UUID) -> UUID:
    return force_unit.roster[member_id].person_id or member_id


def _numbers(force_units: Iterable[ForceUnit]) -> tuple[api.ForceNumbers, ...]:
    units: Counter[str] = Counter()
    members: Counter[str] = Counter()
    for one in force_units:
        if one.disbanded_on is None:
            units[one.force_type] += 1
            members[one.force_type] += consolidation.serving_in(one)
    return tuple(
        api.ForceNumbers(force_type=code, force_units=count, members=members[code])
        for code, count in sorted(units.items())
    )


@contextmanager
def _at(field: str) -> Iterator[None]:
    """Give a refusal of one part of the act its place in the whole."""
    try:
        yield
    except DomainError as refusal:
        inner = refusal.field
        if inner in (None, "$.force_unit_id"):
            refusal.field = field
        elif inner.startswith("$.members["):
            refusal.field = f"{field}{inner[1:]}"
        raise
