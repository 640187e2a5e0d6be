"""How many teams for security and order the provinces have set: planned, not actual."""

from services.reporting.indicators.definition import Indicator
from services.reporting.indicators.of_quotas import set_by_quotas

SECURITY_ORDER_TEAM_QUOTA = Indicator(
    code="security_order_team_quota",
    name_vi="Số tổ bảo vệ an ninh, trật tự theo chỉ tiêu được giao",
    name_en="Security and order teams by quota",
    unit_of_count="tổ",
    unit_of_count_en="teams",
    kind="stock",
    numerator="Teams that the latest decision in force sets for each commune.",
    counted_on="first day of effect of the decision; of what follows it",
    legal_source="Luật 30/2023/QH15, Đ.14: UBND cấp tỉnh (FRC.TEAM, quota)",
    levels=set_by_quotas(lambda line: line.teams),
)
