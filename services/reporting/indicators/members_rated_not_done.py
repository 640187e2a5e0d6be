"""How many members of the force were rated as not having done their tasks in a year."""

from services.reporting.indicators.rated import Named, members_rated

MEMBERS_RATED_NOT_DONE = members_rated(
    "not_done",
    Named(
        "members_rated_not_done",
        "Thành viên tổ bảo vệ an ninh, trật tự xếp loại không hoàn thành nhiệm vụ",
        "Members rated as not having done their tasks",
    ),
)
