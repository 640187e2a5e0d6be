"""What may happen to a claim for support after illness, accident, injury or death."""

import enum
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import care_errors as errors
from services.registry.domain.care_rules import dossier_of, due_on
from services.registry.domain.days import refuse_future
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.domain.values import Period


class CareOccasion(enum.StrEnum):
    """What befell a member on duty; the kind alone, never anything medical."""

    ILLNESS = "illness"
    ACCIDENT = "accident"
    INJURY = "injury"
    DEATH = "death"


class ClaimState(enum.StrEnum):
    """Where a claim stands."""

    FILED = "filed"
    INCOMPLETE = "incomplete"
    ASSESSED = "assessed"
    APPROVED = "approved"
    REFUSED = "refused"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


class ClaimRefusal(enum.StrEnum):
    """Why a claim is refused."""

    NOT_ON_DUTY = "not_on_duty"
    INSURED = "insured"
    NOT_PROVEN = "not_proven"


class DossierItem(NamedTuple):
    """A paper of the dossier, by its code, with the day on which it came."""

    code: str
    received_on: date


class Sufferer(NamedTuple):
    """The member of whom a claim or a visit speaks, where and when it served."""

    member_id: UUID
    force_unit_id: UUID
    unit_id: UUID
    unit_path: str
    service: Period


class Award(NamedTuple):
    """What is decided: the amount by the province's rule, and the decision's number."""

    amount: int
    basis: str
    decision_number: str


_OPEN = frozenset({ClaimState.FILED, ClaimState.INCOMPLETE, ClaimState.ASSESSED})


