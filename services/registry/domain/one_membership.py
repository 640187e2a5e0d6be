"""Does a person serve elsewhere already? Asked when somebody known joins a force."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.member_law import go_together
from services.registry.domain.person import Person
from services.registry.domain.service_errors import PersonServesAlready


def refuse_double_service(
    family: Collection[UUID],
    person: Person,
    at_hand: Iterable[object],
    joining: ForceUnit,
    on: date,
    field: str,
) -> None:
    """Let somebody join who serves nowhere else from that day on.

    ``family`` is the person with those merged into it. A force unit that the person is
    known to have joined and that is not at hand counts as serving: it was joined a
    moment ago. Raises PersonServesAlready.
    """
    units = {one.id: one for one in at_hand if isinstance(one, ForceUnit)}
    units[joining.id] = joining
    if not units.keys() >= set(person.joined.values()):
        raise PersonServesAlready(field=field, force_type=joining.force_type, day=on)
    for unit in units.values():
        serves = any(
            service.person_id in family and service.runs_after(on)
            for service in unit.roster.values()
        )
        if serves and not _may_both(unit, joining):
            raise PersonServesAlready(field=field, force_type=unit.force_type, day=on)


def _may_both(one: ForceUnit, other: ForceUnit) -> bool:
    if one.id == other.id:
        return False
    exclusive = all(FORCE_TYPES[unit.force_type].exclusive for unit in (one, other))
    return not exclusive or go_together(one.force_type, other.force_type)
