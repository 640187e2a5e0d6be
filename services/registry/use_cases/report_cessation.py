"""member.report_cessation: put a proposal to the chairman."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.chassis.commands import JointChange
from services.contracts.registry.service_life import CessationMoved, ReportCessation
from services.registry.domain.cessation import Cessation, cessation_of
from services.registry.domain.service_errors import CessationNotProposed
from services.registry.domain.working_days import Deadline
from services.registry.use_cases.circumstances import Circumstances


def report_cessation(command: ReportCessation, given: Circumstances) -> JointChange:
    """Decide on the report; the chairman's working days begin."""
    cessation_id = cessation_of(command.member_id)

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Cessation], CessationMoved]:
        given.mine(found.get(command.force_unit_id), command.force_unit_id)
        case: Cessation | None = found.get(cessation_id)
        if case is None or case.about.force_unit_id != command.force_unit_id:
            raise CessationNotProposed(field="$.member_id")
        case.report(on=command.reported_on, today=given.today)
        reply = CessationMoved(
            cessation_id=cessation_id,
            member_id=command.member_id,
            due_on=Deadline(command.reported_on, case.decide_within).due_on,
        )
        return [case], reply

    return JointChange(loads=(command.force_unit_id, cessation_id), decide=decide)
