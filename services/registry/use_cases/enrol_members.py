"""member.enrol: take up to 100 people into a force unit, all or none."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.chassis.commands import JointChange
from services.chassis.ids import new_id
from services.contracts.registry.api import EnrolMembers, MembersEnrolled
from services.registry.domain.force_unit import Enrolment, ForceUnit
from services.registry.domain.person import Person
from services.registry.domain.values import Post
from services.registry.person_vault import PersonRecord, PersonVault
from services.registry.read_models.quota_guard import keeping_quota
from services.registry.use_cases.circumstances import Circumstances, category


def enrol_members(
    command: EnrolMembers, given: Circumstances, vault: PersonVault
) -> JointChange:
    """Decide on enrolments; each begins a person, whose record goes to the vault."""
    people = [
        Enrolment(new_id(), Post(member.post), member.enrolled_on)
        for member in command.members
    ]
    ids = tuple(person.member_id for person in people)
    records = {
        member_id: PersonRecord(full_name=member.full_name)
        for member_id, member in zip(ids, command.members, strict=True)
    }

    def decide(
        found: Mapping[UUID, Any],
    ) -> tuple[list[ForceUnit | Person], MembersEnrolled]:
        force_unit = given.mine(found.get(command.force_unit_id), command.force_unit_id)
        force_unit.enrol(
            people,
            category(force_unit),
            given.life_of(force_unit.unit_id),
            today=given.today,
        )
        new = [
            Person.register(one, on=given.today, unit_id=force_unit.unit_id)
            for one in ids
        ]
        return [force_unit, *new], MembersEnrolled(member_ids=ids)

    return JointChange(
        loads=(command.force_unit_id,),
        decide=decide,
        also=vault.keeping(records),
        guard=keeping_quota(
            "members",
            [command.force_unit_id],
            given.units,
            since=min(person.enrolled_on for person in people),
        ),
    )
