"""What ends as if it had never been: enrolments and forces entered by mistake."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from services.registry.domain.errors import MemberUnknown
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.import_errors import (
    ForceUnitHasMembers,
    MemberHasLaterFacts,
)
from services.registry.domain.person import Person
from services.registry.domain.values import EnrolmentFault, Place


def is_withdrawn(unit: ForceUnit) -> bool:
    """Tell whether a force has never been: it ended on the day on which it began."""
    return unit.disbanded_on == unit.established_on


def withdraw_enrolment(
    unit: ForceUnit, member_id: UUID, reason: EnrolmentFault | None = None
) -> None:
    """End an enrolment as if it had never been; unlike a service that ends.

    Raises MemberUnknown, MemberHasLaterFacts.
    """
    service = unit.roster.get(member_id)
    if service is None:
        raise MemberUnknown(field="$.member_id", member_id=member_id)
    if service.version > 1:
        raise MemberHasLaterFacts(field="$.member_id", member_id=member_id)
    unit.trigger_event(
        ForceUnit.EnrolmentWithdrawn,
        member_id=member_id,
        force_type=unit.force_type,
        post=service.post.value,
        enrolled_on=service.enrolled_on,
        reason=None if reason is None else reason.value,
        **unit.homes.of_fact(service.enrolled_on),
    )


def withdraw_establishment(unit: ForceUnit) -> None:
    """End a force as if it had never been, once nobody is or was in it.

    Raises ForceUnitDisbanded, ForceUnitHasMembers.
    """
    unit.refuse_disbanded()
    if unit.roster:
        raise ForceUnitHasMembers(force_unit_id=unit.id)
    unit.trigger_event(
        ForceUnit.EstablishmentWithdrawn,
        force_type=unit.force_type,
        established_on=unit.established_on,
        **unit.homes.of_fact(unit.established_on),
    )


def establish_anew(
    unit: ForceUnit, place: Place, *, name: str | None, on: date
) -> None:
    """Set a withdrawn force up again under its old id, where the unit is its name.

    Whether law and day let it is asked by establishing a new one first.
    """
    unit.trigger_event(
        ForceUnit.EstablishedAnew,
        force_type=unit.force_type,
        unit_id=place.unit_id,
        unit_path=place.path,
        name=name,
        established_on=on,
    )


def withdraw_joinings(person: Person, member_ids: Collection[UUID]) -> None:
    """Take back that somebody known joined once more, with these memberships."""
    for member_id in [one for one in person.joined if one in set(member_ids)]:
        person.trigger_event(Person.JoiningWithdrawn, member_id=member_id)
