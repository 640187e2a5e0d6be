"""The columns of a roster in Excel: what they are called, hold and need.

Template, reader, annotated answer and export all go by this one list.
"""

from typing import Final, Literal, NamedTuple

from services.chassis.text import fold
from services.registry.domain.decision import Issuer

Kind = Literal["text", "date"]


class Column(NamedTuple):
    """One column of a roster."""

    key: str
    heading: str
    english: str
    explanation: str
    example: str
    width: int
    kind: Kind = "text"
    required: bool = False
    others: tuple[str, ...] = ()


COLUMNS: Final = (
    Column(
        "unit",
        "Đơn vị",
        "Unit",
        "Mã hoặc tên đơn vị hành chính vào ngày tham gia, chọn trong danh sách; tên cũ"
        " và mã cũ cũng được hiểu.",
        "01840 - Phường Đức Xuân",
        32,
        required=True,
        others=("mã đơn vị", "xã phường", "đơn vị hành chính", "unit code"),
    ),
    Column(
        "force_type",
        "Loại lực lượng",
        "Force type",
        "Chọn trong danh sách các lực lượng theo pháp luật.",
        "Tổ bảo vệ an ninh, trật tự",
        28,
        required=True,
        others=("lực lượng", "loại hình"),
    ),
    Column(
        "team_name",
        "Tên tổ, đội, ban",
        "Team name",
        "Tên của tổ, đội, ban; chưa có thì được lập mới. Để trống nếu đơn vị chỉ có"
        " một.",
        "Tổ số 1",
        22,
        others=("tên tổ", "tổ", "tên đội", "tên ban", "tên lực lượng", "team"),
    ),
    Column(
        "full_name",
        "Họ và tên",
        "Full name",
        "Họ và tên đầy đủ.",
        "Nguyễn Văn A",
        26,
        required=True,
        others=("họ tên", "name"),
    ),
    Column(
        "birth_date",
        "Ngày sinh",
        "Birth date",
        "Kiểu ngày của Excel (dd/mm/yyyy) hoặc YYYY-MM-DD.",
        "15/03/1985",
        13,
        "date",
        others=("ngày tháng năm sinh", "date of birth"),
    ),
    Column(
        "citizen_id",
        "Số định danh (12 số)",
        "Citizen id",
        "Số định danh cá nhân, đúng 12 chữ số.",
        "006085001234",
        17,
        others=("số định danh", "số cccd", "cccd", "căn cước", "số căn cước"),
    ),
    Column(
        "old_id",
        "CMND cũ (9 số)",
        "Old id",
        "Số chứng minh nhân dân cũ nếu có, đúng 9 chữ số.",
        "095012345",
        14,
        others=("cmnd", "số cmnd", "cmnd cũ"),
    ),
    Column(
        "post",
        "Chức danh",
        "Post",
        "Chức danh trong lực lượng. Chọn trong danh sách.",
        "Tổ viên",
        18,
        required=True,
        others=("chức vụ", "position"),
    ),
    Column(
        "first_day",
        "Ngày tham gia",
        "First day",
        "Ngày bắt đầu tham gia.",
        "01/07/2024",
        14,
        "date",
        required=True,
        others=("ngày công nhận", "ngày bắt đầu", "ngày vào", "enrolled on"),
    ),
    Column(
        "decision_number",
        "Số quyết định",
        "Decision number",
        "Số, ký hiệu quyết định công nhận nếu có.",
        "12/QĐ-UBND",
        18,
        others=("quyết định số", "quyết định", "số qđ"),
    ),
    Column(
        "decision_date",
        "Ngày quyết định",
        "Decision date",
        "Ngày ký quyết định; đi cùng số quyết định.",
        "28/06/2024",
        14,
        "date",
        others=("ngày qđ", "ngày ký", "ngày ký quyết định"),
    ),
    Column(
        "decision_issuer",
        "Người ký quyết định",
        "Decision issuer",
        "Chức vụ của người ký; đi cùng số quyết định. Chọn trong danh sách.",
        "Chủ tịch UBND cấp xã",
        24,
        others=("người ký", "cơ quan ban hành"),
    ),
    Column(
        "phone",
        "Số điện thoại",
        "Phone",
        "9 đến 12 chữ số, có thể để trống.",
        "0912345678",
        15,
        others=("điện thoại", "sđt", "telephone"),
    ),
    Column(
        "school_level",
        "Trình độ học vấn",
        "School level",
        "Chọn trong danh sách; có thể để trống.",
        "Trung học phổ thông",
        20,
        others=("học vấn", "trình độ", "trình độ văn hóa"),
    ),
    Column(
        "areas",
        "Khu dân cư phụ trách",
        "Residential areas",
        "Tên, hoặc số trong sổ của xã, các khu dân cư mà tổ, đội phụ trách, cách nhau"
        " bằng dấu chấm phẩy. Các dòng của một tổ ghi như nhau hoặc để trống.",
        "12 - Thôn Trung; Thôn Hạ",
        32,
        others=("khu dân cư", "địa bàn phụ trách", "thôn phụ trách"),
    ),
    Column(
        "areas_from",
        "Phụ trách từ ngày",
        "Areas from",
        "Ngày bắt đầu phụ trách các khu dân cư; để trống thì từ ngày nhập tệp.",
        "01/07/2024",
        14,
        "date",
    ),
)
BY_KEY: Final = {column.key: column for column in COLUMNS}
REQUIRED: Final = tuple(column for column in COLUMNS if column.required)
ERRORS_HEADING: Final = "Lỗi"

