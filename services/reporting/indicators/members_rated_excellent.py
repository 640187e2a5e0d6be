"""How many members of the force were rated as excellent in a year."""

from services.reporting.indicators.rated import Named, members_rated

MEMBERS_RATED_EXCELLENT = members_rated(
    "excellent",
    Named(
        "members_rated_excellent",
        "Thành viên tổ bảo vệ an ninh, trật tự xếp loại hoàn thành xuất sắc nhiệm vụ",
        "Members rated as excellent",
    ),
)
