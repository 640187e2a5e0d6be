"""How a force without a roster is counted: by numbers that were reported for a day."""

from datetime import date

from services.registry.domain.days import refuse_future
from services.registry.domain.errors import OutsideForceUnitLife
from services.registry.domain.force_types import (
    Counting,
    ForceType,
    refuse_other_counting,
)
from services.registry.domain.force_unit import ForceUnit


def report_headcount(
    force_unit: ForceUnit, force: ForceType, *, members: int, on: date, today: date
) -> None:
    """Take down how many serve on a day; said again for a day, the later word counts.

    Raises HeadcountNotKept, ForceUnitDisbanded, DayInFuture, OutsideForceUnitLife.
    """
    refuse_other_counting(force, Counting.HEADCOUNT)
    force_unit.refuse_disbanded()
    refuse_future(on, today, "$.counted_on")
    if on < force_unit.established_on:
        raise OutsideForceUnitLife(field="$.counted_on", day=on)
    force_unit.trigger_event(
        ForceUnit.HeadcountReported,
        force_type=force_unit.force_type,
        unit_id=force_unit.unit_on(on),
        counted_on=on,
        members=members,
    )
