"""member.suspend: let a member rest from duty by a decision."""

from services.chassis.commands import Change
from services.contracts.registry.service_life import MemberChanged, SuspendMember
from services.registry.domain import force_service
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.roster import Act
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.papers import decision_in


def suspend_member(command: SuspendMember, given: Circumstances) -> Change[ForceUnit]:
    """Decide on a suspension."""
    act = Act(
        command.member_id,
        command.suspended_on,
        decision_in(command.decision),
        command.expected_version,
    )

    def decide(found: ForceUnit | None) -> tuple[ForceUnit, MemberChanged]:
        force_unit = given.mine(found, command.force_unit_id)
        force_service.suspend(force_unit, act, today=given.today)
        version = force_unit.roster[command.member_id].version
        return force_unit, MemberChanged(member_id=command.member_id, version=version)

    return Change(
        aggregate_type=ForceUnit, aggregate_id=command.force_unit_id, decide=decide
    )
