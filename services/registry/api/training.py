"""Routes about courses of training."""

import dataclasses
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import training as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import training as verbs


class CoursesQuery(Request, frozen=True):
    """Courses of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    state: shapes.CourseState | None = None
    first: First = 50
    after: Cursor | None = None


async def list_courses(call: Call[CoursesQuery]) -> shapes.CourseList:
    """List the courses of a unit's subtree, the latest first."""
    asked = call.body
    body = shapes.CoursesList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        state=asked.state,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.courses_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_routes = Routes()
_routes.command(
    "/courses",
    shapes.PlanCourse,
    verbs.course_plan,
    shapes.CourseMoved,
    status=CREATED,
)
for _path, _request, _handler in (
    ("members", shapes.RegisterForCourse, verbs.course_register),
    ("holding", shapes.HoldCourse, verbs.course_hold),
    ("certificates", shapes.CertifyCourse, verbs.course_certify),
    ("closure", shapes.CloseCourse, verbs.course_close),
    ("cancellation", shapes.CancelCourse, verbs.course_cancel),
):
    _routes.command(
        f"/courses/{{course_id}}/{_path}", _request, _handler, shapes.CourseMoved
    )
_routes.query("/courses", CoursesQuery, list_courses, shapes.CourseList)
_routes.query(
    "/training", shapes.TrainingList, verbs.training_list, shapes.TrainingAnswer
)

ROUTER: Final[APIRouter] = _routes.router
