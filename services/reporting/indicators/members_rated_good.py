"""How many members of the force were rated as good in a year."""

from services.reporting.indicators.rated import Named, members_rated

MEMBERS_RATED_GOOD = members_rated(
    "good",
    Named(
        "members_rated_good",
        "Thành viên tổ bảo vệ an ninh, trật tự xếp loại hoàn thành tốt nhiệm vụ",
        "Members rated as good",
    ),
)
