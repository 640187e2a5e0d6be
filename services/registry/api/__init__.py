"""The HTTP door: which path leads to which handler; one file per area.

OpenAPI comes from the shapes.
"""

from typing import Final

from fastapi import APIRouter

from services.registry.api import (
    access,
    area_finding,
    care,
    consolidation,
    credentials,
    deadlines,
    finding,
    force_counts,
    forces,
    hierarchies,
    imports,
    norms,
    people,
    person_records,
    quotas,
    rating,
    reorganisations,
    residential_areas,
    selection,
    service_life,
    steering,
    training,
    unit_history,
    unit_lists,
    units,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    forces.ROUTER,
    units.ROUTER,
    unit_history.ROUTER,
    unit_lists.ROUTER,
    deadlines.ROUTER,
    credentials.ROUTER,
    care.ROUTER,
    rating.ROUTER,
    training.ROUTER,
    force_counts.ROUTER,
    residential_areas.ROUTER,
    area_finding.ROUTER,
    finding.ROUTER,
    hierarchies.ROUTER,
    steering.ROUTER,
    access.ROUTER,
    imports.ROUTER,
    quotas.ROUTER,
    norms.ROUTER,
    people.ROUTER,
    person_records.ROUTER,
    consolidation.ROUTER,
    service_life.ROUTER,
    reorganisations.ROUTER,
    selection.ROUTER,
)
