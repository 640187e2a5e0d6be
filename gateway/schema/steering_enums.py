"""Words of committees 138 and coordination programmes."""

import enum

import strawberry

from gateway.schema.base import choice


@choice
class SteeringPost(enum.Enum):
    """Post of a committee (vị trí trong Ban Chỉ đạo)."""

    HEAD = strawberry.enum_value("head", description="Trưởng ban.")
    STANDING_DEPUTY = strawberry.enum_value(
        "standing_deputy", description="Phó Trưởng ban Thường trực."
    )
    DEPUTY = strawberry.enum_value("deputy", description="Phó Trưởng ban.")
    MEMBER = strawberry.enum_value("member", description="Ủy viên.")
    STANDING_BODY = strawberry.enum_value(
        "standing_body", description="Thành viên cơ quan thường trực."
    )


@choice
class ProgrammeReview(enum.Enum):
    """Which review of a programme (sơ kết, tổng kết)."""

    MID_TERM = strawberry.enum_value("mid_term", description="Sơ kết.")
    FINAL = strawberry.enum_value("final", description="Tổng kết.")
