"""Commands about forces that are counted without a roster."""

from typing import Final

from services.chassis.calls import Call, Outcome
from services.contracts.registry import force_counts as shapes
from services.registry.use_cases.report_headcount import report_headcount
from services.registry.verbs.making import command, given


async def force_unit_report_headcount(call: Call[shapes.ReportHeadcount]) -> Outcome:
    """Take down how many serve in a force that keeps no roster."""
    change = report_headcount(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


VERBS: Final = (
    command(
        "force_unit.report_headcount",
        shapes.ReportHeadcount,
        force_unit_report_headcount,
    ),
)
