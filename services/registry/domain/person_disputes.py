"""What a person may call wrong in the record, and what the unit answers."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.registry.domain import person_errors as errors
from services.registry.domain.person import Person
from services.registry.domain.person_values import (
    UPHOLDING,
    DisputeChannel,
    DisputeOutcome,
    DisputeReason,
)


class Filing(NamedTuple):
    """What a person said, by which way, and until when the unit has to act."""

    dispute_id: UUID
    fields: tuple[str, ...]
    channel: DisputeChannel
    filed_on: date
    answer_by: date
    done_by: date


def file_dispute(
    person: Person, filing: Filing, place: tuple[UUID, str], *, by: str, today: date
) -> None:
    """Take in that the person calls fields of the record wrong.

    Raises PersonErased, PersonMerged, FiledInFuture.
    """
    person.refuse_gone()
    if filing.filed_on > today:
        raise errors.FiledInFuture(field="$.filed_on", day=filing.filed_on)
    person.trigger_event(
        Person.Disputed,
        dispute_id=filing.dispute_id,
        unit_id=place[0],
        unit_path=place[1],
        fields=filing.fields,
        channel=filing.channel.value,
        filed_on=filing.filed_on,
        filed_by=by,
        answer_by=filing.answer_by,
        done_by=filing.done_by,
    )


def answer_dispute(
    person: Person,
    dispute_id: UUID,
    outcome: DisputeOutcome,
    reason: DisputeReason,
    *,
    on: date,
    by: str,
) -> None:
    """Answer the person, once.

    Raises DisputeUnknown, DisputeAlreadyAnswered, ReasonDoesNotFit.
    """
    dispute = person.known_dispute(dispute_id)
    if dispute.answered_on is not None:
        raise errors.DisputeAlreadyAnswered(answered_on=dispute.answered_on)
    if (reason in UPHOLDING) != (outcome is DisputeOutcome.UPHELD):
        raise errors.ReasonDoesNotFit(
            field="$.reason", reason=reason.value, outcome=outcome.value
        )
    person.trigger_event(
        Person.DisputeAnswered,
        dispute_id=dispute_id,
        outcome=outcome.value,
        reason=reason.value,
        answered_on=on,
        answered_by=by,
    )
