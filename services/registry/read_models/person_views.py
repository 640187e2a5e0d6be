"""What does this caller see of a person? All, or the name and the ends of numbers."""

import msgspec

from services.contracts.registry.people import MembershipView, PersonView
from services.registry.domain.identifiers import masked
from services.registry.domain.person_values import Shown
from services.registry.person_vault import PersonRecord
from services.registry.read_models.person_list import Reach


def person_view(person: Reach, record: PersonRecord | None, shown: Shown) -> PersonView:
    """Return a person as it is shown; without a record only numbers and days."""
    common = PersonView(
        id=person.id,
        shown=shown.value,
        display_name=record.full_name if record else None,
        birth_year=record.birth_date.year if record and record.birth_date else None,
        citizen_id_masked=masked(record.citizen_id) if record else None,
        old_id_masked=masked(record.old_id) if record else None,
        unit_id=person.unit_id,
        erased_on=person.erased_on,
        merged_ids=tuple(one for one in person.family if one != person.id),
        memberships=tuple(
            MembershipView(
                member_id=service.member_id,
                force_unit_id=service.force_unit_id,
                post=service.post,
                enrolled_on=service.enrolled_on,
                ceased_on=service.ceased_on,
            )
            for service in person.services
        ),
    )
    if record is None or shown is Shown.MASKED:
        return common
    return msgspec.structs.replace(
        common,
        birth_date=record.birth_date,
        citizen_id=record.citizen_id,
        old_id=record.old_id,
        phone=record.phone,
        school_level=record.school_level,
        resident_since=record.resident_since,
    )
