"""How many teams of the force were rated as having done their tasks in a year."""

from services.reporting.indicators.rated import Named, teams_rated

TEAMS_RATED_DONE = teams_rated(
    "done",
    Named(
        "teams_rated_done",
        "Tổ bảo vệ an ninh, trật tự xếp loại hoàn thành nhiệm vụ",
        "Teams rated as having done their tasks",
    ),
)
