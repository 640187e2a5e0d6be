"""A proposal that somebody's service should end, on its way to the chairman's decision.

The decision itself is a fact of the force unit; here are the steps before it, whose
working-day clocks are chased and never decide.
"""

import enum
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain.cessation_rules import (
    PROVED_GROUNDS,
    Evidence,
    refuse_later_evidence,
    refuse_unproven,
)
from services.registry.domain.days import refuse_future
from services.registry.domain.member_law import MemberLaw
from services.registry.domain.service_errors import (
    CessationAlreadyProposed,
    CessationGroundDiffers,
    CessationNotProposed,
    CessationNotReported,
    CessationStepOutOfOrder,
)
from services.registry.domain.values import Ground

_NAMESPACE: Final = UUID("6f0c7a52-3d1b-5a0e-9c55-0b7f0d3f6d1e")


class CessationState(enum.StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    REPORTED = "reported"
    DECIDED = "decided"
    DROPPED = "dropped"


class DropReason(enum.StrEnum):
    """Why a proposal came to nothing."""

    WITHDRAWN = "withdrawn"
    NOT_APPROVED = "not_approved"
    ENTERED_IN_ERROR = "entered_in_error"


class Proposal(NamedTuple):
    """On which ground a service should end, with its papers, since which day."""

    ground: Ground
    evidence: Evidence
    proposed_on: date


class Membership(NamedTuple):
    """The membership a proposal is about, and the place of its force unit."""

    member_id: UUID
    force_unit_id: UUID
    unit_id: UUID
    unit_path: str


class Cessation(Aggregate):
    """The proposals about one membership, one at a time."""

    TOPIC = "registry.cessation"

    class Event(Aggregate.Event):
        TOPIC = "registry.cessation.event"

    class Proposed(Event, AggregateCreated):
        TOPIC = "registry.cessation.proposed"
        about: Membership
        ground: str
        evidence: Evidence
        proposed_on: date
        report_within: int | None
        decide_within: int

    class ProposedAgain(Event):
        TOPIC = "registry.cessation.proposed_again"
        about: Membership
        ground: str
        evidence: Evidence
        proposed_on: date
        report_within: int | None
        decide_within: int

    class Reported(Event):
        TOPIC = "registry.cessation.reported"
        about: Membership
        reported_on: date
        decide_within: int

    class Dropped(Event):
        TOPIC = "registry.cessation.dropped"
        dropped_on: date
        reason: str

    class Decided(Event):
        TOPIC = "registry.cessation.decided"
        decided_on: date
        ceased_on: date

    @classmethod
    def propose(
        cls, about: Membership, proposal: Proposal, law: MemberLaw, *, today: date
    ) -> "Cessation":
        """Begin. Raises DayInFuture, EvidenceMissing, EvidenceAfterCessation."""
        _refuse_proposal(proposal, law, today)
        return cls._create(
            cls.Proposed,
            id=cessation_of(about.member_id),
            about=about,
            **_told(proposal, law),
        )

    @event(Proposed)
    def __init__(
        self,
        *,
        about: Membership,
        ground: str,
        evidence: Evidence,
        proposed_on: date,
        decide_within: int,
    ) -> None:
        self.about = about
        self.ground = Ground(ground)
        self.evidence = evidence
        self.last_on = proposed_on
        self.decide_within = decide_within
        self.state = CessationState.PROPOSED

    @property
    def is_open(self) -> bool:
        """Whether a decision is awaited."""
        return self.state in {CessationState.PROPOSED, CessationState.REPORTED}

    def propose_again(self, proposal: Proposal, law: MemberLaw, *, today: date) -> None:
        """Begin anew after a proposal that came to nothing.

        Raises CessationAlreadyProposed and what `propose` does.
        """
        if self.state is not CessationState.DROPPED:
            raise CessationAlreadyProposed(
                field="$.member_id", ground=self.ground.value
            )
        _refuse_proposal(proposal, law, today)
        self._refuse_before_last(proposal.proposed_on, "$.proposed_on")
        self.trigger_event(
            self.ProposedAgain,
            about=self.about,
            **_told(proposal, law),
        )

    def report(self, *, on: date, today: date) -> None:
        """Put it to the chairman.

        Raises CessationNotProposed, DayInFuture, CessationStepOutOfOrder.
        """
        if self.state is not CessationState.PROPOSED:
            raise CessationNotProposed(field="$.member_id")
        refuse_future(on, today, "$.reported_on")
        self._refuse_before_last(on, "$.reported_on")
        self.trigger_event(
            self.Reported,
            about=self.about,
            reported_on=on,
            decide_within=self.decide_within,
        )

    def drop(self, reason: DropReason, *, on: date, today: date) -> None:
        """Let it come to nothing.

        Raises CessationNotProposed, DayInFuture, CessationStepOutOfOrder.
        """
        if not self.is_open:
            raise CessationNotProposed(field="$.member_id")
        refuse_future(on, today, "$.dropped_on")
        self._refuse_before_last(on, "$.dropped_on")
        self.trigger_event(self.Dropped, dropped_on=on, reason=reason.value)

    def decide(self, ground: Ground, *, decided_on: date, ceased_on: date) -> None:
        """Close it with the chairman's decision; death and law need no report.

        Raises CessationNotProposed, CessationNotReported, CessationGroundDiffers,
        CessationStepOutOfOrder.
        """
        if not self.is_open:
            raise CessationNotProposed(field="$.member_id")
        if ground in PROVED_GROUNDS:
            if ground is not self.ground:
                raise CessationGroundDiffers(field="$.ground", ground=self.ground.value)
            if self.state is not CessationState.REPORTED:
                raise CessationNotReported(field="$.member_id")
            self._refuse_before_last(decided_on, "$.decision.decided_on")
        self.trigger_event(self.Decided, decided_on=decided_on, ceased_on=ceased_on)

    def _refuse_before_last(self, on: date, field: str) -> None:
        if on < self.last_on:
            raise CessationStepOutOfOrder(field=field, day=self.last_on)

    @event(ProposedAgain)
    def _begin_anew(
        self, ground: str, evidence: Evidence, proposed_on: date, decide_within: int
    ) -> None:
        self.ground = Ground(ground)
        self.evidence = evidence
        self.last_on = proposed_on
        self.decide_within = decide_within
        self.state = CessationState.PROPOSED

    @event(Reported)
    def _put(self, reported_on: date) -> None:
        self.last_on = reported_on
        self.state = CessationState.REPORTED

    @event(Dropped)
    def _let_fall(self, dropped_on: date) -> None:
        self.last_on = dropped_on
        self.state = CessationState.DROPPED

    @event(Decided)
    def _close(self, decided_on: date) -> None:
        self.last_on = decided_on
        self.state = CessationState.DECIDED


def cessation_of(member_id: UUID) -> UUID:
    """Return the id under which proposals about a membership stand."""
    return uuid5(_NAMESPACE, str(member_id))


def _refuse_proposal(proposal: Proposal, law: MemberLaw, today: date) -> None:
    refuse_future(proposal.proposed_on, today, "$.proposed_on")
    refuse_unproven(proposal.ground, proposal.evidence, law)
    refuse_later_evidence(proposal.evidence, proposal.proposed_on)


def _told(proposal: Proposal, law: MemberLaw) -> dict[str, object]:
    # Only for an own application was a day found by which to report (Thông tư 14/2024).
    own = proposal.ground is Ground.OWN_REQUEST
    return {
        "ground": proposal.ground.value,
        "evidence": proposal.evidence,
        "proposed_on": proposal.proposed_on,
        "report_within": law.report_days if own else None,
        "decide_within": law.decide_days,
    }
