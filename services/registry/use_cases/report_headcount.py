"""force_unit.report_headcount: how many serve in a force that keeps no roster."""

from services.chassis.commands import Change
from services.contracts.registry.force_counts import HeadcountReported, ReportHeadcount
from services.registry.domain import force_counts
from services.registry.domain.force_unit import ForceUnit
from services.registry.use_cases.circumstances import Circumstances, category


def report_headcount(
    command: ReportHeadcount, given: Circumstances
) -> Change[ForceUnit]:
    """Decide on a reported number."""

    def decide(found: ForceUnit | None) -> tuple[ForceUnit, HeadcountReported]:
        force_unit = given.mine(found, command.force_unit_id)
        force_counts.report_headcount(
            force_unit,
            category(force_unit),
            members=command.members,
            on=command.counted_on,
            today=given.today,
        )
        return force_unit, HeadcountReported(force_unit_id=command.force_unit_id)

    return Change(
        aggregate_type=ForceUnit, aggregate_id=command.force_unit_id, decide=decide
    )
