"""Closed lists about people's records; the words of the registry's contract."""

import enum

import strawberry

from gateway.schema.base import choice


@choice
class ReadingPurpose(enum.Enum):
    """What records of people are read for (mục đích xem)."""

    ROSTER = strawberry.enum_value("roster", description="Lập, đối chiếu danh sách.")
    APPOINTMENT = strawberry.enum_value(
        "appointment", description="Tuyển chọn, bổ nhiệm."
    )
    ENTITLEMENT = strawberry.enum_value(
        "entitlement", description="Giải quyết chế độ, chính sách."
    )
    CONTACT = strawberry.enum_value("contact", description="Liên hệ công tác.")
    CORRECTION = strawberry.enum_value("correction", description="Chỉnh sửa hồ sơ.")
    DUPLICATE_CHECK = strawberry.enum_value(
        "duplicate_check", description="Kiểm tra trùng."
    )
    OWN_REQUEST = strawberry.enum_value(
        "own_request", description="Theo yêu cầu của chính người đó."
    )
    INSPECTION = strawberry.enum_value("inspection", description="Thanh tra, kiểm tra.")


@choice
class ReadingKind(enum.Enum):
    """In which way records were read (cách xem)."""

    READ = strawberry.enum_value("read", description="Xem.")
    SEARCH = strawberry.enum_value("search", description="Tìm.")
    EXPORT = strawberry.enum_value("export", description="Xuất tệp.")


@choice
class Shown(enum.Enum):
    """How much of a record is shown (mức hiển thị)."""

    MASKED = strawberry.enum_value("masked", description="Che bớt.")
    FULL = strawberry.enum_value("full", description="Đầy đủ.")


@choice
class RecordField(enum.Enum):
    """A field of a record (mục trong hồ sơ)."""

    FULL_NAME = strawberry.enum_value("full_name", description="Họ và tên.")
    BIRTH_DATE = strawberry.enum_value("birth_date", description="Ngày sinh.")
    CITIZEN_ID = strawberry.enum_value("citizen_id", description="Số định danh.")
    OLD_ID = strawberry.enum_value("old_id", description="Số CMND cũ.")
    PHONE = strawberry.enum_value("phone", description="Điện thoại.")
    SCHOOL_LEVEL = strawberry.enum_value("school_level", description="Trình độ.")
    RESIDENT_SINCE = strawberry.enum_value(
        "resident_since", description="Cư trú từ ngày."
    )


@choice
class SchoolLevel(enum.Enum):
    """Schooling, a condition of Luật 30/2023, Đ.13 (trình độ văn hóa)."""

    PRIMARY = strawberry.enum_value("primary", description="Tiểu học.")
    LOWER_SECONDARY = strawberry.enum_value("lower_secondary", description="THCS.")
    UPPER_SECONDARY = strawberry.enum_value("upper_secondary", description="THPT.")
    HIGHER = strawberry.enum_value("higher", description="Trên THPT.")


@choice
class DisputeChannel(enum.Enum):
    """How a person said that the record is wrong (cách gửi)."""

    IN_PERSON = strawberry.enum_value("in_person", description="Trực tiếp.")
    PHONE = strawberry.enum_value("phone", description="Điện thoại.")
    LETTER = strawberry.enum_value("letter", description="Văn bản.")
    VNEID = strawberry.enum_value("vneid", description="VNeID.")


@choice
class DisputeOutcome(enum.Enum):
    """What the unit answered (kết quả)."""

    UPHELD = strawberry.enum_value("upheld", description="Chấp nhận.")
    REFUSED = strawberry.enum_value("refused", description="Không chấp nhận.")


@choice
class DisputeReason(enum.Enum):
    """Why a dispute was answered so (lý do)."""

    RECORD_WRONG = strawberry.enum_value("record_wrong", description="Hồ sơ sai.")
    RECORD_OUTDATED = strawberry.enum_value(
        "record_outdated", description="Hồ sơ đã cũ."
    )
    PAPERS_CONFIRM_RECORD = strawberry.enum_value(
        "papers_confirm_record", description="Giấy tờ khớp với hồ sơ."
    )
    NO_EVIDENCE = strawberry.enum_value(
        "no_evidence", description="Không có giấy tờ chứng minh."
    )
    NOT_THIS_PERSON = strawberry.enum_value(
        "not_this_person", description="Không phải người này."
    )
    RECORD_ERASED = strawberry.enum_value(
        "record_erased", description="Hồ sơ đã xóa; không ai chọn lý do này."
    )


@choice
class ErasureGround(enum.Enum):
    """Why a person's record is destroyed (lý do xóa)."""

    OWN_REQUEST = strawberry.enum_value("own_request", description="Theo yêu cầu.")
    PURPOSE_ENDED = strawberry.enum_value(
        "purpose_ended", description="Hết mục đích lưu giữ."
    )
    ENTERED_IN_ERROR = strawberry.enum_value(
        "entered_in_error", description="Nhập nhầm."
    )
    AUTHORITY_ORDER = strawberry.enum_value(
        "authority_order", description="Theo lệnh của cơ quan có thẩm quyền."
    )
