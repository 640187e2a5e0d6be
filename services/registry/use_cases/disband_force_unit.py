"""force_unit.disband: end a force unit and everybody's service in it."""

from services.chassis.commands import Change
from services.contracts.registry.force_units import DisbandForceUnit, ForceUnitDisbanded
from services.registry.domain import force_endings
from services.registry.domain.force_unit import ForceUnit
from services.registry.use_cases.circumstances import Circumstances


def disband_force_unit(
    command: DisbandForceUnit, given: Circumstances
) -> Change[ForceUnit]:
    """Decide on the end of a force unit."""

    def decide(found: ForceUnit | None) -> tuple[ForceUnit, ForceUnitDisbanded]:
        force_unit = given.mine(found, command.force_unit_id)
        ceased = force_endings.disband(
            force_unit, on=command.disbanded_on, today=given.today
        )
        reply = ForceUnitDisbanded(
            force_unit_id=command.force_unit_id, members_ceased=ceased
        )
        return force_unit, reply

    return Change(
        aggregate_type=ForceUnit, aggregate_id=command.force_unit_id, decide=decide
    )
