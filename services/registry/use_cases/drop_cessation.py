"""member.drop_cessation: let a proposal come to nothing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.chassis.commands import JointChange
from services.contracts.registry.service_life import CessationMoved, DropCessation
from services.registry.domain.cessation import Cessation, DropReason, cessation_of
from services.registry.domain.service_errors import CessationNotProposed
from services.registry.use_cases.circumstances import Circumstances


def drop_cessation(command: DropCessation, given: Circumstances) -> JointChange:
    """Decide that a proposal is off."""
    cessation_id = cessation_of(command.member_id)

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Cessation], CessationMoved]:
        given.mine(found.get(command.force_unit_id), command.force_unit_id)
        case: Cessation | None = found.get(cessation_id)
        if case is None or case.about.force_unit_id != command.force_unit_id:
            raise CessationNotProposed(field="$.member_id")
        case.drop(DropReason(command.reason), on=command.dropped_on, today=given.today)
        reply = CessationMoved(
            cessation_id=cessation_id,
            member_id=command.member_id,
        )
        return [case], reply

    return JointChange(loads=(command.force_unit_id, cessation_id), decide=decide)
