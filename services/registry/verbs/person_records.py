"""Commands about one person's record, its disputes, its end and the certificate."""

import base64
from typing import Any, Final
from uuid import UUID

from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.contracts.registry import people as shapes
from services.registry.domain.person_errors import CertificateUnknown
from services.registry.person_vault import certificate
from services.registry.read_models import person_disputes, person_list
from services.registry.read_models.person_list import Reach
from services.registry.use_cases.correct_person import correct_person
from services.registry.use_cases.dispute_person import answer_dispute, dispute_person
from services.registry.use_cases.erase_person import erase_person
from services.registry.use_cases.reached import within_reach
from services.registry.verbs.making import callers_paths, command, given, query
from services.registry.verbs.people import covered, vault_of

WRITE_PEOPLE: Final = "people:write"
ERASE: Final = "people:erase"


async def reached(call: Call[Any], person_id: UUID) -> Reach:
    """Return the person that counts for an id. Raises PersonUnknown."""
    found = await call.runtime.read(
        person_list.reach, (person_id,), callers_paths(call)
    )
    return within_reach(found, person_id)


async def person_correct(call: Call[shapes.CorrectPerson]) -> Outcome:
    """Put a record as it is to be over the one that is there."""
    vault = vault_of(call.runtime)
    person = await reached(call, call.body.person_id)
    records = await call.runtime.read(vault.records, (person.id,))
    change = correct_person(
        call.body, person, records.get(person.id), given(call), vault
    )
    return await call.runtime.commands.run_together(change, vault.marked(call.key))


async def person_dispute(call: Call[shapes.DisputePerson]) -> Outcome:
    """Take in that a person calls fields of the record wrong."""
    person = await reached(call, call.body.person_id)
    change = dispute_person(call.body, person, given(call))
    return await call.runtime.commands.run_together(change, call.key)


async def person_answer_dispute(call: Call[shapes.AnswerDispute]) -> Outcome:
    """Answer a person's dispute, once."""
    person = await reached(call, call.body.person_id)
    change = answer_dispute(call.body, person, given(call))
    return await call.runtime.commands.run_together(change, call.key)


async def people_disputes(call: Call[shapes.DisputesList]) -> shapes.DisputeList:
    """List disputes of a unit's subtree with their clocks and answers."""
    asked = call.body
    _, paths = covered(call, asked.unit)
    family: tuple[UUID, ...] | None = None
    if asked.person_id is not None:
        family = (await reached(call, asked.person_id)).family
    wanted = person_disputes.DisputeFilter(
        paths, callers_paths(call), family, asked.only_open
    )
    return await call.runtime.read(
        person_disputes.list_disputes,
        wanted,
        today=local_today(),
        first=asked.first,
        after=asked.after,
    )


async def person_erase(call: Call[shapes.ErasePerson]) -> Outcome:
    """Destroy a person's key, record and digests; leave a certificate."""
    person = await reached(call, call.body.person_id)
    change = erase_person(
        call.body,
        person,
        given(call),
        vault_of(call.runtime),
        backup_days=call.runtime.settings.vault_backup_days,
    )
    return await call.runtime.commands.run_together(change, call.key)


async def person_certificate(
    call: Call[shapes.CertificateGet],
) -> shapes.CertificateView:
    """Return a signed certificate of erasure. Raises CertificateUnknown."""
    wanted = call.body.certificate_id
    found = await call.runtime.read(certificate, wanted)
    if found is None:
        raise CertificateUnknown(field="$.certificate_id", certificate_id=wanted)
    person_id, document, signature = found
    mine = await call.runtime.read(person_list.reach, (person_id,), callers_paths(call))
    if person_id not in mine:
        raise CertificateUnknown(field="$.certificate_id", certificate_id=wanted)
    return shapes.CertificateView(
        certificate_id=wanted,
        person_id=person_id,
        document=document.decode(),
        signature=base64.b64encode(signature).decode(),
        public_key=base64.b64encode(vault_of(call.runtime).public_key).decode(),
    )


VERBS: Final = (
    command("person.correct", shapes.CorrectPerson, person_correct, WRITE_PEOPLE),
    command("person.dispute", shapes.DisputePerson, person_dispute, WRITE_PEOPLE),
    command(
        "person.answer_dispute",
        shapes.AnswerDispute,
        person_answer_dispute,
        WRITE_PEOPLE,
    ),
    command("person.erase", shapes.ErasePerson, person_erase, ERASE),
    query("people.disputes", shapes.DisputesList, people_disputes),
    query("person.certificate", shapes.CertificateGet, person_certificate),
)
