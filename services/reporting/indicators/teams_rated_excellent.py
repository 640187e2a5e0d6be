"""How many teams of the force were rated as excellent in a year."""

from services.reporting.indicators.rated import Named, teams_rated

TEAMS_RATED_EXCELLENT = teams_rated(
    "excellent",
    Named(
        "teams_rated_excellent",
        "Tổ bảo vệ an ninh, trật tự xếp loại hoàn thành xuất sắc nhiệm vụ",
        "Teams rated as excellent",
    ),
)
