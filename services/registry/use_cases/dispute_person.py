"""person.dispute and person.answer_dispute: "this is wrong", and what the unit says."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.chassis.commands import JointChange
from services.chassis.ids import new_id
from services.contracts.registry.people import (
    AnswerDispute,
    DisputeAnswered,
    DisputePerson,
    PersonDisputed,
)
from services.registry.domain import person_disputes
from services.registry.domain.person import Person
from services.registry.domain.person_values import (
    DisputeChannel,
    DisputeOutcome,
    DisputeReason,
)
from services.registry.domain.working_days import Deadline
from services.registry.read_models.person_list import Reach
from services.registry.reference.people_rules import PEOPLE_RULES
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.reached import found_or_begun


def dispute_person(
    command: DisputePerson, person: Reach, given: Circumstances
) -> JointChange:
    """Decide on a filing; its clocks are those of the law on the day of filing."""
    rule = PEOPLE_RULES.dispute_on(command.filed_on)
    filing = person_disputes.Filing(
        new_id(),
        tuple(dict.fromkeys(command.fields)),
        DisputeChannel(command.channel),
        command.filed_on,
        Deadline(command.filed_on, rule.answer_working_days).due_on,
        command.filed_on + timedelta(days=rule.done_days),
    )

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Person], PersonDisputed]:
        one = found_or_begun(found, person.id, person, given)
        person_disputes.file_dispute(
            one,
            filing,
            (person.unit_id, person.unit_path),
            by=given.caller.subject,
            today=given.today,
        )
        reply = PersonDisputed(
            person_id=person.id,
            dispute_id=filing.dispute_id,
            answer_by=filing.answer_by,
            done_by=filing.done_by,
        )
        return [one], reply

    return JointChange(loads=(person.id,), decide=decide)


def answer_dispute(
    command: AnswerDispute, person: Reach, given: Circumstances
) -> JointChange:
    """Decide on the unit's answer."""

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Person], DisputeAnswered]:
        one = found_or_begun(found, person.id, person, given)
        person_disputes.answer_dispute(
            one,
            command.dispute_id,
            DisputeOutcome(command.outcome),
            DisputeReason(command.reason),
            on=given.today,
            by=given.caller.subject,
        )
        reply = DisputeAnswered(
            person_id=person.id,
            dispute_id=command.dispute_id,
            outcome=command.outcome,
        )
        return [one], reply

    return JointChange(loads=(person.id,), decide=decide)
