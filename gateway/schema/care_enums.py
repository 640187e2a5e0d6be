"""Closed lists on credentials, care, training and ratings, by the contracts' words."""

import enum

import strawberry

from gateway.schema.base import choice


@choice
class CredentialKind(enum.Enum):
    """What a member may carry (loại phù hiệu, giấy tờ)."""

    EMBLEM = strawberry.enum_value("emblem", description="Huy hiệu.")
    INSIGNIA = strawberry.enum_value("insignia", description="Phù hiệu.")
    BADGE = strawberry.enum_value("badge", description="Biển hiệu.")
    CERTIFICATE = strawberry.enum_value("certificate", description="Giấy chứng nhận.")


@choice
class CredentialReplacement(enum.Enum):
    """How another credential follows (cấp đổi, cấp lại)."""

    EXCHANGED = strawberry.enum_value("exchanged", description="Cấp đổi.")
    REISSUED = strawberry.enum_value("reissued", description="Cấp lại.")


@choice
class CredentialRevocationGround(enum.Enum):
    """Why a credential is no more (lý do thu hồi)."""

    CEASED = strawberry.enum_value("ceased", description="Thôi tham gia.")
    BREACH = strawberry.enum_value("breach", description="Vi phạm.")
    ISSUED_WRONGLY = strawberry.enum_value("issued_wrongly", description="Cấp sai.")
    LOST = strawberry.enum_value("lost", description="Đã mất.")


@choice
class CareOccasion(enum.Enum):
    """What befell a member on duty, the kind alone (sự việc)."""

    ILLNESS = strawberry.enum_value("illness", description="Ốm đau.")
    ACCIDENT = strawberry.enum_value("accident", description="Tai nạn.")
    INJURY = strawberry.enum_value("injury", description="Bị thương.")
    DEATH = strawberry.enum_value("death", description="Hy sinh, chết.")


@choice
class ClaimState(enum.Enum):
    """Where a claim stands (bước của hồ sơ)."""

    FILED = strawberry.enum_value("filed", description="Đã nộp.")
    INCOMPLETE = strawberry.enum_value("incomplete", description="Chờ bổ sung.")
    ASSESSED = strawberry.enum_value("assessed", description="Đã thẩm định.")
    APPROVED = strawberry.enum_value("approved", description="Đã duyệt.")
    REFUSED = strawberry.enum_value("refused", description="Bị từ chối.")
    PAID = strawberry.enum_value("paid", description="Đã chi trả.")
    WITHDRAWN = strawberry.enum_value("withdrawn", description="Đã rút.")


@choice
class ClaimRefusalGround(enum.Enum):
    """Why a claim is refused (lý do từ chối)."""

    NOT_ON_DUTY = strawberry.enum_value(
        "not_on_duty", description="Không phải khi làm nhiệm vụ."
    )
    INSURED = strawberry.enum_value("insured", description="Đã có bảo hiểm chi trả.")
    NOT_PROVEN = strawberry.enum_value("not_proven", description="Không đủ căn cứ.")


@choice
class VisitState(enum.Enum):
    """Where a visit stands (trạng thái thăm hỏi)."""

    PLANNED = strawberry.enum_value("planned", description="Theo kế hoạch.")
    MADE = strawberry.enum_value("made", description="Đã thăm hỏi.")
    CANCELLED = strawberry.enum_value("cancelled", description="Hủy do lập nhầm.")


@choice
class VisitingBody(enum.Enum):
    """Who visits (cơ quan thăm hỏi)."""

    PEOPLE_COMMITTEE = strawberry.enum_value(
        "people_committee", description="Ủy ban nhân dân."
    )
    POLICE = strawberry.enum_value("police", description="Công an.")
    FATHERLAND_FRONT = strawberry.enum_value(
        "fatherland_front", description="Mặt trận Tổ quốc."
    )
    HIGHER_AUTHORITY = strawberry.enum_value(
        "higher_authority", description="Cấp trên."
    )


@choice
class RatingLevel(enum.Enum):
    """Level of a year (mức xếp loại)."""

    EXCELLENT = strawberry.enum_value(
        "excellent", description="Hoàn thành xuất sắc nhiệm vụ."
    )
    GOOD = strawberry.enum_value("good", description="Hoàn thành tốt nhiệm vụ.")
    DONE = strawberry.enum_value("done", description="Hoàn thành nhiệm vụ.")
    NOT_DONE = strawberry.enum_value(
        "not_done", description="Không hoàn thành nhiệm vụ."
    )


@choice
class RatingRoundState(enum.Enum):
    """Where a yearly rating stands (bước đánh giá)."""

    ASSESSING = strawberry.enum_value("assessing", description="Các tổ tự đánh giá.")
    PROPOSED = strawberry.enum_value("proposed", description="Đã đề xuất.")
    DECIDED = strawberry.enum_value("decided", description="Đã quyết định.")


@choice
class CourseState(enum.Enum):
    """Where a course stands (trạng thái lớp)."""

    PLANNED = strawberry.enum_value("planned", description="Theo kế hoạch.")
    HELD = strawberry.enum_value("held", description="Đã tổ chức.")
    CLOSED = strawberry.enum_value("closed", description="Đã kết thúc.")
    CANCELLED = strawberry.enum_value("cancelled", description="Đã hủy.")
