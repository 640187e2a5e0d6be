"""What may happen to a person of the registry; who it is stands in the vault alone."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import person_errors as errors
from services.registry.domain.person_values import (
    DisputeOutcome,
    DisputeReason,
    ErasureGround,
)


class Dispute(NamedTuple):
    """How far a person's "this is wrong" has come."""

    answered_on: date | None = None
    outcome: DisputeOutcome | None = None


class Person(Aggregate):
    """Somebody who serves, served or applies: a number, with what was done about it.

    A person who came with an enrolment bears the id of that membership.
    """

    TOPIC = "registry.person"

    class Event(Aggregate.Event):
        TOPIC = "registry.person.event"

    class Registered(Event, AggregateCreated):
        TOPIC = "registry.person.registered"
        registered_on: date
        unit_id: UUID

    class Corrected(Event):
        TOPIC = "registry.person.corrected"
        fields: tuple[str, ...]
        corrected_on: date
        corrected_by: str
        dispute_id: UUID | None

    class Disputed(Event):
        TOPIC = "registry.person.disputed"
        dispute_id: UUID
        unit_id: UUID
        unit_path: str
        fields: tuple[str, ...]
        channel: str
        filed_on: date
        filed_by: str
        answer_by: date
        done_by: date

    class DisputeAnswered(Event):
        TOPIC = "registry.person.dispute_answered"
        dispute_id: UUID
        outcome: str
        reason: str
        answered_on: date
        answered_by: str

    class Erased(Event):
        TOPIC = "registry.person.erased"
        ground: str
        certificate_id: UUID
        erased_on: date
        erased_by: str

    class Absorbed(Event):
        TOPIC = "registry.person.absorbed"
        other_id: UUID
        absorbed_on: date
        absorbed_by: str

    class Merged(Event):
        TOPIC = "registry.person.merged"
        into: UUID
        merged_on: date
        merged_by: str

    class Released(Event):
        TOPIC = "registry.person.released"
        other_id: UUID
        released_on: date
        released_by: str

    class Parted(Event):
        TOPIC = "registry.person.parted"
        other_id: UUID
        parted_on: date
        parted_by: str

    class ToldApart(Event):
        TOPIC = "registry.person.told_apart"
        other_id: UUID
        told_on: date
        told_by: str

    class Joined(Event):
        TOPIC = "registry.person.joined"
        member_id: UUID
        force_unit_id: UUID
        joined_on: date

    class JoiningWithdrawn(Event):
        TOPIC = "registry.person.joining_withdrawn"
        member_id: UUID

    @classmethod
    def register(cls, person_id: UUID, *, on: date, unit_id: UUID) -> "Person":
        """Begin a person, entered by or for a unit."""
        return cls._create(
            cls.Registered, id=person_id, registered_on=on, unit_id=unit_id
        )

    @event(Registered)
    def __init__(self, *, registered_on: date, unit_id: UUID) -> None:
        self.registered_on = registered_on
        self.unit_id = unit_id
        self.disputes: dict[UUID, Dispute] = {}
        self.done: set[UUID | None] = set()
        self.erased_on: date | None = None
        self.merged_into: UUID | None = None
        self.absorbed: set[UUID] = set()
        self.apart: set[UUID] = set()
        # The first membership bears the person's own id and is not told of here.
        self.joined: dict[UUID, UUID] = {}

    def join(self, member_id: UUID, force_unit_id: UUID, *, on: date) -> None:
        """Serve once more: two of these at once meet here, and one has to wait.

        Raises PersonErased, PersonMerged.
        """
        self.refuse_gone()
        self.trigger_event(
            self.Joined, member_id=member_id, force_unit_id=force_unit_id, joined_on=on
        )

    def correct(
        self, fields: tuple[str, ...], dispute_id: UUID | None, *, on: date, by: str
    ) -> None:
        """Note that fields of the record were replaced; not by what.

        Raises PersonErased, PersonMerged, NothingToCorrect, DisputeUnknown,
        DisputeNotUpheld.
        """
        self.refuse_gone()
        if dispute_id is not None:
            dispute = self.known_dispute(dispute_id)
            upheld = dispute.outcome is DisputeOutcome.UPHELD
            if not upheld or dispute_id in self.done:
                raise errors.DisputeNotUpheld(
                    field="$.dispute_id", dispute_id=dispute_id
                )
        if not fields:
            raise errors.NothingToCorrect
        self.trigger_event(
            self.Corrected,
            fields=fields,
            corrected_on=on,
            corrected_by=by,
            dispute_id=dispute_id,
        )

    def erase(
        self,
        ground: ErasureGround,
        certificate_id: UUID,
        *,
        on: date,
        by: str,
    ) -> None:
        """Note that nothing of the person is kept any more. Raises PersonErased."""
        if self.erased_on is not None:
            raise errors.PersonErased(erased_on=self.erased_on)
        for dispute_id, dispute in tuple(self.disputes.items()):
            if dispute.answered_on is None:
                self.trigger_event(
                    self.DisputeAnswered,
                    dispute_id=dispute_id,
                    outcome=DisputeOutcome.UPHELD.value,
                    reason=DisputeReason.RECORD_ERASED.value,
                    answered_on=on,
                    answered_by=by,
                )
        self.trigger_event(
            self.Erased,
            ground=ground.value,
            certificate_id=certificate_id,
            erased_on=on,
            erased_by=by,
        )

    @property
    def open_disputes(self) -> list[UUID]:
        """Disputes that wait for an answer, or for what was promised in it."""
        return [
            dispute_id
            for dispute_id, dispute in self.disputes.items()
            if dispute.outcome is not DisputeOutcome.REFUSED
            and dispute_id not in self.done
        ]

    def refuse_gone(self) -> None:
        """Let only a person pass of whom a record counts.

        Raises PersonErased, PersonMerged.
        """
        if self.erased_on is not None:
            raise errors.PersonErased(erased_on=self.erased_on)
        if self.merged_into is not None:
            raise errors.PersonMerged(into=self.merged_into)

    def known_dispute(self, dispute_id: UUID) -> Dispute:
        """Return how far a dispute has come. Raises DisputeUnknown."""
        dispute = self.disputes.get(dispute_id)
        if dispute is None:
            raise errors.DisputeUnknown(field="$.dispute_id", dispute_id=dispute_id)
        return dispute

    @event(Corrected)
    def _corrected(self, dispute_id: UUID | None) -> None:
        # None stands for the corrections that nobody had asked for.
        self.done.add(dispute_id)

    @event(Disputed)
    def _disputed(self, dispute_id: UUID) -> None:
        self.disputes[dispute_id] = Dispute()

    @event(DisputeAnswered)
    def _answered(self, dispute_id: UUID, outcome: str, answered_on: date) -> None:
        self.disputes[dispute_id] = Dispute(answered_on, DisputeOutcome(outcome))

    @event(Erased)
    def _erased(self, erased_on: date) -> None:
        self.erased_on = erased_on

    @event(Absorbed)
    def _absorbed(self, other_id: UUID) -> None:
        self.absorbed.add(other_id)
        self.apart.discard(other_id)

    @event(Merged)
    def _merged(self, into: UUID) -> None:
        self.merged_into = into
        self.apart.discard(into)

    @event(Released)
    def _released(self, other_id: UUID) -> None:
        self.absorbed.discard(other_id)

    @event(Parted)
    def _parted(self) -> None:
        self.merged_into = None

    @event(ToldApart)
    def _told_apart(self, other_id: UUID) -> None:
        self.apart.add(other_id)

    @event(Joined)
    def _join(self, member_id: UUID, force_unit_id: UUID) -> None:
        self.joined[member_id] = force_unit_id

    @event(JoiningWithdrawn)
    def _not_join(self, member_id: UUID) -> None:
        del self.joined[member_id]
