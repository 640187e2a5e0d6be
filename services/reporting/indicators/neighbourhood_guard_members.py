"""How many people serve on the neighbourhood guard boards."""

from collections.abc import Iterable

from services.contracts.registry.events import (
    MemberCeasedV1,
    MemberEnrolledV1,
    MemberEnrolmentWithdrawnV1,
)
from services.reporting.indicators.definition import Contribution, Indicator

FORCE_TYPE = "neighbourhood_guard_board"


def _enrolled(event: MemberEnrolledV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.enrolled_on, 1)


def _withdrawn(event: MemberEnrolmentWithdrawnV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.enrolled_on, -1)


def _ceased(event: MemberCeasedV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.ceased_on, -1)


NEIGHBOURHOOD_GUARD_MEMBERS = Indicator(
    code="neighbourhood_guard_members",
    name_vi="Thành viên ban bảo vệ dân phố",
    name_en="Members of neighbourhood guard boards",
    unit_of_count="người",
    unit_of_count_en="people",
    kind="stock",
    numerator="Members enrolled, less those who ceased.",
    counted_on="first day of service; first day without service",
    legal_source="Nghị định 38/2006/NĐ-CP (until 30/06/2024)",
    counts={
        MemberEnrolledV1: _enrolled,
        MemberEnrolmentWithdrawnV1: _withdrawn,
        MemberCeasedV1: _ceased,
    },
)
