"""How many people serve in the teams for security and order."""

from collections.abc import Iterable

from services.contracts.registry.events import MemberCeasedV1, MemberEnrolledV1
from services.reporting.indicators.definition import Contribution, Indicator

FORCE_TYPE = "security_order_team"


def _enrolled(event: MemberEnrolledV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.enrolled_on, 1)


def _ceased(event: MemberCeasedV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.ceased_on, -1)


SECURITY_ORDER_MEMBERS = Indicator(
    code="security_order_members",
    name_vi="Thành viên tổ bảo vệ an ninh, trật tự",
    name_en="Members of security and order teams",
    unit_of_count="người",
    unit_of_count_en="people",
    kind="stock",
    numerator="Members enrolled, less those who ceased.",
    counted_on="first day of service; first day without service",
    legal_source="Luật 30/2023/QH15, Đ.14, 16 (since 01/07/2024)",
    counts={MemberEnrolledV1: _enrolled, MemberCeasedV1: _ceased},
)
