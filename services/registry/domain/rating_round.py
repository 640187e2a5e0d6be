"""What may happen to a commune's yearly rating, from self-assessment to correction."""

import enum
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import rating_errors as errors
from services.registry.domain.care_rules import due_on
from services.registry.domain.days import refuse_future
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.domain.rating_results import (
    NotRated,
    RatingLevel,
    Result,
    Wish,
    completed,
    judged,
    refuse_unfair,
)
from services.registry.domain.rating_roster import Roster, SubjectKind, Window


class RoundState(enum.StrEnum):
    """Where a round stands."""

    ASSESSING = "assessing"
    PROPOSED = "proposed"
    DECIDED = "decided"


class Rated(NamedTuple):
    """One result as events keep it."""

    subject_id: UUID
    kind: str
    level: str | None
    not_rated: str | None
    newly_transferred: bool


class Tally(NamedTuple):
    """How many subjects of one kind have each level, and how many have none."""

    excellent: int = 0
    good: int = 0
    done: int = 0
    not_done: int = 0
    not_rated: int = 0


class RatedCommune(NamedTuple):
    """What a decision made of a commune's year: numbers of teams and of members."""

    unit_id: UUID
    year: int
    last_day: date
    teams: Tally
    members: Tally


class RatingRound(Aggregate):
    """One year of one commune. What is learnt later is a correcting decision."""

    TOPIC = "registry.rating_round"

    class Event(Aggregate.Event):
        TOPIC = "registry.rating_round.event"

    class Opened(Event, AggregateCreated):
        TOPIC = "registry.rating_round.opened"
        year: int
        unit_id: UUID
        unit_path: str
        first_day: date
        last_day: date
        due_on: date

    class SelfAssessed(Event):
        TOPIC = "registry.rating_round.self_assessed"
        team_id: UUID
        results: tuple[Rated, ...]
        assessed_on: date

    class Proposed(Event):
        TOPIC = "registry.rating_round.proposed"
        results: tuple[Rated, ...]
        proposed_on: date

    class Decided(Event):
        TOPIC = "registry.rating_round.decided"
        results: tuple[Rated, ...]
        decision_number: str
        decided_on: date
        outcome: RatedCommune | None = None

    class Corrected(Event):
        TOPIC = "registry.rating_round.corrected"
        results: tuple[Rated, ...]
        decision_number: str
        corrected_on: date
        outcome: RatedCommune | None = None
        outcome_before: RatedCommune | None = None

    @classmethod
    def open(
        cls, round_id: UUID, year: int, unit: tuple[UUID, str], window: Window
    ) -> "RatingRound":
        """Begin a round."""
        unit_id, unit_path = unit
        return cls._create(
            cls.Opened,
            id=round_id,
            year=year,
            unit_id=unit_id,
            unit_path=unit_path,
            first_day=window.first,
            last_day=window.last,
            due_on=due_on(DeadlineKind.RATING_DECISION, window.last),
        )

    @event(Opened)
    def __init__(
        self, *, year: int, unit_id: UUID, first_day: date, last_day: date
    ) -> None:
        self.year = year
        self.unit_id = unit_id
        self.first_day = first_day
        self.last_day = last_day
        self.state = RoundState.ASSESSING
        self.latest = last_day
        self.assessed: frozenset[UUID] = frozenset()
        self.results: dict[UUID, Result] = {}

    def self_assess(
        self,
        team_id: UUID,
        wishes: Sequence[Wish],
        roster: Roster,
        *,
        on: date,
        today: date,
    ) -> None:
        """Take in what a team thinks of itself and its members; again replaces.

        Raises RatingStepNotPossible, RatingDayOutOfOrder, DayInFuture and what
        `judged` refuses.
        """
        self._refuse_unless({RoundState.ASSESSING}, on, today, "$.assessed_on")
        if on < self.first_day:
            raise errors.RatingDayOutOfOrder(
                field="$.assessed_on", earliest=self.first_day
            )
        results = judged(wishes, roster)
        for number, who in enumerate(results):
            member = roster.members.get(who)
            if who != team_id and (member is None or member.team_id != team_id):
                raise errors.RatingSubjectUnknown(
                    field=f"$.subjects[{number}]", subject_id=who
                )
        self.trigger_event(
            self.SelfAssessed,
            team_id=team_id,
            results=_kept(results),
            assessed_on=on,
        )

    def propose(
        self, wishes: Sequence[Wish], roster: Roster, *, on: date, today: date
    ) -> None:
        """Propose a result for everybody; again replaces, until it is decided.

        Raises RatingStepNotPossible, RatingDayOutOfOrder, DayInFuture,
        RatingNotSelfAssessed and what the results refuse.
        """
        self._step(
            {RoundState.ASSESSING, RoundState.PROPOSED}, on, today, "$.proposed_on"
        )
        results = completed(judged(wishes, roster), roster)
        for one in results.values():
            if (
                one.kind is SubjectKind.TEAM
                and one.level is not None
                and one.subject_id not in self.assessed
            ):
                raise errors.RatingNotSelfAssessed(team_id=one.subject_id)
        refuse_unfair(results, roster)
        self.trigger_event(self.Proposed, results=_kept(results), proposed_on=on)

    def decide(
        self,
        changes: Sequence[Wish],
        roster: Roster,
        decision_number: str,
        *,
        on: date,
        today: date,
    ) -> None:
        """Decide as proposed, but for these changes.

        Raises RatingStepNotPossible, RatingDayOutOfOrder, DayInFuture and what the
        results refuse.
        """
        self._step({RoundState.PROPOSED}, on, today, "$.decided_on")
        known = {w: r for w, r in self.results.items() if roster.kind(w) is not None}
        results = completed({**known, **judged(changes, roster)}, roster)
        refuse_unfair(results, roster)
        self.trigger_event(
            self.Decided,
            results=_kept(results),
            decision_number=decision_number,
            decided_on=on,
            outcome=self._outcome(results),
        )

    def correct(
        self,
        changes: Sequence[Wish],
        roster: Roster,
        decision_number: str,
        *,
        on: date,
        today: date,
    ) -> None:
        """Give other results by a further decision; what was decided stays told.

        Raises RatingStepNotPossible, RatingDayOutOfOrder, DayInFuture and what the
        results refuse, held together with all that stay.
        """
        self._step({RoundState.DECIDED}, on, today, "$.corrected_on")
        corrected = judged(changes, roster)
        all_of_them = {**self.results, **corrected}
        refuse_unfair(all_of_them, roster)
        self.trigger_event(
            self.Corrected,
            results=_kept(corrected),
            decision_number=decision_number,
            corrected_on=on,
            outcome=self._outcome(all_of_them),
            outcome_before=self._outcome(self.results),
        )

    def _outcome(self, results: Mapping[UUID, Result]) -> RatedCommune:
        return RatedCommune(
            self.unit_id,
            self.year,
            self.last_day,
            _tally(results, SubjectKind.TEAM),
            _tally(results, SubjectKind.MEMBER),
        )

    def _step(
        self, possible: set[RoundState], on: date, today: date, field: str
    ) -> None:
        self._refuse_unless(possible, on, today, field)
        if today <= self.last_day:
            raise errors.RatingWindowOpen(last_day=self.last_day)
        if on < self.latest:
            raise errors.RatingDayOutOfOrder(field=field, earliest=self.latest)

    def _refuse_unless(
        self, possible: set[RoundState], on: date, today: date, field: str
    ) -> None:
        if self.state not in possible:
            raise errors.RatingStepNotPossible(state=self.state.value)
        refuse_future(on, today, field)

    @event(SelfAssessed)
    def _hear(self, team_id: UUID) -> None:
        self.assessed = self.assessed | {team_id}

    @event(Proposed)
    def _take_up(self, results: tuple[Rated, ...], proposed_on: date) -> None:
        self.results = _read(results)
        self.state = RoundState.PROPOSED
        self.latest = proposed_on

    @event(Decided)
    def _settle(self, results: tuple[Rated, ...], decided_on: date) -> None:
        self.results = _read(results)
        self.state = RoundState.DECIDED
        self.latest = decided_on

    @event(Corrected)
    def _amend(self, results: tuple[Rated, ...], corrected_on: date) -> None:
        self.results = {**self.results, **_read(results)}
        self.latest = corrected_on


def _kept(results: Mapping[UUID, Result]) -> tuple[Rated, ...]:
    return tuple(
        Rated(
            one.subject_id,
            one.kind.value,
            None if one.level is None else one.level.value,
            None if one.not_rated is None else one.not_rated.value,
            one.newly_transferred,
        )
        for one in results.values()
    )


def _tally(results: Mapping[UUID, Result], kind: SubjectKind) -> Tally:
    of_kind = [one.level for one in results.values() if one.kind is kind]
    levels = {level.value: of_kind.count(level) for level in RatingLevel}
    return Tally(**levels, not_rated=of_kind.count(None))


def _read(results: tuple[Rated, ...]) -> dict[UUID, Result]:
    return {
        one.subject_id: Result(
            one.subject_id,
            SubjectKind(one.kind),
            None if one.level is None else RatingLevel(one.level),
            None if one.not_rated is None else NotRated(one.not_rated),
            one.newly_transferred,
        )
        for one in results
    }
