"""force_unit.begin_term: for how long a force was chosen."""

from services.chassis.commands import Change
from services.contracts.registry.norms import BeginTerm, TermBegun
from services.registry.domain import force_terms
from services.registry.domain.force_unit import ForceUnit
from services.registry.use_cases.circumstances import Circumstances


def begin_term(command: BeginTerm, given: Circumstances) -> Change[ForceUnit]:
    """Decide on a term."""

    def decide(found: ForceUnit | None) -> tuple[ForceUnit, TermBegun]:
        force_unit = given.mine(found, command.force_unit_id)
        force_terms.begin_term(
            force_unit,
            begins_on=command.begins_on,
            ends_on=command.ends_on,
            today=given.today,
        )
        return force_unit, TermBegun(force_unit_id=command.force_unit_id)

    return Change(
        aggregate_type=ForceUnit, aggregate_id=command.force_unit_id, decide=decide
    )
