"""How a step of a visit is decided: the caller's own visit, the step, the answer."""

from collections.abc import Callable
from uuid import UUID

from services.chassis.commands import Change
from services.contracts.registry.care import VisitMoved
from services.registry.domain.care_errors import VisitUnknown
from services.registry.domain.welfare_visit import WelfareVisit
from services.registry.use_cases.circumstances import Circumstances


def visit_step(
    visit_id: UUID, given: Circumstances, step: Callable[[WelfareVisit], None]
) -> Change[WelfareVisit]:
    """Decide on a step; another area's visit looks absent. Raises VisitUnknown."""

    def decide(found: WelfareVisit | None) -> tuple[WelfareVisit, VisitMoved]:
        if found is None or not given.reaches(found.unit_id, "welfare_visit"):
            raise VisitUnknown(field="$.visit_id", visit_id=visit_id)
        step(found)
        return found, VisitMoved(visit_id=visit_id, state=found.state.value)

    return Change(aggregate_type=WelfareVisit, aggregate_id=visit_id, decide=decide)
