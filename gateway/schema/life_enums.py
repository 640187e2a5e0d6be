"""Words of members' papers, lives and selection rounds."""

import enum

import strawberry

from gateway.schema.base import choice


@choice
class PostingPlace(enum.Enum):
    """Where something is posted for everybody to read (nơi niêm yết)."""

    COMMITTEE_OFFICE = strawberry.enum_value(
        "committee_office", description="Trụ sở UBND."
    )
    COUNCIL_OFFICE = strawberry.enum_value("council_office", description="Trụ sở HĐND.")
    COMMUNE_POLICE = strawberry.enum_value(
        "commune_police", description="Trụ sở Công an cấp xã."
    )
    CULTURE_HOUSE = strawberry.enum_value("culture_house", description="Nhà văn hóa.")
    COMMUNITY_POINT = strawberry.enum_value(
        "community_point", description="Điểm sinh hoạt cộng đồng."
    )


@choice
class AreaCategory(enum.Enum):
    """Kind of area on the day, which decides the schooling (loại địa bàn)."""

    ORDINARY = strawberry.enum_value("ordinary", description="Địa bàn thường.")
    BORDER = strawberry.enum_value("border", description="Biên giới.")
    ISLAND = strawberry.enum_value("island", description="Hải đảo.")
    MOUNTAIN = strawberry.enum_value("mountain", description="Miền núi.")
    ESPECIALLY_DIFFICULT = strawberry.enum_value(
        "especially_difficult", description="Đặc biệt khó khăn."
    )
    LISTED_REGION = strawberry.enum_value(
        "listed_region", description="Xã khu vực I, II, III theo danh mục."
    )


@choice
class CheckResult(enum.Enum):
    """What a check found; never why (kết quả xác minh)."""

    MET = strawberry.enum_value("met", description="Đạt.")
    NOT_MET = strawberry.enum_value("not_met", description="Không đạt.")


@choice
class Measure(enum.Enum):
    """Kind of decision under Đ.17.3 d; nothing more is said (loại quyết định)."""

    PROSECUTION = strawberry.enum_value("prosecution", description="Khởi tố.")
    PREVENTIVE = strawberry.enum_value("preventive", description="Biện pháp ngăn chặn.")
    ADMINISTRATIVE = strawberry.enum_value(
        "administrative", description="Biện pháp xử lý hành chính."
    )


@choice
class ProvedGround(enum.Enum):
    """The four grounds of Luật 30/2023, Đ.17.3 (lý do cho thôi)."""

    OWN_REQUEST = strawberry.enum_value("own_request", description="Điểm a.")
    HEALTH = strawberry.enum_value("health", description="Điểm b.")
    BREACH = strawberry.enum_value("breach", description="Điểm c.")
    MEASURE = strawberry.enum_value("measure", description="Điểm d.")


@choice
class EnrolmentFault(enum.Enum):
    """What was wrong with an enrolment that is taken back (lý do rút)."""

    ENTERED_WRONGLY = strawberry.enum_value("entered_wrongly", description="Nhập sai.")
    ENTERED_TWICE = strawberry.enum_value("entered_twice", description="Nhập trùng.")


@choice
class DropReason(enum.Enum):
    """Why a proposed cessation came to nothing (lý do không tiếp tục)."""

    WITHDRAWN = strawberry.enum_value("withdrawn", description="Rút đơn.")
    NOT_APPROVED = strawberry.enum_value(
        "not_approved", description="Không chấp thuận."
    )
    ENTERED_IN_ERROR = strawberry.enum_value(
        "entered_in_error", description="Nhập nhầm."
    )


@choice
class DossierPart(enum.Enum):
    """What a dossier consists of (thành phần hồ sơ)."""

    APPLICATION = strawberry.enum_value("application", description="Đơn.")
    CURRICULUM_VITAE = strawberry.enum_value(
        "curriculum_vitae", description="Sơ yếu lý lịch."
    )
    HEALTH_CERTIFICATE = strawberry.enum_value(
        "health_certificate", description="Giấy khám sức khỏe."
    )
    EDUCATION_PROOF = strawberry.enum_value(
        "education_proof", description="Văn bằng, chứng nhận học vấn."
    )


@choice
class SelectionCancelReason(enum.Enum):
    """Why a round came to nothing (lý do hủy)."""

    NO_APPLICANTS = strawberry.enum_value(
        "no_applicants", description="Không có hồ sơ."
    )
    PLAN_CHANGED = strawberry.enum_value("plan_changed", description="Đổi kế hoạch.")
    ENTERED_IN_ERROR = strawberry.enum_value(
        "entered_in_error", description="Nhập nhầm."
    )
