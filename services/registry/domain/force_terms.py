"""For how long a force was chosen, where it was chosen for a time."""

from datetime import date

from services.registry.domain.days import refuse_future
from services.registry.domain.errors import OutsideForceUnitLife
from services.registry.domain.force_errors import TermEndsBeforeItBegins
from services.registry.domain.force_unit import ForceUnit


def begin_term(
    force_unit: ForceUnit, *, begins_on: date, ends_on: date, today: date
) -> None:
    """Begin a term; `ends_on` is the first day after it. The force itself goes on.

    Raises ForceUnitDisbanded, DayInFuture, OutsideForceUnitLife,
    TermEndsBeforeItBegins.
    """
    force_unit.refuse_disbanded()
    refuse_future(begins_on, today, "$.begins_on")
    if begins_on < force_unit.established_on:
        raise OutsideForceUnitLife(field="$.begins_on", day=begins_on)
    if ends_on <= begins_on:
        raise TermEndsBeforeItBegins(field="$.ends_on", begins_on=begins_on)
    force_unit.trigger_event(
        ForceUnit.TermBegun,
        force_type=force_unit.force_type,
        unit_id=force_unit.unit_on(begins_on),
        begins_on=begins_on,
        ends_on=ends_on,
    )
