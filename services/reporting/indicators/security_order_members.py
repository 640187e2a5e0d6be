"""How many people serve in the teams for security and order."""

from services.reporting.indicators.definition import Indicator
from services.reporting.indicators.of_forces import members_of

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
    counts=members_of("security_order_team"),
)
