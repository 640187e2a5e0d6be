"""How many people serve on the neighbourhood guard boards."""

from services.reporting.indicators.definition import Indicator
from services.reporting.indicators.of_forces import members_of

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
    counts=members_of("neighbourhood_guard_board"),
)
