"""Commands about courses of training and the yearly rating."""

import strawberry

from gateway.schema.base import column
from gateway.schema.care_enums import CourseState, RatingRoundState
from gateway.schema.command_table import command, commands
from gateway.schema.payloads import id_of, payload
from services.contracts.registry import rating, training


@payload
class CoursePayload:
    """Answer to a command about a course."""

    course_id: strawberry.ID | None = id_of(
        "TrainingCourse", "course_id", "The course."
    )
    state: CourseState | None = column("Where it stands now.")
    changed: int | None = column("How many members it concerned.")


@payload
class RatingPayload:
    """Answer to a command about a yearly rating."""

    round_id: strawberry.ID | None = id_of(
        "RatingRound", "round_id", "The round of the commune and year."
    )
    state: RatingRoundState | None = column("Where it stands now.")


@commands("registry", {"round_id": "RatingRound", "id": "ForceUnit or Member"})
class YearlyMutations:
    """Commands about courses and ratings, part of Mutation."""

    course_plan: CoursePayload | None = command(
        "course.plan", training.PlanCourse, "Plan a course (lập kế hoạch lớp)."
    )
    course_register: CoursePayload | None = command(
        "course.register",
        training.RegisterForCourse,
        "Put members on its list (lập danh sách).",
    )
    course_hold: CoursePayload | None = command(
        "course.hold", training.HoldCourse, "Record who came (đã tổ chức)."
    )
    course_certify: CoursePayload | None = command(
        "course.certify", training.CertifyCourse, "Certify (cấp chứng nhận)."
    )
    course_close: CoursePayload | None = command(
        "course.close", training.CloseCourse, "End a course (kết thúc)."
    )
    course_cancel: CoursePayload | None = command(
        "course.cancel", training.CancelCourse, "Give a course up (hủy)."
    )
    rating_self_assess: RatingPayload | None = command(
        "rating.self_assess", rating.SelfAssessTeam, "Self-assess (tự đánh giá)."
    )
    rating_propose: RatingPayload | None = command(
        "rating.propose", rating.ProposeRatings, "Propose results (đề xuất)."
    )
    rating_decide: RatingPayload | None = command(
        "rating.decide", rating.DecideRatings, "Decide (quyết định)."
    )
    rating_correct: RatingPayload | None = command(
        "rating.correct", rating.CorrectRatings, "Correct (điều chỉnh)."
    )
