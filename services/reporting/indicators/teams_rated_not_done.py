"""How many teams of the force were rated as not having done their tasks in a year."""

from services.reporting.indicators.rated import Named, teams_rated

TEAMS_RATED_NOT_DONE = teams_rated(
    "not_done",
    Named(
        "teams_rated_not_done",
        "Tổ bảo vệ an ninh, trật tự xếp loại không hoàn thành nhiệm vụ",
        "Teams rated as not having done their tasks",
    ),
)
