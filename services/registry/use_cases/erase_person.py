"""person.erase: destroy key, records, digests; leave counts and a certificate."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
import sqlalchemy as sa

from services.chassis.commands import JointChange
from services.chassis.ids import new_id
from services.contracts.registry.people import ErasePerson, PersonErased
from services.registry.domain.person import Person
from services.registry.domain.person_values import ErasureGround
from services.registry.person_vault import Destroyed, PersonVault
from services.registry.read_models.one_membership import erasing_whole
from services.registry.read_models.person_list import Reach
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.reached import found_or_begun

_CANONICAL: Final = msgspec.json.Encoder(order="deterministic")


def erase_person(
    command: ErasePerson,
    person: Reach,
    given: Circumstances,
    vault: PersonVault,
    *,
    backup_days: int,
) -> JointChange:
    """Decide on an erasure of a person and of those merged into it."""
    certificate_id, ground = new_id(), ErasureGround(command.ground)

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Person], PersonErased]:
        people = [found_or_begun(found, one, person, given) for one in person.family]
        for one in people:
            one.erase(ground, certificate_id, on=given.today, by=given.caller.subject)
        reply = PersonErased(
            person_id=person.id, certificate_id=certificate_id, erased_on=given.today
        )
        return people, reply

    def destroy(conn: sa.Connection) -> None:
        destroyed = vault.destroy(conn, person.family)
        text = _certificate(
            certificate_id, command, person, destroyed, given, backup_days
        )
        vault.keep_certificate(conn, certificate_id, person.id, text)

    return JointChange(
        loads=person.family,
        decide=decide,
        also=destroy,
        guard=erasing_whole(person.id, person.family, ground),
    )


def _certificate(
    certificate_id: UUID,
    command: ErasePerson,
    person: Reach,
    destroyed: Destroyed,
    given: Circumstances,
    backup_days: int,
) -> bytes:
    unit = given.units.get(person.unit_id)
    return _CANONICAL.encode(
        {
            "document": "binhyen/certificate-of-erasure/1",
            "certificate_id": certificate_id,
            "person_id": person.id,
            "with_merged": sorted(str(o) for o in person.family if o != person.id),
            "unit_code": unit.code if unit else None,
            "erased_on": given.today,
            "ground": command.ground,
            "destroyed": {
                "keys": destroyed.keys,
                "records": destroyed.records,
                "digests": destroyed.digests,
            },
            "sealed_records_sha256": destroyed.sha256,
            "copies_in_backups_until": given.today + timedelta(days=backup_days),
            "issued_by": given.caller.subject,
        }
    )
