"""How many members of the force were rated as having done their tasks in a year."""

from services.reporting.indicators.rated import Named, members_rated

MEMBERS_RATED_DONE = members_rated(
    "done",
    Named(
        "members_rated_done",
        "Thành viên tổ bảo vệ an ninh, trật tự xếp loại hoàn thành nhiệm vụ",
        "Members rated as having done their tasks",
    ),
)
