"""unit.pass_custody: who keeps what of a divided unit, where no plan has said it."""

from services.chassis.commands import Change
from services.contracts.registry.unit_history import PassCustody
from services.registry.domain import unit_errors as errors
from services.registry.domain.days import refuse_future
from services.registry.domain.dependant_kinds import DependantKind
from services.registry.domain.unit import Unit
from services.registry.use_cases.change_unit import changed_unit, unit_of_area
from services.registry.use_cases.circumstances import Circumstances


def pass_custody(command: PassCustody, given: Circumstances) -> Change[Unit]:
    """Decide on a keeper among those that took over a part on that day."""
    refuse_future(command.decree_date, given.today, "$.decree_date")
    divided = unit_of_area(command.unit_id, given)
    given.units.unit(command.keeper_id, "$.keeper_id")
    given.units.require_within(given.caller, command.keeper_id, "$.keeper_id")
    heirs = {
        heir.unit_id
        for heir in divided.successors
        if not heir.whole and heir.effective_on == command.effective_on
    }
    if command.keeper_id not in heirs:
        raise errors.KeeperNotHeir(
            field="$.keeper_id", keeper_id=command.keeper_id, day=command.effective_on
        )

    def keep(unit: Unit) -> None:
        unit.pass_custody(
            DependantKind(command.kind),
            keeper_id=command.keeper_id,
            effective_on=command.effective_on,
            legal_basis=command.legal_basis,
            decree_date=command.decree_date,
        )

    return changed_unit(divided.id, keep)
