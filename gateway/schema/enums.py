"""Closed lists of the schema; the values are the words of the services' contracts.

Lists that change by law (kinds of unit, organisations, indicators) are codes, not
enums. Agencies are to expect new values.
"""

import enum

import strawberry

from gateway.schema.base import choice


@choice
class UnitLevel(enum.Enum):
    """Level of a unit in the administrative tree (cấp đơn vị hành chính)."""

    COUNTRY = strawberry.enum_value("country", description="Cả nước.")
    PROVINCE = strawberry.enum_value("province", description="Cấp tỉnh.")
    DISTRICT = strawberry.enum_value(
        "district", description="Cấp huyện, đến hết ngày 30/06/2025."
    )
    COMMUNE = strawberry.enum_value("commune", description="Cấp xã.")


@choice
class ForceType(enum.Enum):
    """Force that keeps order at the grass roots (loại hình lực lượng)."""

    NEIGHBOURHOOD_GUARD_BOARD = strawberry.enum_value(
        "neighbourhood_guard_board", description="Ban bảo vệ dân phố."
    )
    NEIGHBOURHOOD_GUARD_TEAM = strawberry.enum_value(
        "neighbourhood_guard_team", description="Tổ bảo vệ dân phố."
    )
    PART_TIME_COMMUNE_POLICE = strawberry.enum_value(
        "part_time_commune_police", description="Công an xã bán chuyên trách."
    )
    VILLAGE_POLICE = strawberry.enum_value(
        "village_police", description="Công an viên ở thôn."
    )
    CIVIL_DEFENCE_TEAM = strawberry.enum_value(
        "civil_defence_team", description="Đội dân phòng."
    )
    SECURITY_ORDER_TEAM = strawberry.enum_value(
        "security_order_team", description="Tổ bảo vệ an ninh, trật tự."
    )
    REGULAR_COMMUNE_POLICE = strawberry.enum_value(
        "regular_commune_police", description="Công an cấp xã chính quy."
    )
    AGENCY_GUARD = strawberry.enum_value(
        "agency_guard", description="Lực lượng bảo vệ cơ quan, doanh nghiệp."
    )
    MEDIATION_GROUP = strawberry.enum_value(
        "mediation_group", description="Tổ hòa giải ở cơ sở."
    )
    SELF_MANAGEMENT_GROUP = strawberry.enum_value(
        "self_management_group", description="Tổ tự quản."
    )


@choice
class Ending(enum.Enum):
    """How a force ended (cách kết thúc)."""

    DISBANDED = strawberry.enum_value("disbanded", description="Giải thể.")
    CONSOLIDATED = strawberry.enum_value(
        "consolidated", description="Kiện toàn vào Tổ bảo vệ an ninh, trật tự."
    )


@choice
class Counting(enum.Enum):
    """How a force is counted (cách tính quân số)."""

    ROSTER = strawberry.enum_value("roster", description="Theo danh sách thành viên.")
    HEADCOUNT = strawberry.enum_value(
        "headcount", description="Chỉ số lượng được báo cáo."
    )
    DIRECTING = strawberry.enum_value(
        "directing", description="Đơn vị chỉ đạo, không tính quân số."
    )


@choice
class Terms(enum.Enum):
    """Under which names forces are counted (tên gọi dùng để tính)."""

    AS_WAS = strawberry.enum_value("as_was", description="Tên gọi của ngày hỏi.")
    TODAY = strawberry.enum_value(
        "today", description="Tên gọi của lực lượng kế thừa hiện nay."
    )


@choice
class Mapping(enum.Enum):
    """How a force stands for a former one (cách quy đổi)."""

    IDENTITY = strawberry.enum_value("identity", description="Chính lực lượng đó.")
    SELECTION = strawberry.enum_value(
        "selection", description="Lực lượng cũ, chỉ một phần được tuyển chọn."
    )


@choice
class Post(enum.Enum):
    """Post of a member of a force (chức danh)."""

    LEADER = strawberry.enum_value("leader", description="Trưởng.")
    DEPUTY = strawberry.enum_value("deputy", description="Phó.")
    MEMBER = strawberry.enum_value("member", description="Thành viên.")


@choice
class CessationGround(enum.Enum):
    """Why a member's service ended (lý do thôi tham gia)."""

    OWN_REQUEST = strawberry.enum_value("own_request", description="Theo nguyện vọng.")
    HEALTH = strawberry.enum_value("health", description="Vì sức khỏe.")
    BREACH = strawberry.enum_value("breach", description="Vi phạm nghĩa vụ.")
    MEASURE = strawberry.enum_value(
        "measure", description="Bị áp dụng biện pháp xử lý."
    )
    DEATH = strawberry.enum_value("death", description="Qua đời.")
    LAW = strawberry.enum_value("law", description="Do lực lượng bị giải thể.")


