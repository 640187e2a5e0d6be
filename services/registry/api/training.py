"""Routes about courses of training."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import training as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import training as verbs

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
_routes.query("/courses", shapes.CoursesList, verbs.courses_list, shapes.CourseList)
_routes.query(
    "/training", shapes.TrainingList, verbs.training_list, shapes.TrainingAnswer
)

ROUTER: Final[APIRouter] = _routes.router
