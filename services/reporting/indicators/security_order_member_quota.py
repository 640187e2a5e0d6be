"""How many members of teams the provinces have set: planned, not actual."""

from services.reporting.indicators.definition import Indicator
from services.reporting.indicators.of_quotas import set_by_quotas

SECURITY_ORDER_MEMBER_QUOTA = Indicator(
    code="security_order_member_quota",
    name_vi="Số thành viên tổ bảo vệ an ninh, trật tự theo chỉ tiêu được giao",
    name_en="Members of security and order teams by quota",
    unit_of_count="người",
    unit_of_count_en="people",
    kind="stock",
    numerator="Members that the latest decision in force sets for each commune.",
    counted_on="first day of effect of the decision; of what follows it",
    legal_source="Luật 30/2023/QH15, Đ.14: UBND cấp tỉnh (FRC.MEMBER, quota)",
    levels=set_by_quotas(lambda line: line.members),
)
