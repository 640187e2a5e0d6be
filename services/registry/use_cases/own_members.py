"""Is this member, or what belongs to one, the caller's? Asked by commands on care."""

from typing import TypeVar
from uuid import UUID

from services.registry.domain.errors import MemberUnknown
from services.registry.domain.support_claim import Sufferer
from services.registry.read_models.served_members import ServedMember
from services.registry.use_cases.circumstances import Circumstances

T = TypeVar("T")


def own_member(
    given: Circumstances,
    member: ServedMember | None,
    member_id: UUID,
    field: str = "$.member_id",
) -> ServedMember:
    """Return the member if its force unit lies in the caller's area.

    What lies elsewhere looks absent. Raises MemberUnknown.
    """
    if member is None or not covers(given, member.unit_id):
        raise MemberUnknown(field=field, member_id=member_id)
    return member


def covers(given: Circumstances, unit_id: UUID) -> bool:
    """Tell whether a unit lies in the caller's area."""
    return given.units.within(given.caller.unit_roots, unit_id)


def sufferer(member: ServedMember) -> Sufferer:
    """Return the member as claims and visits speak of it."""
    return Sufferer(
        member.member_id,
        member.force_unit_id,
        member.unit_id,
        member.unit_path,
        member.service,
    )
