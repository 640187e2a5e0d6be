"""How many members communes may have: the quota, or more until the day of a roadmap."""

from services.reporting.indicators.definition import Indicator
from services.reporting.indicators.of_quotas import allowed_by_quotas

SECURITY_ORDER_MEMBERS_ALLOWED = Indicator(
    code="security_order_members_allowed",
    name_vi="Số thành viên tổ được bố trí, kể cả theo lộ trình giảm",
    name_en="Members of security and order teams allowed",
    unit_of_count="người",
    unit_of_count_en="people",
    kind="stock",
    numerator="Members by quota, or those that a running roadmap allows.",
    counted_on="first day of effect of the decision; of what follows it",
    legal_source="Luật 30/2023/QH15, Đ.14, Đ.17; Thông tư 14/2024/TT-BCA, Đ.5",
    levels=allowed_by_quotas(lambda line: line.members),
    in_movement_report=False,
)
