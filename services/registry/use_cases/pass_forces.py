"""What a plan of reorganisation does to the forces of units that it divides."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from services.registry.domain import force_passing
from services.registry.domain.force_passing import Passing
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.reorganisation import Reorganisation
from services.registry.use_cases.circumstances import Circumstances


def pass_forces(
    found: Mapping[UUID, Any],
    passing: Mapping[UUID, UUID],
    plan: Reorganisation,
    given: Circumstances,
) -> list[ForceUnit]:
    """Let each force go on in its decided unit from the day of the plan on."""
    passed = []
    for force_unit_id, unit_id in passing.items():
        force_unit: ForceUnit = found[force_unit_id]
        new = plan.new_units.get(unit_id)
        path = given.units.path(unit_id) if new is None else new.path
        force_passing.pass_on(
            force_unit,
            Passing(unit_id, path, plan.effective_on, plan.decree_number, plan.id),
        )
        passed.append(force_unit)
    return passed


def take_forces_back(
    found: Mapping[UUID, Any], force_unit_ids: Collection[UUID], plan_id: UUID
) -> list[ForceUnit]:
    """Let each force lie where it lay; one that began anew since lies there already."""
    back = []
    for force_unit_id in force_unit_ids:
        force_unit: ForceUnit = found[force_unit_id]
        if force_passing.passed_by(force_unit, plan_id):
            force_passing.undo_passing(force_unit, plan_id)
            back.append(force_unit)
    return back
