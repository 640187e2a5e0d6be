"""force_unit.assign_areas: which residential areas a team covers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.chassis.commands import JointChange
from services.contracts.registry.consolidation import AreasAssigned, AssignAreas
from services.registry.domain import force_areas
from services.registry.domain.force_errors import AreaOfAnotherUnit
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.residential_area import ResidentialArea
from services.registry.domain.residential_area_errors import AreaUnknown
from services.registry.use_cases.circumstances import Circumstances, category


def assign_areas(command: AssignAreas, given: Circumstances) -> JointChange:
    """Decide on the areas of a force; each is of its commune and exists that day."""

    def decide(found: Mapping[UUID, Any]) -> tuple[list[ForceUnit], AreasAssigned]:
        force_unit = given.mine(found.get(command.force_unit_id), command.force_unit_id)
        force_areas.assign_areas(
            force_unit,
            category(force_unit),
            command.area_ids,
            on=command.assigned_on,
            today=given.today,
        )
        for number, area_id in enumerate(command.area_ids):
            field = f"$.area_ids[{number}]"
            area = found.get(area_id)
            if not isinstance(area, ResidentialArea):
                raise AreaUnknown(field=field, area_id=area_id)
            # As both lie by the last word: a plan passes teams and areas together.
            holder = given.holder_of(force_unit)
            if not given.units.within((holder,), area.unit_id):
                raise AreaOfAnotherUnit(field=field, area_id=area_id)
            area.require_alive(command.assigned_on, field)
        return [force_unit], AreasAssigned(force_unit_id=force_unit.id)

    return JointChange(loads=(command.force_unit_id, *command.area_ids), decide=decide)
