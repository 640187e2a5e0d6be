"""Every command and query as a handler, and as a verb of the bus: one file per area.

Both doors call these: `api` by HTTP, the gateway by `svc.registry.v1.<verb>`.
"""

from typing import Final

from services.registry.verbs import (
    access,
    area_finding,
    care,
    consolidation,
    credentials,
    deadlines,
    duplicates,
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

VERBS: Final = (
    *units.VERBS,
    *unit_history.VERBS,
    *unit_lists.VERBS,
    *forces.VERBS,
    *imports.VERBS,
    *deadlines.VERBS,
    *credentials.VERBS,
    *care.VERBS,
    *rating.VERBS,
    *training.VERBS,
    *force_counts.VERBS,
    *residential_areas.VERBS,
    *area_finding.VERBS,
    *finding.VERBS,
    *hierarchies.VERBS,
    *steering.VERBS,
    *access.VERBS,
    *quotas.VERBS,
    *norms.VERBS,
    *people.VERBS,
    *person_records.VERBS,
    *duplicates.VERBS,
    *consolidation.VERBS,
    *service_life.VERBS,
    *reorganisations.VERBS,
    *selection.VERBS,
)
