"""How many people serve as part-time commune police (công an xã bán chuyên trách)."""

from services.reporting.indicators.definition import Indicator
from services.reporting.indicators.of_forces import members_of

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
    counts=members_of("part_time_commune_police"),
)
