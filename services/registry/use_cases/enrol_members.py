"""member.enrol: take up to 100 people into a force unit, all or none."""

from uuid import uuid4

from services.chassis.commands import Change
from services.contracts.registry.api import EnrolMembers, MembersEnrolled
from services.registry.domain.force_unit import Enrolment, ForceUnit
from services.registry.domain.values import Post
from services.registry.member_vault import MemberVault
from services.registry.use_cases.circumstances import Circumstances, category


def enrol_members(
    command: EnrolMembers, given: Circumstances, vault: MemberVault
) -> Change[ForceUnit]:
    """Decide on enrolments; names go to the vault in the same transaction."""
    people = [
        Enrolment(uuid4(), Post(member.post), member.enrolled_on)
        for member in command.members
    ]
    ids = tuple(person.member_id for person in people)
    names = [member.full_name for member in command.members]

    def decide(found: ForceUnit | None) -> tuple[ForceUnit, MembersEnrolled]:
        force_unit = given.mine(found, command.force_unit_id)
        force_unit.enrol(
            people,
            category(force_unit),
            given.life_of(force_unit.unit_id),
            today=given.today,
        )
        return force_unit, MembersEnrolled(member_ids=ids)

    return Change(
        aggregate_type=ForceUnit,
        aggregate_id=command.force_unit_id,
        decide=decide,
        also=vault.keeping(list(zip(ids, names, strict=True))),
    )
