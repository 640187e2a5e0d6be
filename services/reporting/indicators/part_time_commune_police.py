"""How many people serve as part-time commune police (công an xã bán chuyên trách)."""

from collections.abc import Iterable

from services.contracts.registry.events import (
    MemberCeasedV1,
    MemberEnrolledV1,
    MemberEnrolmentWithdrawnV1,
)
from services.reporting.indicators.definition import Contribution, Indicator

FORCE_TYPE = "part_time_commune_police"


def _enrolled(event: MemberEnrolledV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.enrolled_on, 1)


def _withdrawn(event: MemberEnrolmentWithdrawnV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.enrolled_on, -1)


def _ceased(event: MemberCeasedV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.ceased_on, -1)


PART_TIME_COMMUNE_POLICE = Indicator(
    code="part_time_commune_police",
    name_vi="Công an xã bán chuyên trách",
    name_en="Part-time commune police",
    unit_of_count="người",
    unit_of_count_en="people",
    kind="stock",
    numerator="Members enrolled, less those who ceased.",
    counted_on="first day of service; first day without service",
    legal_source="Pháp lệnh 06/2008, Nghị định 73/2009/NĐ-CP (until 30/06/2024)",
    counts={
        MemberEnrolledV1: _enrolled,
        MemberEnrolmentWithdrawnV1: _withdrawn,
        MemberCeasedV1: _ceased,
    },
)
