"""Which residential areas a force covers: one or several of its own commune."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.registry.domain.days import refuse_future
from services.registry.domain.errors import OutsideForceUnitLife
from services.registry.domain.force_errors import AreasNotCovered
from services.registry.domain.force_types import ForceType
from services.registry.domain.force_unit import ForceUnit


def assign_areas(
    force_unit: ForceUnit,
    force: ForceType,
    area_ids: Sequence[UUID],
    *,
    on: date,
    today: date,
) -> None:
    """Say which areas a force covers from a day on; none is said too.

    Raises AreasNotCovered, ForceUnitDisbanded, DayInFuture, OutsideForceUnitLife.
    """
    if force.one_per_unit:
        raise AreasNotCovered(field="$.force_unit_id", force_type=force.code)
    force_unit.refuse_disbanded()
    refuse_future(on, today, "$.assigned_on")
    if on < force_unit.established_on:
        raise OutsideForceUnitLife(field="$.assigned_on", day=on)
    force_unit.trigger_event(
        ForceUnit.AreasAssigned,
        force_type=force_unit.force_type,
        unit_id=force_unit.unit_on(on),
        area_ids=list(dict.fromkeys(area_ids)),
        assigned_on=on,
    )
