"""person.correct: put the whole record as it is to be over the one that is there."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.chassis.commands import JointChange
from services.contracts.registry.people import CorrectPerson, PersonCorrected
from services.registry.domain.identifiers import (
    IdFlag,
    flags_of,
    normalised_citizen_id,
    normalised_old_id,
)
from services.registry.domain.person import Person
from services.registry.domain.person_errors import CitizenIdDoubtful
from services.registry.person_vault import PersonRecord, PersonVault
from services.registry.read_models.person_list import Reach
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.reached import found_or_begun


def correct_person(
    command: CorrectPerson,
    person: Reach,
    before: PersonRecord | None,
    given: Circumstances,
    vault: PersonVault,
) -> JointChange:
    """Decide on a correction; the event names the fields, the vault gets the words.

    Raises CitizenIdMalformed, OldIdMalformed, CitizenIdDoubtful.
    """
    record = record_of(command)
    flags = _looked_at(record, confirmed=command.confirmed)
    changed = tuple(
        name
        for name in PersonRecord.__struct_fields__
        if before is None or getattr(before, name) != getattr(record, name)
    )

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Person], PersonCorrected]:
        one = found_or_begun(found, person.id, person, given)
        one.correct(
            changed, command.dispute_id, on=given.today, by=given.caller.subject
        )
        reply = PersonCorrected(
            person_id=person.id,
            fields=changed,
            warnings=tuple(flag.value for flag in flags),
        )
        return [one], reply

    return JointChange(
        loads=(person.id,), decide=decide, also=vault.replacing(person.id, record)
    )


def record_of(command: CorrectPerson) -> PersonRecord:
    """Return the record that a command describes, with its numbers as digits alone.

    Raises CitizenIdMalformed, OldIdMalformed.
    """
    citizen_id, old_id = command.citizen_id, command.old_id
    return PersonRecord(
        full_name=command.full_name,
        birth_date=command.birth_date,
        citizen_id=citizen_id and normalised_citizen_id(citizen_id, "$.citizen_id"),
        old_id=old_id and normalised_old_id(old_id, "$.old_id"),
        phone=command.phone,
        school_level=command.school_level,
        resident_since=command.resident_since,
    )


def _looked_at(record: PersonRecord, *, confirmed: bool) -> tuple[IdFlag, ...]:
    if record.citizen_id is None:
        return ()
    flags = flags_of(record.citizen_id, record.birth_date)
    if IdFlag.BIRTH_YEAR_DIFFERS in flags and not confirmed:
        raise CitizenIdDoubtful(field="$.citizen_id")
    return flags
