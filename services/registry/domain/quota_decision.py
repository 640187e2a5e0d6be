"""What may happen to a province's decision on how many teams each commune has."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import quota_errors as errors
from services.registry.domain.days import refuse_future
from services.registry.domain.errors import ForceTypeNotInForce
from services.registry.domain.force_types import ForceType


class QuotaLine(NamedTuple):
    """How many teams and members one commune may have."""

    unit_id: UUID
    unit_path: str
    teams: int
    members: int


class Absorbed(NamedTuple):
    """A commune that another one has taken in whole; its own numbers end with it."""

    unit_id: UUID
    into_id: UUID


class QuotaPaper(NamedTuple):
    """A decision as it is cited: its number, its day, who signed it."""

    number: str
    decided_on: date
    issuer: str


class Reduction(NamedTuple):
    """What a commune may still have until a day, by a recorded roadmap."""

    unit_id: UUID
    teams: int
    members: int
    until: date


class QuotaDecision(Aggregate):
    """One decision with a line for each commune: draft, issued, superseded.

    A commune's quota on a day is the line of the latest decision in force. Numbers are
    never changed in place: what changes them is a later decision.
    """

    TOPIC = "registry.quota_decision"

    class Event(Aggregate.Event):
        TOPIC = "registry.quota_decision.event"

    class Drafted(Event, AggregateCreated):
        TOPIC = "registry.quota_decision.drafted"
        force_type: str
        province_id: UUID
        province_path: str
        effective_on: date
        lines: list[QuotaLine]

    class Issued(Event):
        """Tells its numbers again, so that others hear them when they bind."""

        TOPIC = "registry.quota_decision.issued"
        paper: QuotaPaper
        force_type: str | None = None
        province_id: UUID | None = None
        effective_on: date | None = None
        lines: list[QuotaLine] | None = None
        absorbed: list[Absorbed] | None = None

    class Superseded(Event):
        TOPIC = "registry.quota_decision.superseded"
        by_id: UUID
        superseded_on: date

    class ReductionPlanned(Event):
        TOPIC = "registry.quota_decision.reduction_planned"
        reduction: Reduction

    @classmethod
    def draft(
        cls,
        quota_id: UUID,
        force: ForceType,
        province: tuple[UUID, str],
        lines: Sequence[QuotaLine],
        *,
        effective_on: date,
    ) -> "QuotaDecision":
        """Begin a decision for the communes of a province.

        Raises ForceTypeNotInForce, QuotaUnitTwice, FewerMembersThanTeams.
        """
        if not force.in_force.holds(effective_on):
            raise ForceTypeNotInForce(
                field="$.effective_on",
                force_type=force.code,
                day=effective_on,
                valid_from=force.in_force.first,
                valid_to=force.in_force.end,
                legal_basis=force.legal_basis,
            )
        seen: set[UUID] = set()
        for number, line in enumerate(lines):
            field = f"$.lines[{number}]"
            if line.unit_id in seen:
                raise errors.QuotaUnitTwice(field=f"{field}.unit", unit_id=line.unit_id)
            if line.members < line.teams:
                raise errors.FewerMembersThanTeams(
                    field=f"{field}.members", teams=line.teams, members=line.members
                )
            seen.add(line.unit_id)
        return cls._create(
            cls.Drafted,
            id=quota_id,
            force_type=force.code,
            province_id=province[0],
            province_path=province[1],
            effective_on=effective_on,
            lines=list(lines),
        )

    @event(Drafted)
    def __init__(
        self,
        *,
        force_type: str,
        province_id: UUID,
        effective_on: date,
        lines: list[QuotaLine],
    ) -> None:
        self.force_type = force_type
        self.province_id = province_id
        self.effective_on = effective_on
        self.lines = {line.unit_id: line for line in lines}
        self.paper: QuotaPaper | None = None
        self.superseded_on: date | None = None
        self.reductions: dict[UUID, Reduction] = {}

    def issue(
        self, paper: QuotaPaper, absorbed: Sequence[Absorbed] = (), *, today: date
    ) -> None:
        """Sign the decision; from its day on it binds.

        `absorbed` are the communes that those of its lines took in whole. Raises
        QuotaAlreadyIssued, DayInFuture, QuotaDaysOutOfOrder.
        """
        if self.paper is not None:
            raise errors.QuotaAlreadyIssued(decided_on=self.paper.decided_on)
        refuse_future(paper.decided_on, today, "$.decided_on")
        if paper.decided_on > self.effective_on:
            raise errors.QuotaDaysOutOfOrder(
                field="$.decided_on", day=self.effective_on, earlier=paper.decided_on
            )
        self.trigger_event(
            self.Issued,
            paper=paper,
            force_type=self.force_type,
            province_id=self.province_id,
            effective_on=self.effective_on,
            lines=list(self.lines.values()),
            absorbed=list(absorbed),
        )

    def give_way(self, later: "QuotaDecision", field: str) -> None:
        """End with the day on which a later decision takes effect.

        Of the same day it takes the whole place, as if this one had never bound.

        Raises QuotaNotIssued, QuotaAlreadySuperseded, QuotaDaysOutOfOrder.
        """
        self._require_running(field)
        if later.effective_on < self.effective_on:
            raise errors.QuotaDaysOutOfOrder(
                field=field, day=later.effective_on, earlier=self.effective_on
            )
        self.trigger_event(
            self.Superseded, by_id=later.id, superseded_on=later.effective_on
        )

    def plan_reduction(self, reduction: Reduction) -> None:
        """Let a commune have more than its line until a day, by a roadmap.

        Raises QuotaNotIssued, QuotaAlreadySuperseded, QuotaHasNoSuchUnit,
        ReductionBelowQuota, QuotaDaysOutOfOrder.
        """
        self._require_running(None)
        line = self.lines.get(reduction.unit_id)
        if line is None:
            raise errors.QuotaHasNoSuchUnit(field="$.unit", unit_id=reduction.unit_id)
        if reduction.teams < line.teams or reduction.members < line.members:
            raise errors.ReductionBelowQuota(
                field="$.members", teams=line.teams, members=line.members
            )
        if reduction.until <= self.effective_on:
            raise errors.QuotaDaysOutOfOrder(
                field="$.until", day=reduction.until, earlier=self.effective_on
            )
        self.trigger_event(self.ReductionPlanned, reduction=reduction)

    def _require_running(self, field: str | None) -> None:
        if self.paper is None:
            raise errors.QuotaNotIssued(field=field, quota_id=self.id)
        if self.superseded_on is not None:
            raise errors.QuotaAlreadySuperseded(
                field=field, superseded_on=self.superseded_on
            )

    @event(Issued)
    def _bear_number(self, paper: QuotaPaper) -> None:
        self.paper = paper

    @event(Superseded)
    def _end(self, superseded_on: date) -> None:
        self.superseded_on = superseded_on

    @event(ReductionPlanned)
    def _allow_meanwhile(self, reduction: Reduction) -> None:
        self.reductions[reduction.unit_id] = reduction
