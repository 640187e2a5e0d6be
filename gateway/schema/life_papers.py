"""Papers that come with commands about members: conditions, evidence, postings."""

import enum
from datetime import date

import strawberry

from gateway.schema.base import choice, column, taken
from gateway.schema.people_enums import SchoolLevel


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
class DropReason(enum.Enum):
    """Why a proposed cessation came to nothing (lý do không tiếp tục)."""

    WITHDRAWN = strawberry.enum_value("withdrawn", description="Rút đơn.")
    NOT_APPROVED = strawberry.enum_value(
        "not_approved", description="Không chấp thuận."
    )
    ENTERED_IN_ERROR = strawberry.enum_value(
        "entered_in_error", description="Nhập nhầm."
    )


@taken
class BackgroundInput:
    """That a unit checked the background: the result alone (xác minh)."""

    result: CheckResult = column("Met or not.")
    unit_id: strawberry.ID = column("Unit that checked.")
    checked_on: date = column("Day of the check.")


@taken
class ConditionsInput:
    """What shows the conditions of Luật 30/2023, Đ.13 (điều kiện)."""

    health_certified_on: date | None = strawberry.field(
        default=None, description="Day of the health certificate."
    )
    background: BackgroundInput | None = strawberry.field(
        default=None, description="Check of the background."
    )
    area_category: AreaCategory = strawberry.field(
        default=AreaCategory.ORDINARY, description="Kind of area."
    )
    over_age_allowed: bool = strawberry.field(
        default=False, description="The chairman's exception above the age."
    )


@taken
class EvidenceInput:
    """Dated papers behind a ground; never what they say (tài liệu)."""

    application_on: date | None = strawberry.field(
        default=None, description="Own application (đơn)."
    )
    health_certified_on: date | None = strawberry.field(
        default=None, description="Health certificate."
    )
    refused_on: list[date] = strawberry.field(
        default_factory=list, description="Refusals of tasks."
    )
    reminded_on: list[date] = strawberry.field(
        default_factory=list, description="Written reminders."
    )
    breached_on: date | None = strawberry.field(
        default=None, description="Breach after the reminders."
    )
    measure: Measure | None = strawberry.field(
        default=None, description="Kind of decision."
    )
    measure_on: date | None = strawberry.field(
        default=None, description="Day of that decision."
    )


@taken
class PersonFactsInput:
    """Who somebody new is; sealed as it comes (cá nhân)."""

    full_name: str = column("Full name (họ và tên).")
    birth_date: date | None = strawberry.field(
        default=None, description="Date of birth."
    )
    citizen_id: str | None = strawberry.field(
        default=None, description="Personal number, 12 digits."
    )
    old_id: str | None = strawberry.field(
        default=None, description="Old number, 9 digits."
    )
    phone: str | None = strawberry.field(default=None, description="Telephone.")
    school_level: SchoolLevel | None = strawberry.field(
        default=None, description="Schooling completed."
    )
    resident_since: date | None = strawberry.field(
        default=None, description="Resident here since."
    )
