"""How many neighbourhood guard boards (ban bảo vệ dân phố) stand."""

from services.reporting.indicators.definition import Indicator
from services.reporting.indicators.of_forces import forces_of

NEIGHBOURHOOD_GUARD_BOARDS = Indicator(
    code="neighbourhood_guard_boards",
    name_vi="Ban bảo vệ dân phố",
    name_en="Neighbourhood guard boards",
    unit_of_count="ban",
    unit_of_count_en="boards",
    kind="stock",
    numerator="Boards established, less those disbanded or consolidated.",
    counted_on="first day of the board; first day without it",
    legal_source="Nghị định 38/2006/NĐ-CP (until 30/06/2024)",
    counts=forces_of("neighbourhood_guard_board"),
)
