"""Requests and answers about courses of training.

Verbs: course.plan course.register course.hold course.certify course.close
course.cancel (commands); courses.list training.list (queries).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Cursor, First, Ids, Request
from services.contracts.registry.units import UnitRef

CourseState = Literal["planned", "held", "closed", "cancelled"]
TopicCode = Annotated[str, Meta(pattern=r"^[a-z][a-z_]*$", max_length=40)]
MemberIds = Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=1000)]


class PlanCourse(Request, frozen=True):
    """Plan a course of a unit on parts of the syllabus."""

    unit: Annotated[UnitRef, about("Unit whose members it is for (đơn vị).")]
    topics: Annotated[
        tuple[TopicCode, ...],
        Meta(min_length=1, max_length=20),
        about("Codes of the syllabus, see careRules (chuyên đề)."),
    ]
    first_day: Annotated[date, about("First day.")]
    last_day: Annotated[date, about("Last day.")]
    places: Annotated[int, Meta(ge=1, le=1000), about("Places (số chỗ).")] = 300


class RegisterForCourse(Request, frozen=True):
    """Put members of the unit's subtree on the list, all or none."""

    course_id: Annotated[UUID, about("Which course.")]
    member_ids: Annotated[MemberIds, about("The members, all or none.")]


class HoldCourse(Request, frozen=True):
    """Record that a course was held and who was there."""

    course_id: Annotated[UUID, about("Which course.")]
    attended: Annotated[
        tuple[UUID, ...], Meta(max_length=1000), about("Members who were there.")
    ]
    held_on: Annotated[date, about("Day on which it was over.")]


class CertifyCourse(Request, frozen=True):
    """Certify members who attended."""

    course_id: Annotated[UUID, about("Which course.")]
    member_ids: Annotated[MemberIds, about("Members who attended.")]
    certified_on: Annotated[date, about("Day of the certificates.")]


class CloseCourse(Request, frozen=True):
    """End a course that was held."""

    course_id: Annotated[UUID, about("Which course.")]
    closed_on: Annotated[date, about("Day of the end.")]


class CancelCourse(Request, frozen=True):
    """Give up a course that was not held."""

    course_id: Annotated[UUID, about("Which course.")]


class CourseMoved(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to every command about a course; `changed` counts members."""

    course_id: UUID
    state: str
    changed: int = 0


class CoursesList(Request, frozen=True):
    """Courses of a unit's subtree, the latest first day first."""

    unit: UnitRef
    state: CourseState | None = None
    first: First = 50
    after: Cursor | None = None


class CourseView(msgspec.Struct, frozen=True, kw_only=True):
    """A course with its counts."""

    id: UUID
    unit_id: UUID
    topics: tuple[str, ...]
    first_day: date
    last_day: date
    places: int
    state: str
    held_on: date | None
    registered: int
    attended: int
    certified: int
    cursor: str | None = None


class CourseList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of courses."""

    rows: tuple[CourseView, ...]
    has_next: bool


class TrainingList(Request, frozen=True):
    """What members were trained in."""

    ids: Ids


class TrainingView(msgspec.Struct, frozen=True, kw_only=True):
    """How far one member came in one course."""

    member_id: UUID
    course_id: UUID
    topics: tuple[str, ...]
    last_day: date
    attendance: str
    certified_on: date | None


class TrainingAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """By member and day; members of other areas are left out."""

    rows: tuple[TrainingView, ...]
