"""How many communes have a quota of teams and members: without one nothing binds."""

from services.reporting.indicators.definition import Indicator
from services.reporting.indicators.of_quotas import set_by_quotas

COMMUNES_WITH_QUOTA = Indicator(
    code="communes_with_quota",
    name_vi="Số xã, phường, đặc khu được giao chỉ tiêu tổ bảo vệ an ninh, trật tự",
    name_en="Communes with a quota of security and order teams",
    unit_of_count="đơn vị",
    unit_of_count_en="communes",
    kind="stock",
    numerator="Communes that a decision in force sets numbers for.",
    counted_on="first day of effect of the decision; of what follows it",
    legal_source="Luật 30/2023/QH15, Đ.14: UBND cấp tỉnh (the count is ours)",
    levels=set_by_quotas(lambda _: 1),
    in_movement_report=False,
)
