"""force_unit.assign_areas: which residential areas a team covers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from services.chassis.commands import JointChange
from services.contracts.registry.consolidation import AreasAssigned, AssignAreas
from services.registry.domain import force_areas
from services.registry.domain.force_errors import AreaOfAnotherUnit
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.residential_area import ResidentialArea
from services.registry.domain.residential_area_errors import AreaUnknown
from services.registry.use_cases.circumstances import Circumstances, category, holder_of
from services.unit_directory.tree import UnitTree


class Cover(NamedTuple):
    """Which areas, from which day on."""

    area_ids: Sequence[UUID]
    on: date


def assign_areas(command: AssignAreas, given: Circumstances) -> JointChange:
    """Decide on the areas of a force; each is of its commune and exists that day."""

    def decide(found: Mapping[UUID, Any]) -> tuple[list[ForceUnit], AreasAssigned]:
        force_unit = given.mine(found.get(command.force_unit_id), command.force_unit_id)
        wanted = Cover(command.area_ids, command.assigned_on)
        cover(force_unit, wanted, found, given.units, given.today)
        return [force_unit], AreasAssigned(force_unit_id=force_unit.id)

    return JointChange(loads=(command.force_unit_id, *command.area_ids), decide=decide)


def cover(
    force_unit: ForceUnit,
    wanted: Cover,
    found: Mapping[UUID, Any],
    units: UnitTree,
    today: date,
) -> None:
    """Let a force cover areas that were found; a roster from Excel does it too.

    Raises as `force_areas.assign_areas` does, AreaUnknown, AreaOfAnotherUnit,
    OutsideAreaLife.
    """
    # As both lie by the last word: a plan passes teams and areas together.
    holder = holder_of(units, force_unit, today)
    for number, area_id in enumerate(wanted.area_ids):
        field = f"$.area_ids[{number}]"
        area = found.get(area_id)
        if not isinstance(area, ResidentialArea):
            raise AreaUnknown(field=field, area_id=area_id)
        if not units.within((holder,), area.unit_id):
            raise AreaOfAnotherUnit(field=field, area_id=area_id)
        area.require_alive(wanted.on, field)
    force_areas.assign_areas(
        force_unit,
        category(force_unit),
        wanted.area_ids,
        on=wanted.on,
        today=today,
    )
