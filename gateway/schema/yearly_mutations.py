"""Commands about courses of training and the yearly rating."""

from datetime import date
from typing import Final

import strawberry

from gateway import care_questions as ask
from gateway.schema.base import column, output, resolved, taken
from gateway.schema.care_enums import CourseState, RatingLevel, RatingRoundState
from gateway.schema.care_mutations import opaque
from gateway.schema.commands import UserError, key_field
from gateway.schema.orders import order
from gateway.schema.references import UnitRef

_ERRORS: Final = "Why the command was refused; empty when it was carried out."
_COURSE: Final = {
    "course_id": "TrainingCourse",
    "member_ids": "Member",
    "attended": "Member",
}
_RATING: Final = {
    "round_id": "RatingRound",
    "force_unit_id": "ForceUnit",
    "id": "ForceUnit or Member",
}


@output
class CoursePayload:
    """Answer to a command about a course."""

    course_id: strawberry.ID | None = resolved(
        opaque("TrainingCourse", "course_id"), "The course."
    )
    state: CourseState | None = column("Where it stands now.")
    changed: int | None = column("How many members it concerned.")
    user_errors: list[UserError] = column(_ERRORS)


@output
class RatingPayload:
    """Answer to a command about a yearly rating."""

    round_id: strawberry.ID | None = resolved(
        opaque("RatingRound", "round_id"), "The round of the commune and year."
    )
    state: RatingRoundState | None = column("Where it stands now.")
    user_errors: list[UserError] = column(_ERRORS)


@taken
class CoursePlanInput:
    """A course to plan (lập kế hoạch lớp)."""

    unit: UnitRef = column("Unit whose members it is for (đơn vị).")
    topics: list[str] = column("Codes of the syllabus, see careRules (chuyên đề).")
    first_day: date = column("First day.")
    last_day: date = column("Last day.")
    places: int = strawberry.field(default=300, description="Places (số chỗ).")
    idempotency_key: str | None = key_field()


@taken
class CourseRegisterInput:
    """Members for the list of a course (danh sách học viên)."""

    course_id: strawberry.ID = column("Which course.")
    member_ids: list[strawberry.ID] = column("The members, all or none.")
    idempotency_key: str | None = key_field()


@taken
class CourseHoldInput:
    """A course that was held (đã tổ chức)."""

    course_id: strawberry.ID = column("Which course.")
    attended: list[strawberry.ID] = column("Members who were there.")
    held_on: date = column("Day on which it was over.")
    idempotency_key: str | None = key_field()


@taken
class CourseCertifyInput:
    """Members to certify (cấp chứng nhận)."""

    course_id: strawberry.ID = column("Which course.")
    member_ids: list[strawberry.ID] = column("Members who attended.")
    certified_on: date = column("Day of the certificates.")
    idempotency_key: str | None = key_field()


@taken
class CourseCloseInput:
    """The end of a course (kết thúc)."""

    course_id: strawberry.ID = column("Which course.")
    closed_on: date = column("Day of the end.")
    idempotency_key: str | None = key_field()


@taken
class CourseCancelInput:
    """A course that is not held (hủy)."""

    course_id: strawberry.ID = column("Which course.")
    idempotency_key: str | None = key_field()


@taken
class RatedSubjectInput:
    """A team or member with a level, or with an open complaint and none."""

    id: strawberry.ID = column("Id of the force unit or of the member.")
    level: RatingLevel | None = strawberry.field(
        default=None, description="Level (mức xếp loại)."
    )
    complaint: bool = strawberry.field(
        default=False, description="A complaint is open: yes or no, nothing more."
    )
    newly_transferred: bool = strawberry.field(
        default=False, description="A head new in this team (mới chuyển đến)."
    )


@taken
class RatingSelfAssessInput:
    """What a team thinks of itself and its members (tự đánh giá)."""

    force_unit_id: strawberry.ID = column("Which team.")
    year: int = column("Year that is rated.")
    subjects: list[RatedSubjectInput] = column("The team and its members.")
    assessed_on: date = column("Day of the meeting.")
    idempotency_key: str | None = key_field()


@taken
class RatingProposeInput:
    """A result for every team and member of a commune (đề xuất)."""

    unit: UnitRef = column("The commune (đơn vị cấp xã).")
    year: int = column("Year that is rated.")
    subjects: list[RatedSubjectInput] = column("All teams and members.")
    proposed_on: date = column("Day of the proposal.")
    idempotency_key: str | None = key_field()


@taken
class RatingDecideInput:
    """The chairman's decision, as proposed but for some (quyết định)."""

    round_id: strawberry.ID = column("Which round.")
    decision_number: str = column("Number of the decision (số quyết định).")
    decided_on: date = column("Day of the decision.")
    subjects: list[RatedSubjectInput] = strawberry.field(
        default_factory=list, description="Those decided otherwise than proposed."
    )
    idempotency_key: str | None = key_field()


@taken
class RatingCorrectInput:
    """A further decision on some results (điều chỉnh)."""

    round_id: strawberry.ID = column("Which round.")
    subjects: list[RatedSubjectInput] = column("Those with another result.")
    decision_number: str = column("Number of the decision (số quyết định).")
    corrected_on: date = column("Day of the decision.")
    idempotency_key: str | None = key_field()


@output
class YearlyMutations:
    """Commands about courses and ratings, part of Mutation."""

    course_plan: CoursePayload | None = order(
        ask.PLAN_COURSE, CoursePlanInput, _COURSE, "Plan a course (lập kế hoạch lớp)."
    )
    course_register: CoursePayload | None = order(
        ask.REGISTER_FOR_COURSE,
        CourseRegisterInput,
        _COURSE,
        "Put members on its list (lập danh sách).",
    )
    course_hold: CoursePayload | None = order(
        ask.HOLD_COURSE, CourseHoldInput, _COURSE, "Record who came (đã tổ chức)."
    )
    course_certify: CoursePayload | None = order(
        ask.CERTIFY_COURSE, CourseCertifyInput, _COURSE, "Certify (cấp chứng nhận)."
    )
    course_close: CoursePayload | None = order(
        ask.CLOSE_COURSE, CourseCloseInput, _COURSE, "End a course (kết thúc)."
    )
    course_cancel: CoursePayload | None = order(
        ask.CANCEL_COURSE, CourseCancelInput, _COURSE, "Give a course up (hủy)."
    )
    rating_self_assess: RatingPayload | None = order(
        ask.SELF_ASSESS, RatingSelfAssessInput, _RATING, "Self-assess (tự đánh giá)."
    )
    rating_propose: RatingPayload | None = order(
        ask.PROPOSE_RATINGS, RatingProposeInput, _RATING, "Propose results (đề xuất)."
    )
    rating_decide: RatingPayload | None = order(
        ask.DECIDE_RATINGS, RatingDecideInput, _RATING, "Decide (quyết định)."
    )
    rating_correct: RatingPayload | None = order(
        ask.CORRECT_RATINGS, RatingCorrectInput, _RATING, "Correct (điều chỉnh)."
    )
