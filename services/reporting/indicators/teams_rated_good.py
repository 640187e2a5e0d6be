"""How many teams of the force were rated as good in a year."""

from services.reporting.indicators.rated import Named, teams_rated

TEAMS_RATED_GOOD = teams_rated(
    "good",
    Named(
        "teams_rated_good",
        "Tổ bảo vệ an ninh, trật tự xếp loại hoàn thành tốt nhiệm vụ",
        "Teams rated as good",
    ),
)
