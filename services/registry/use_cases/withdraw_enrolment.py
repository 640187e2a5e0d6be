"""member.withdraw_enrolment: what was entered by mistake has never been."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.commands import JointChange
from services.contracts.registry.members import EnrolmentWithdrawn, WithdrawEnrolment
from services.registry.domain import force_withdrawal
from services.registry.domain.cessation import Cessation, cessation_of
from services.registry.domain.enrolment_errors import MemberNotEnrolledAlone
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.import_errors import MemberHasLaterFacts
from services.registry.domain.person import Person
from services.registry.domain.values import EnrolmentFault
from services.registry.person_vault import PersonVault
from services.registry.read_models.enrolments import (
    Origin,
    is_built_upon,
    is_known_otherwise,
)
from services.registry.use_cases.circumstances import Circumstances


def withdraw_enrolment(
    command: WithdrawEnrolment,
    given: Circumstances,
    vault: PersonVault,
    origin: Origin | None,
) -> JointChange:
    """Decide that an enrolment has never been; who came by it alone is forgotten.

    ``origin`` is of the member that the command names, wherever it serves.
    """
    member_id = command.member_id
    cessation_id = cessation_of(member_id)
    person_id = member_id if origin is None else origin.person_id

    def decide(
        found: Mapping[UUID, Any],
    ) -> tuple[list[ForceUnit | Person], EnrolmentWithdrawn]:
        unit = given.mine(found.get(command.force_unit_id), command.force_unit_id)
        reason = EnrolmentFault(command.reason)
        force_withdrawal.withdraw_enrolment(unit, member_id, reason)
        if origin is not None and origin.chosen:
            raise MemberNotEnrolledAlone(field="$.member_id", member_id=member_id)
        proposal: Cessation | None = found.get(cessation_id)
        if proposal is not None and proposal.is_open:
            raise MemberHasLaterFacts(field="$.member_id", member_id=member_id)
        changed: list[ForceUnit | Person] = [unit]
        person: Person | None = found.get(person_id)
        if person is not None and member_id in person.joined:
            force_withdrawal.withdraw_joinings(person, [member_id])
            changed.append(person)
        return changed, EnrolmentWithdrawn(member_id=member_id)

    def forget(conn: sa.Connection) -> None:
        # As a guard: what others entered meanwhile is seen, and the enrolment is gone.
        if is_built_upon(conn, member_id):
            raise MemberHasLaterFacts(field="$.member_id", member_id=member_id)
        if person_id == member_id and not is_known_otherwise(conn, person_id):
            vault.destroy(conn, (person_id,))

    loads = {command.force_unit_id, cessation_id, person_id}
    return JointChange(loads=loads, decide=decide, guard=forget)
