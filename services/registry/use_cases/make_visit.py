"""visit.make: record that a visit was made."""

from services.chassis.commands import Change
from services.contracts.registry.care import MakeVisit
from services.registry.domain.welfare_visit import VisitingBody, WelfareVisit
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.visit_steps import visit_step


def make_visit(command: MakeVisit, given: Circumstances) -> Change[WelfareVisit]:
    """Decide on a visit that was made."""

    def step(visit: WelfareVisit) -> None:
        visit.make(
            VisitingBody(command.visited_by), on=command.made_on, today=given.today
        )

    return visit_step(command.visit_id, given, step)
