"""A selection for one team, from its plan to the decision that recognises members.

Luật 30/2023, Đ.16; Thông tư 14/2024, Đ.3-4. Applicants are persons of the vault.
"""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain.council import results_of
from services.registry.domain.decision import Decision, Posting
from services.registry.domain.member_law import MemberLaw
from services.registry.domain.selection_book import RoundBook, refuse_plan
from services.registry.domain.selection_values import (
    Application,
    ApplicationState,
    Assigned,
    Dossier,
    Plan,
    Recognised,
    Result,
    RoundCancelReason,
    RoundState,
)
from services.registry.domain.values import Post


class SelectionRound(Aggregate):
    """One round for one team; nothing in it decides by the passing of time."""

    TOPIC = "registry.selection_round"

    class Event(Aggregate.Event):
        TOPIC = "registry.selection_round.event"

    class Planned(Event, AggregateCreated):
        TOPIC = "registry.selection_round.planned"
        force_unit_id: UUID
        unit_id: UUID
        unit_path: str
        plan: Plan
        submit_within: int
        recognise_within: int

    class Approved(Event):
        TOPIC = "registry.selection_round.approved"
        decision: Decision
        approved_on: date

    class Opened(Event):
        TOPIC = "registry.selection_round.opened"
        posting: Posting

    class ApplicationReceived(Event):
        TOPIC = "registry.selection_round.application_received"
        application_id: UUID
        person_id: UUID
        received_on: date
        dossier: Dossier

    class ApplicationChecked(Event):
        TOPIC = "registry.selection_round.application_checked"
        application_id: UUID
        checked_on: date
        dossier: Dossier

    class ApplicationWithdrawn(Event):
        TOPIC = "registry.selection_round.application_withdrawn"
        application_id: UUID
        withdrawn_on: date

    class ProposedDirectly(Event):
        TOPIC = "registry.selection_round.proposed_directly"
        application_id: UUID
        person_id: UUID
        from_member_id: UUID
        proposed_on: date
        dossier: Dossier

    class Closed(Event):
        TOPIC = "registry.selection_round.closed"
        closed_on: date

    class ListPosted(Event):
        TOPIC = "registry.selection_round.list_posted"
        listed: list[UUID]
        posting: Posting

    class CouncilMet(Event):
        TOPIC = "registry.selection_round.council_met"
        met_on: date
        present: int
        results: tuple[Result, ...]
        tie_decision: Decision | None

    class Submitted(Event):
        TOPIC = "registry.selection_round.submitted"
        submitted_on: date
        assigned: tuple[Assigned, ...]

    class Decided(Event):
        TOPIC = "registry.selection_round.decided"
        decision: Decision
        recognised_on: date
        recognised: tuple[Recognised, ...]
        unit_id: UUID | None = None
        force_unit_id: UUID | None = None

    class Cancelled(Event):
        TOPIC = "registry.selection_round.cancelled"
        cancelled_on: date
        reason: str

    @classmethod
    def plan_for(
        cls,
        round_id: UUID,
        force_unit_id: UUID,
        place: tuple[UUID, str],
        plan: Plan,
        law: MemberLaw,
        *,
        today: date,
    ) -> "SelectionRound":
        """Draw up a plan. Raises DayInFuture, PlanContradictsItself."""
        refuse_plan(plan, today)
        return cls._create(
            cls.Planned,
            id=round_id,
            force_unit_id=force_unit_id,
            unit_id=place[0],
            unit_path=place[1],
            plan=plan,
            submit_within=law.submit_days,
            recognise_within=law.recognise_days,
        )

    @event(Planned)
    def __init__(
        self,
        *,
        force_unit_id: UUID,
        unit_id: UUID,
        plan: Plan,
        submit_within: int,
        recognise_within: int,
    ) -> None:
        self.force_unit_id = force_unit_id
        self.unit_id = unit_id
        self.submit_within = submit_within
        self.recognise_within = recognise_within
        self.book = RoundBook(plan)

    def approve(self, decision: Decision, *, today: date) -> None:
        """Let the committee approve the plan. Raises as `RoundBook.refuse_step`."""
        on = decision.decided_on
        self.book.refuse_step(RoundState.PLANNED, on, today, "$.decision.decided_on")
        self.trigger_event(self.Approved, decision=decision, approved_on=on)

    def open(self, posting: Posting, *, today: date) -> None:
        """Post the plan: dossiers may come. Raises as `RoundBook.refuse_step`."""
        on = posting.posted_on
        self.book.refuse_step(RoundState.APPROVED, on, today, "$.posted_on")
        self.trigger_event(self.Opened, posting=posting)

    def receive(
        self,
        application_id: UUID,
        person_id: UUID,
        dossier: Dossier,
        *,
        on: date,
        today: date,
    ) -> None:
        """Take a dossier, whole or not. Raises as `RoundBook.refuse_receipt`."""
        self.book.refuse_receipt(person_id, on, today)
        self.trigger_event(
            self.ApplicationReceived,
            application_id=application_id,
            person_id=person_id,
            received_on=on,
            dossier=dossier,
        )

    def check(
        self, application_id: UUID, dossier: Dossier, *, on: date, today: date
    ) -> None:
        """Say anew what is in a dossier. Raises as `RoundBook.refuse_check`."""
        self.book.refuse_check(application_id, on, today)
        self.trigger_event(
            self.ApplicationChecked,
            application_id=application_id,
            checked_on=on,
            dossier=dossier,
        )

    def withdraw(self, application_id: UUID, *, on: date, today: date) -> None:
        """Let somebody step back. Raises as `RoundBook.refuse_withdrawal`."""
        self.book.refuse_withdrawal(application_id, on, today)
        self.trigger_event(
            self.ApplicationWithdrawn, application_id=application_id, withdrawn_on=on
        )

    def propose_directly(
        self,
        application_id: UUID,
        person: tuple[UUID, UUID],
        dossier: Dossier,
        *,
        on: date,
        today: date,
    ) -> None:
        """Propose a leader of civil defence without list and vote (Đ.16.3).

        ``person`` is the person with the membership in the civil-defence team. Raises
        as `RoundBook.refuse_direct` does.
        """
        self.book.refuse_direct(person[0], on, today)
        self.trigger_event(
            self.ProposedDirectly,
            application_id=application_id,
            person_id=person[0],
            from_member_id=person[1],
            proposed_on=on,
            dossier=dossier,
        )

    def close(self, *, on: date, today: date) -> None:
        """End the receipt after its last day. Raises as `RoundBook.refuse_step`."""
        self.book.refuse_step(RoundState.OPEN, on, today, "$.closed_on")
        self.trigger_event(self.Closed, closed_on=on)

    def post_list(self, posting: Posting, *, today: date) -> None:
        """Post those whose dossier is whole. Raises as `RoundBook.to_list` does."""
        on = posting.posted_on
        self.book.refuse_step(RoundState.CLOSED, on, today, "$.posted_on")
        listed = self.book.to_list()
        self.trigger_event(self.ListPosted, listed=listed, posting=posting)

    def hold_council(
        self,
        votes: Mapping[UUID, int],
        present: int,
        tie: tuple[Collection[UUID], Decision | None],
        *,
        on: date,
        today: date,
    ) -> None:
        """Take in the vote. Raises as `RoundBook.refuse_votes` and `results_of`."""
        self.book.refuse_step(RoundState.LIST_POSTED, on, today, "$.met_on")
        self.book.refuse_votes(votes)
        self.trigger_event(
            self.CouncilMet,
            met_on=on,
            present=present,
            results=results_of(votes, present, self.book.places(), tie[0]),
            tie_decision=tie[1],
        )

    def submit(self, posts: Mapping[UUID, Post], *, on: date, today: date) -> None:
        """Put minutes and proposals to the chairman.

        Raises as `RoundBook.refuse_step` and `RoundBook.refuse_posts` do.
        """
        self.book.refuse_step(RoundState.COUNCIL_MET, on, today, "$.submitted_on")
        self.book.refuse_posts(posts)
        assigned = tuple(Assigned(one, post.value) for one, post in posts.items())
        self.trigger_event(self.Submitted, submitted_on=on, assigned=assigned)

    def decide(
        self, decision: Decision, members: Mapping[UUID, UUID], *, on: date, today: date
    ) -> None:
        """Close the round: those recognised are members. Raises as `refuse_step`."""
        day = decision.decided_on
        self.book.refuse_step(RoundState.SUBMITTED, day, today, "$.decision.decided_on")
        self.trigger_event(
            self.Decided,
            decision=decision,
            recognised_on=on,
            recognised=tuple(Recognised(*pair) for pair in members.items()),
            unit_id=self.unit_id,
            force_unit_id=self.force_unit_id,
        )

    def cancel(self, reason: RoundCancelReason, *, on: date, today: date) -> None:
        """Let a round come to nothing. Raises as `RoundBook.refuse_cancelling`."""
        self.book.refuse_cancelling(on, today)
        self.trigger_event(self.Cancelled, cancelled_on=on, reason=reason.value)

    @event(Approved)
    def _approve(self, approved_on: date) -> None:
        self.book.step(RoundState.APPROVED, approved_on)

    @event(Opened)
    def _open(self, posting: Posting) -> None:
        self.book.step(RoundState.OPEN, posting.posted_on)

    @event(ApplicationReceived)
    def _receive(self, application_id: UUID, person_id: UUID, dossier: Dossier) -> None:
        self.book.applications[application_id] = Application.with_dossier(
            person_id, dossier
        )

    @event(ApplicationChecked)
    def _check(self, application_id: UUID, dossier: Dossier) -> None:
        self.book.applications[application_id] = self.book.applications[
            application_id
        ].checked(dossier)

    @event(ApplicationWithdrawn)
    def _withdraw(self, application_id: UUID) -> None:
        self.book.move((application_id,), ApplicationState.WITHDRAWN)

    @event(ProposedDirectly)
    def _propose(self, application_id: UUID, person_id: UUID, dossier: Dossier) -> None:
        self.book.applications[application_id] = Application(
            person_id, ApplicationState.PASSED, dossier, direct=True
        )

    @event(Closed)
    def _close(self, closed_on: date) -> None:
        self.book.step(RoundState.CLOSED, closed_on)

    @event(ListPosted)
    def _list(self, listed: list[UUID], posting: Posting) -> None:
        self.book.step(RoundState.LIST_POSTED, posting.posted_on)
        self.book.move(listed, ApplicationState.LISTED)

    @event(CouncilMet)
    def _meet(self, met_on: date, results: tuple[Result, ...]) -> None:
        self.book.step(RoundState.COUNCIL_MET, met_on)
        self.book.vote(results)

    @event(Submitted)
    def _submit(self, submitted_on: date, assigned: tuple[Assigned, ...]) -> None:
        self.book.step(RoundState.SUBMITTED, submitted_on)
        self.book.assign(assigned)

    @event(Decided)
    def _decide(self, decision: Decision, recognised: tuple[Recognised, ...]) -> None:
        self.book.step(RoundState.DECIDED, decision.decided_on)
        self.book.move((one[0] for one in recognised), ApplicationState.RECOGNISED)

    @event(Cancelled)
    def _cancel(self, cancelled_on: date) -> None:
        self.book.step(RoundState.CANCELLED, cancelled_on)
