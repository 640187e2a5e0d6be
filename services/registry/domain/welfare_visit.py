"""What may happen to a visit that is owed to a member after an occurrence on duty."""

import enum
from datetime import date
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import care_errors as errors
from services.registry.domain.care_rules import due_on
from services.registry.domain.days import refuse_future
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.domain.support_claim import CareOccasion, Sufferer, served_on


class VisitState(enum.StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    MADE = "made"
    CANCELLED = "cancelled"


class VisitingBody(enum.StrEnum):
    """Who comes."""

    COMMITTEE = "people_committee"
    POLICE = "police"
    FRONT = "fatherland_front"
    HIGHER = "higher_authority"


class WelfareVisit(Aggregate):
    """One visit for one occurrence, apart from any claim; due from the day of it."""

    TOPIC = "registry.visit"

    class Event(Aggregate.Event):
        TOPIC = "registry.visit.event"

    class Planned(Event, AggregateCreated):
        TOPIC = "registry.visit.planned"
        member_id: UUID
        force_unit_id: UUID
        unit_id: UUID
        unit_path: str
        occasion: str
        occurred_on: date
        planned_on: date
        due_on: date

    class Made(Event):
        TOPIC = "registry.visit.made"
        visited_by: str
        made_on: date
        unit_id: UUID | None = None
        occasion: str | None = None

    class Cancelled(Event):
        """Planned by mistake: nothing was owed."""

        TOPIC = "registry.visit.cancelled"
        cancelled_on: date
        unit_id: UUID | None = None
        occasion: str | None = None

    @classmethod
    def plan(
        cls,
        visit_id: UUID,
        who: Sufferer,
        occasion: CareOccasion,
        *,
        occurred_on: date,
        today: date,
    ) -> "WelfareVisit":
        """Begin a visit. Raises DayInFuture, VisitOutsideService."""
        refuse_future(occurred_on, today, "$.occurred_on")
        if not served_on(who.service, occurred_on, occasion):
            raise errors.VisitOutsideService(field="$.occurred_on", day=occurred_on)
        return cls._create(
            cls.Planned,
            id=visit_id,
            member_id=who.member_id,
            force_unit_id=who.force_unit_id,
            unit_id=who.unit_id,
            unit_path=who.unit_path,
            occasion=occasion.value,
            occurred_on=occurred_on,
            planned_on=today,
            due_on=due_on(DeadlineKind.WELFARE_VISIT, occurred_on),
        )

    @event(Planned)
    def __init__(self, *, unit_id: UUID, occasion: str, occurred_on: date) -> None:
        self.unit_id = unit_id
        self.occasion = CareOccasion(occasion)
        self.occurred_on = occurred_on
        self.state = VisitState.PLANNED

    def make(self, visited_by: VisitingBody, *, on: date, today: date) -> None:
        """Record the visit. Raises VisitSettled, DayInFuture, VisitDayOutOfOrder."""
        self._refuse_settled()
        refuse_future(on, today, "$.made_on")
        if on < self.occurred_on:
            raise errors.VisitDayOutOfOrder(
                field="$.made_on", earliest=self.occurred_on
            )
        self.trigger_event(
            self.Made,
            visited_by=visited_by.value,
            made_on=on,
            unit_id=self.unit_id,
            occasion=self.occasion.value,
        )

    def cancel(self, *, today: date) -> None:
        """Take back what was planned by mistake. Raises VisitSettled."""
        self._refuse_settled()
        self.trigger_event(
            self.Cancelled,
            cancelled_on=today,
            unit_id=self.unit_id,
            occasion=self.occasion.value,
        )

    def _refuse_settled(self) -> None:
        if self.state is not VisitState.PLANNED:
            raise errors.VisitSettled(state=self.state.value)

    @event(Made)
    def _come(self, made_on: date) -> None:
        self.state = VisitState.MADE
        self.made_on = made_on

    @event(Cancelled)
    def _drop(self, cancelled_on: date) -> None:
        self.state = VisitState.CANCELLED
        self.cancelled_on = cancelled_on
