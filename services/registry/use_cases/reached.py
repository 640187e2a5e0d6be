"""A person as commands find it: reached by the caller, begun where it was not yet."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.registry.domain.person import Person
from services.registry.domain.person_errors import PersonUnknown
from services.registry.read_models.person_list import Reach
from services.registry.use_cases.circumstances import Circumstances


def within_reach(
    reached: Mapping[UUID, Reach], person_id: UUID, field: str = "$.person_id"
) -> Reach:
    """Return the person that counts for an id. Raises PersonUnknown."""
    person = reached.get(person_id)
    if person is None:
        raise PersonUnknown(field=field, person_id=person_id)
    return person


def found_or_begun(
    found: Mapping[UUID, Any], one: UUID, person: Reach, given: Circumstances
) -> Person:
    """Return the aggregate; who enrolled before people were one has none yet."""
    known: Person | None = found.get(one)
    return known or Person.register(one, on=given.today, unit_id=person.unit_id)
