"""What units still owe when they are to end; asked by the registry, by NATS alone."""

from typing import Final

from services.chassis.calls import Call
from services.chassis.requests import Verb
from services.contracts.dependants import (
    SCOPE,
    VERB,
    DependantGroups,
    DependantsOfUnits,
)
from services.reporting.read_models.due_reports import due_reports
from services.reporting.read_models.tables import REPORTS
from services.reporting.verbs.asking import REPORT
from services.unit_directory.dependants import standing, units_asked
from services.unit_directory.directory import units_of


async def dependants_of_units(call: Call[DependantsOfUnits]) -> DependantGroups:
    """Count the reports that units owe which are to end."""
    where = standing(units_of(call.runtime), units_asked(call), REPORT)
    found = await call.runtime.read(due_reports, REPORTS, where, call.body.on)
    return DependantGroups(rows=tuple(found))


VERBS: Final = (
    Verb(
        name=VERB, request=DependantsOfUnits, handler=dependants_of_units, scope=SCOPE
    ),
)
