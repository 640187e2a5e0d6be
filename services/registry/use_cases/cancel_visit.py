"""visit.cancel: take back a visit that was planned by mistake."""

from services.chassis.commands import Change
from services.contracts.registry.care import CancelVisit
from services.registry.domain.welfare_visit import WelfareVisit
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.visit_steps import visit_step


def cancel_visit(command: CancelVisit, given: Circumstances) -> Change[WelfareVisit]:
    """Decide that no visit is owed."""
    return visit_step(
        command.visit_id, given, lambda visit: visit.cancel(today=given.today)
    )