@choice
class SessionKind(enum.Enum):
    """Kind of session (hình thức buổi)."""

    OUTREACH = strawberry.enum_value("outreach", description="Buổi tuyên truyền.")
    MOBILISATION = strawberry.enum_value(
        "mobilisation", description="Buổi phát động, vận động."
    )
    FESTIVAL = strawberry.enum_value(
        "festival", description="Ngày hội Toàn dân bảo vệ an ninh Tổ quốc."
    )


@choice
class Origin(enum.Enum):
    """By which door a session was recorded (nguồn ghi nhận)."""

    OWN = strawberry.enum_value("own", description="Ghi nhận trực tiếp.")
    MTTQ = strawberry.enum_value("mttq", description="Mặt trận Tổ quốc gửi sang.")


@choice
class CorrectionReason(enum.Enum):
    """Why an attendance is corrected (lý do đính chính)."""

    MISCOUNTED = strawberry.enum_value("miscounted", description="Đếm nhầm.")
    ENTERED_WRONGLY = strawberry.enum_value("entered_wrongly", description="Nhập nhầm.")
    REPORTED_LATE = strawberry.enum_value("reported_late", description="Báo cáo muộn.")


@choice
class WithdrawalReason(enum.Enum):
    """Why a session must not count (lý do rút)."""

    NOT_HELD = strawberry.enum_value("not_held", description="Không tổ chức.")
    RECORDED_TWICE = strawberry.enum_value("recorded_twice", description="Ghi trùng.")
    WRONG_UNIT = strawberry.enum_value("wrong_unit", description="Sai đơn vị.")
    WRONG_DAY = strawberry.enum_value("wrong_day", description="Sai ngày.")


@choice
class UnitUndoReason(enum.Enum):
    """Why a recorded change of a unit is taken back (lý do hủy)."""

    ENTERED_WRONGLY = strawberry.enum_value("entered_wrongly", description="Nhập nhầm.")
    DECREE_WITHDRAWN = strawberry.enum_value(
        "decree_withdrawn", description="Văn bản bị thu hồi, bãi bỏ."
    )
    DECREE_POSTPONED = strawberry.enum_value(
        "decree_postponed", description="Lùi ngày có hiệu lực."
    )


@choice
class ModelField(enum.Enum):
    """Official field of a model, a label of the model alone (lĩnh vực mô hình)."""

    CRIME_PREVENTION = strawberry.enum_value(
        "phong_chong_toi_pham", description="Phòng, chống tội phạm."
    )
    SUPERVISION = strawberry.enum_value(
        "quan_ly_doi_tuong", description="Quản lý, giáo dục đối tượng tại cộng đồng."
    )
    TRAFFIC_SAFETY = strawberry.enum_value(
        "trat_tu_an_toan_giao_thong", description="Trật tự, an toàn giao thông."
    )
    TON_GIAO = strawberry.enum_value("ton_giao", description="Vùng có tôn giáo.")
    DAN_TOC = strawberry.enum_value("dan_toc", description="Vùng dân tộc.")
    FIRE_SAFETY = strawberry.enum_value(
        "phong_chay_chua_chay", description="Phòng cháy, chữa cháy."
    )


@choice
class PeriodKind(enum.Enum):
    """Length of a reporting period (loại kỳ báo cáo)."""

    YEAR = strawberry.enum_value("year", description="Năm.")
    HALF = strawberry.enum_value("half", description="Sáu tháng; number 1 hoặc 2.")
    QUARTER = strawberry.enum_value("quarter", description="Quý; number 1–4.")
    NINE_MONTHS = strawberry.enum_value("nine_months", description="Chín tháng.")
    MONTH = strawberry.enum_value("month", description="Tháng; number 1–12.")
    RANGE = strawberry.enum_value(
        "range",
        description="Từ firstDay đến hết lastDay, không theo lịch chốt số liệu.",
    )


@choice
class Calendar(enum.Enum):
    """Which cut-off days a period follows (mốc chốt số liệu)."""

    OFFICIAL = strawberry.enum_value(
        "official", description="Kỳ báo cáo hành chính: năm từ 15/12 đến 14/12."
    )
    CALENDAR_YEAR = strawberry.enum_value(
        "calendar_year", description="Năm dương lịch: từ 01/01 đến 31/12."
    )
    PROCURACY = strawberry.enum_value(
        "procuracy", description="Kỳ thống kê của ngành Kiểm sát."
    )