class SupportClaim(Aggregate):
    """One claim for one occurrence: codes, days and amounts in whole VND.

    Each step says until when the next one is due, by the rule of its own day; what is
    late is told and never decided by itself.
    """

    TOPIC = "registry.claim"

    class Event(Aggregate.Event):
        TOPIC = "registry.claim.event"

    class Filed(Event, AggregateCreated):
        TOPIC = "registry.claim.filed"
        member_id: UUID
        force_unit_id: UUID
        unit_id: UUID
        unit_path: str
        kind: str
        occurred_on: date
        filed_on: date
        items: tuple[DossierItem, ...]
        asked: tuple[str, ...]
        due_on: date

    class FoundIncomplete(Event):
        TOPIC = "registry.claim.found_incomplete"
        missing: tuple[str, ...]
        found_on: date
        due_on: date

    class Completed(Event):
        TOPIC = "registry.claim.completed"
        items: tuple[DossierItem, ...]
        completed_on: date
        due_on: date

    class Assessed(Event):
        TOPIC = "registry.claim.assessed"
        amount: int
        assessed_on: date
        due_on: date

    class Approved(Event):
        TOPIC = "registry.claim.approved"
        amount: int
        basis: str
        decision_number: str
        approved_on: date
        due_on: date
        unit_id: UUID | None = None
        kind: str | None = None

    class Refused(Event):
        TOPIC = "registry.claim.refused"
        ground: str
        decision_number: str
        refused_on: date
        unit_id: UUID | None = None
        kind: str | None = None

    class Paid(Event):
        TOPIC = "registry.claim.paid"
        amount: int
        paid_on: date
        unit_id: UUID | None = None
        kind: str | None = None

    class Withdrawn(Event):
        TOPIC = "registry.claim.withdrawn"
        withdrawn_on: date
        unit_id: UUID | None = None
        kind: str | None = None

    @classmethod
    def file(  # noqa: PLR0913 - what a claim consists of
        cls,
        claim_id: UUID,
        who: Sufferer,
        kind: CareOccasion,
        items: Mapping[str, date],
        *,
        occurred_on: date,
        filed_on: date,
        today: date,
    ) -> "SupportClaim":
        """Begin a claim.

        Raises DayInFuture, ClaimDayOutOfOrder, ClaimOutsideService,
        ClaimNotKnownToLaw, ClaimItemNotAsked.
        """
        refuse_future(filed_on, today, "$.filed_on")
        if filed_on < occurred_on:
            raise errors.ClaimDayOutOfOrder(field="$.filed_on", earliest=occurred_on)
        if not served_on(who.service, occurred_on, kind):
            raise errors.ClaimOutsideService(field="$.occurred_on", day=occurred_on)
        asked = dossier_of(kind, occurred_on)
        if asked is None:
            raise errors.ClaimNotKnownToLaw(
                field="$.occurred_on", day=occurred_on, kind=kind.value
            )
        _refuse_strange(items, asked, kind)
        return cls._create(
            cls.Filed,
            id=claim_id,
            member_id=who.member_id,
            force_unit_id=who.force_unit_id,
            unit_id=who.unit_id,
            unit_path=who.unit_path,
            kind=kind.value,
            occurred_on=occurred_on,
            filed_on=filed_on,
            items=_listed(items),
            asked=asked,
            due_on=due_on(DeadlineKind.CLAIM_ASSESSMENT, filed_on),
        )

    @event(Filed)
    def __init__(
        self,
        *,
        unit_id: UUID,
        kind: str,
        filed_on: date,
        items: tuple[DossierItem, ...],
        asked: tuple[str, ...],
    ) -> None:
        self.unit_id = unit_id
        self.kind = CareOccasion(kind)
        self.asked = asked
        self.items = {item.code for item in items}
        self.state = ClaimState.FILED
        self.latest = filed_on
        self.amount = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """The papers that the law asks for and that are not there yet."""
        return tuple(code for code in self.asked if code not in self.items)

    def find_incomplete(self, *, on: date, today: date) -> None:
        """Send the claim back for what is missing.

        Raises ClaimStepNotPossible, DayInFuture, ClaimDayOutOfOrder,
        ClaimDossierComplete.
        """
        self._step({ClaimState.FILED}, on, today, "$.found_on")
        if not self.missing:
            raise errors.ClaimDossierComplete
        self.trigger_event(
            self.FoundIncomplete,
            missing=self.missing,
            found_on=on,
            due_on=due_on(DeadlineKind.CLAIM_COMPLETION, on),
        )

    def complete(self, items: Mapping[str, date], *, on: date, today: date) -> None:
        """Take in further papers.

        Raises ClaimStepNotPossible, DayInFuture, ClaimDayOutOfOrder,
        ClaimDossierComplete, ClaimItemNotAsked, ClaimDossierIncomplete.
        """
        self._step(
            {ClaimState.FILED, ClaimState.INCOMPLETE}, on, today, "$.completed_on"
        )
        if not self.missing:
            raise errors.ClaimDossierComplete
        _refuse_strange(items, self.asked, self.kind)
        missing = [code for code in self.missing if code not in items]
        if missing:
            raise errors.ClaimDossierIncomplete(
                field="$.items", missing=", ".join(missing)
            )
        self.trigger_event(
            self.Completed,
            items=_listed(items),
            completed_on=on,
            due_on=due_on(DeadlineKind.CLAIM_ASSESSMENT, on),
        )

    def assess(self, amount: int, *, on: date, today: date) -> None:
        """Propose an amount on a whole dossier.

        Raises ClaimStepNotPossible, DayInFuture, ClaimDayOutOfOrder,
        ClaimDossierIncomplete.
        """
        self._step({ClaimState.FILED}, on, today, "$.assessed_on")
        if self.missing:
            raise errors.ClaimDossierIncomplete(missing=", ".join(self.missing))
        self.trigger_event(
            self.Assessed,
            amount=amount,
            assessed_on=on,
            due_on=due_on(DeadlineKind.CLAIM_DECISION, on),
        )

    def approve(self, award: Award, *, on: date, today: date) -> None:
        """Decide for the claim. Raises as `_step`."""
        self._step({ClaimState.ASSESSED}, on, today, "$.approved_on")
        self.trigger_event(
            self.Approved,
            amount=award.amount,
            basis=award.basis,
            decision_number=award.decision_number,
            approved_on=on,
            due_on=due_on(DeadlineKind.CLAIM_PAYMENT, on),
            unit_id=self.unit_id,
            kind=self.kind.value,
        )

    def refuse(
        self, ground: ClaimRefusal, decision_number: str, *, on: date, today: date
    ) -> None:
        """Decide against the claim. Raises as `_step`."""
        self._step({ClaimState.ASSESSED}, on, today, "$.refused_on")
        self.trigger_event(
            self.Refused,
            ground=ground.value,
            decision_number=decision_number,
            refused_on=on,
            unit_id=self.unit_id,
            kind=self.kind.value,
        )

    def pay(self, amount: int, *, on: date, today: date) -> None:
        """Record the payment of what was approved.

        Raises ClaimPaidOtherwise, and as `_step`.
        """
        self._step({ClaimState.APPROVED}, on, today, "$.paid_on")
        if amount != self.amount:
            raise errors.ClaimPaidOtherwise(field="$.amount", approved=self.amount)
        self.trigger_event(
            self.Paid,
            amount=amount,
            paid_on=on,
            unit_id=self.unit_id,
            kind=self.kind.value,
        )

    def withdraw(self, *, on: date, today: date) -> None:
        """End a claim that is not decided yet. Raises as `_step`."""
        self._step(_OPEN, on, today, "$.withdrawn_on")
        self.trigger_event(
            self.Withdrawn,
            withdrawn_on=on,
            unit_id=self.unit_id,
            kind=self.kind.value,
        )

    def _step(
        self,
        possible: set[ClaimState] | frozenset[ClaimState],
        on: date,
        today: date,
        field: str,
    ) -> None:
        """Raise ClaimStepNotPossible, DayInFuture, ClaimDayOutOfOrder."""
        if self.state not in possible:
            raise errors.ClaimStepNotPossible(state=self.state.value)
        refuse_future(on, today, field)
        if on < self.latest:
            raise errors.ClaimDayOutOfOrder(field=field, earliest=self.latest)

    @event(FoundIncomplete)
    def _wait(self, found_on: date) -> None:
        self.state = ClaimState.INCOMPLETE
        self.latest = found_on

    @event(Completed)
    def _fill(self, items: tuple[DossierItem, ...], completed_on: date) -> None:
        self.items = self.items | {item.code for item in items}
        self.state = ClaimState.FILED
        self.latest = completed_on

    @event(Assessed)
    def _propose(self, amount: int, assessed_on: date) -> None:
        self.amount = amount
        self.state = ClaimState.ASSESSED
        self.latest = assessed_on

    @event(Approved)
    def _grant(self, amount: int, approved_on: date) -> None:
        self.amount = amount
        self.state = ClaimState.APPROVED
        self.latest = approved_on

    @event(Refused)
    def _deny(self, refused_on: date) -> None:
        self.state = ClaimState.REFUSED
        self.latest = refused_on

    @event(Paid)
    def _settle(self, paid_on: date) -> None:
        self.state = ClaimState.PAID
        self.latest = paid_on

    @event(Withdrawn)
    def _close(self, withdrawn_on: date) -> None:
        self.state = ClaimState.WITHDRAWN
        self.latest = withdrawn_on


def served_on(service: Period, day: date, kind: CareOccasion) -> bool:
    """Tell whether a member served when it happened."""
    # Who died on duty ceased on that very day.
    last_day = kind is CareOccasion.DEATH and service.end == day
    return service.holds(day) or last_day


def _refuse_strange(
    items: Mapping[str, date], asked: tuple[str, ...], kind: CareOccasion
) -> None:
    for number, code in enumerate(items):
        if code not in asked:
            raise errors.ClaimItemNotAsked(
                field=f"$.items[{number}].code", kind=kind.value, item=code
            )


def _listed(items: Mapping[str, date]) -> tuple[DossierItem, ...]:
    return tuple(DossierItem(code, day) for code, day in items.items())
