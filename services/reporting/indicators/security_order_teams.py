"""How many teams for security and order (tổ bảo vệ an ninh, trật tự) stand."""

from services.reporting.indicators.definition import Indicator
from services.reporting.indicators.of_forces import forces_of

SECURITY_ORDER_TEAMS = Indicator(
    code="security_order_teams",
    name_vi="Tổ bảo vệ an ninh, trật tự",
    name_en="Security and order teams",
    unit_of_count="tổ",
    unit_of_count_en="teams",
    kind="stock",
    numerator="Teams established, less those disbanded.",
    counted_on="first day of the team; first day without it",
    legal_source="Luật 30/2023/QH15, Đ.14 (since 01/07/2024)",
    counts=forces_of("security_order_team"),
)
