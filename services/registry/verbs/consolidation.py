"""Commands that make teams of former forces, and give teams their areas."""

from typing import Final

from services.chassis.calls import Call, Outcome
from services.contracts.registry import consolidation as shapes
from services.registry.use_cases.assign_areas import assign_areas
from services.registry.use_cases.consolidate_forces import consolidate_forces
from services.registry.verbs.making import command, given


async def forces_consolidate(call: Call[shapes.ConsolidateForces]) -> Outcome:
    """Consolidate former forces of a commune into teams, by selection."""
    change = consolidate_forces(call.body, given(call))
    return await call.runtime.commands.run_together(change, call.key)


async def force_unit_assign_areas(call: Call[shapes.AssignAreas]) -> Outcome:
    """Say which residential areas a team covers."""
    change = assign_areas(call.body, given(call))
    return await call.runtime.commands.run_together(change, call.key)


VERBS: Final = (
    command("forces.consolidate", shapes.ConsolidateForces, forces_consolidate),
    command("force_unit.assign_areas", shapes.AssignAreas, force_unit_assign_areas),
)
