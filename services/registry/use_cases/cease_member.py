"""member.cease: end one person's service in a force unit."""

from services.chassis.commands import Change
from services.contracts.registry.api import CeaseMember, MemberCeased
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.values import Ground
from services.registry.use_cases.circumstances import Circumstances


def cease_member(command: CeaseMember, given: Circumstances) -> Change[ForceUnit]:
    """Decide on the end of a service."""

    def decide(found: ForceUnit | None) -> tuple[ForceUnit, MemberCeased]:
        force_unit = given.mine(found, command.force_unit_id)
        force_unit.cease(
            command.member_id,
            on=command.ceased_on,
            ground=Ground(command.ground),
            today=given.today,
        )
        return force_unit, MemberCeased(member_id=command.member_id)

    return Change(
        aggregate_type=ForceUnit, aggregate_id=command.force_unit_id, decide=decide
    )