@choice
class Geography(enum.Enum):
    """Whose figures a unit shows across mergers (địa giới)."""

    AS_WAS = strawberry.enum_value(
        "as_was", description="Đơn vị theo địa giới của đúng kỳ đó."
    )
    RESTATED = strawberry.enum_value(
        "restated",
        description="Quy đổi về đơn vị hiện nay, gồm đơn vị đã sáp nhập vào.",
    )


@choice
class CountKind(enum.Enum):
    """Whether an indicator counts events or a state (loại số đếm)."""

    FLOW = strawberry.enum_value("flow", description="Phát sinh trong kỳ.")
    STOCK = strawberry.enum_value("stock", description="Hiện có đến cuối kỳ.")


@choice
class PlanState(enum.Enum):
    """How far a plan of reorganisation has come (trạng thái phương án)."""

    DRAFT = strawberry.enum_value("draft", description="Dự thảo.")
    EXECUTED = strawberry.enum_value("executed", description="Đã thực hiện.")
    UNDONE = strawberry.enum_value("undone", description="Đã hủy bỏ.")
    WITHDRAWN = strawberry.enum_value("withdrawn", description="Đã rút.")


@choice
class OperationKind(enum.Enum):
    """What a decree does to units (loại thao tác)."""

    RENAME = strawberry.enum_value("rename", description="Đổi tên.")
    RETYPE = strawberry.enum_value("retype", description="Chuyển loại.")
    MERGE = strawberry.enum_value("merge", description="Nhập, sáp nhập.")
    SPLIT = strawberry.enum_value("split", description="Chia, tách.")
    PARTIAL_TRANSFER = strawberry.enum_value(
        "partial_transfer", description="Điều chỉnh một phần."
    )
    DISSOLVE = strawberry.enum_value("dissolve", description="Giải thể.")


@choice
class SuccessionKind(enum.Enum):
    """What the passing of whole units into one is called (hình thức kế thừa)."""

    MERGE = strawberry.enum_value("merge", description="Nhập.")
    RETYPE = strawberry.enum_value("retype", description="Chuyển loại.")
    RENAME = strawberry.enum_value("rename", description="Đổi tên.")
    UNCHANGED = strawberry.enum_value("unchanged", description="Giữ nguyên.")


@choice
class PlanIssuer(enum.Enum):
    """Who issued the decree of a plan (cơ quan ban hành)."""

    NATIONAL_ASSEMBLY = strawberry.enum_value(
        "national_assembly", description="Quốc hội."
    )
    STANDING_COMMITTEE = strawberry.enum_value(
        "standing_committee", description="Ủy ban Thường vụ Quốc hội."
    )
    GOVERNMENT = strawberry.enum_value("government", description="Chính phủ.")
    PROVINCIAL_COUNCIL = strawberry.enum_value(
        "provincial_council", description="Hội đồng nhân dân cấp tỉnh."
    )
    PROVINCIAL_COMMITTEE = strawberry.enum_value(
        "provincial_committee", description="Ủy ban nhân dân cấp tỉnh."
    )


@choice
class PlanUndoReason(enum.Enum):
    """Why an executed plan is taken back (lý do hủy bỏ)."""

    ENTERED_WRONGLY = strawberry.enum_value("entered_wrongly", description="Nhập sai.")
    DECREE_WITHDRAWN = strawberry.enum_value(
        "decree_withdrawn", description="Văn bản bị thu hồi."
    )
    DECREE_POSTPONED = strawberry.enum_value(
        "decree_postponed", description="Văn bản lùi ngày hiệu lực."
    )


@choice
class AccessRevocationReason(enum.Enum):
    """Why a right is taken back (lý do thu hồi)."""

    NO_LONGER_NEEDED = strawberry.enum_value(
        "no_longer_needed", description="Không còn cần."
    )
    LEFT_OFFICE = strawberry.enum_value("left_office", description="Thôi nhiệm vụ.")
    MISUSE = strawberry.enum_value("misuse", description="Lạm dụng.")
    MISTAKE = strawberry.enum_value("mistake", description="Cấp nhầm.")


@choice
class HierarchyBase(enum.Enum):
    """Where a unit stands that was not placed (cơ sở của hệ thống)."""

    ADMINISTRATION = strawberry.enum_value(
        "administration", description="Theo hệ thống đơn vị hành chính."
    )
    PLACEMENTS = strawberry.enum_value(
        "placements", description="Chỉ gồm đơn vị được sắp xếp vào."
    )