SCHOOL_LEVELS: Final = {
    "primary": "Tiểu học",
    "lower_secondary": "Trung học cơ sở",
    "upper_secondary": "Trung học phổ thông",
    "higher": "Trên trung học phổ thông",
}
ISSUERS: Final = {
    Issuer.COMMUNE_CHAIRMAN: "Chủ tịch UBND cấp xã",
    Issuer.COMMUNE_COMMITTEE: "UBND cấp xã",
    Issuer.COMMUNE_POLICE: "Trưởng Công an cấp xã",
    Issuer.DISTRICT_CHAIRMAN: "Chủ tịch UBND cấp huyện",
    Issuer.DISTRICT_COMMITTEE: "UBND cấp huyện",
    Issuer.PROVINCE_CHAIRMAN: "Chủ tịch UBND cấp tỉnh",
    Issuer.PROVINCE_COMMITTEE: "UBND cấp tỉnh",
    Issuer.PROVINCE_COUNCIL: "HĐND cấp tỉnh",
    Issuer.PROVINCE_POLICE: "Giám đốc Công an cấp tỉnh",
}
_SHORT_LEVELS: Final = {
    "cap 1": "primary",
    "cap 2": "lower_secondary",
    "thcs": "lower_secondary",
    "cap 3": "upper_secondary",
    "thpt": "upper_secondary",
    "12 12": "upper_secondary",
    "trung cap": "higher",
    "cao dang": "higher",
    "dai hoc": "higher",
    "sau dai hoc": "higher",
}

_BY_HEADING: Final = {
    fold(text): column.key
    for column in COLUMNS
    for text in (column.heading, column.english, column.key, *column.others)
}
# "Thành phố" is left out: it may be of either level.
_OF_A_LEVEL: Final = {
    "cap xa": ("xa", "phuong", "thi tran", "dac khu"),
    "cap huyen": ("huyen", "quan", "thi xa"),
    "cap tinh": ("tinh",),
}
_ISSUER_OF: Final = {
    **{fold(text): code for code, text in ISSUERS.items()},
    **{fold(code): code for code in ISSUERS},
    **{
        fold(text).replace(level, word): code
        for code, text in ISSUERS.items()
        for level, words in _OF_A_LEVEL.items()
        for word in words
        if level in fold(text)
    },
}
LEVEL_OF: Final = {
    **{fold(text): code for code, text in SCHOOL_LEVELS.items()},
    **{fold(code): code for code in SCHOOL_LEVELS},
    **_SHORT_LEVELS,
}


def issuer_of(text: str) -> Issuer | None:
    """Return who signed, also as papers write it: Chủ tịch UBND phường Đức Xuân."""
    words = fold(text).replace("uy ban nhan dan", "ubnd").split()
    for length in range(len(words), 0, -1):
        found = _ISSUER_OF.get(" ".join(words[:length]))
        if found is not None:
            return found
    return None


def column_of(heading: str) -> str | None:
    """Return the key of the column that a heading means, whatever its marks."""
    return _BY_HEADING.get(fold(heading.replace("*", " ")))


def is_errors_column(heading: str) -> bool:
    """Tell whether a column is the one that we added to an earlier answer."""
    return heading.strip() == ERRORS_HEADING
