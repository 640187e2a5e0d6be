"""Commands and questions about courses of training."""

from typing import Final

from services.chassis.calls import Call, Outcome
from services.contracts.registry import training as shapes
from services.registry.read_models.served_members import find_members
from services.registry.read_models.training_list import (
    CourseFilter,
    list_courses,
    training_of,
)
from services.registry.use_cases.cancel_course import cancel_course
from services.registry.use_cases.certify_course import certify_course
from services.registry.use_cases.close_course import close_course
from services.registry.use_cases.hold_course import hold_course
from services.registry.use_cases.plan_course import plan_course
from services.registry.use_cases.register_for_course import register_for_course
from services.registry.verbs.making import areas, callers_paths, command, given, query


async def course_plan(call: Call[shapes.PlanCourse]) -> Outcome:
    """Plan a course of training."""
    change = plan_course(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def course_register(call: Call[shapes.RegisterForCourse]) -> Outcome:
    """Put members on a course's list."""
    found = await call.runtime.read(find_members, call.body.member_ids)
    change = register_for_course(call.body, given(call), found)
    return await call.runtime.commands.run(change, call.key)


async def course_hold(call: Call[shapes.HoldCourse]) -> Outcome:
    """Record that a course was held and who was there."""
    change = hold_course(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def course_certify(call: Call[shapes.CertifyCourse]) -> Outcome:
    """Certify members who attended."""
    change = certify_course(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def course_close(call: Call[shapes.CloseCourse]) -> Outcome:
    """End a course that was held."""
    change = close_course(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def course_cancel(call: Call[shapes.CancelCourse]) -> Outcome:
    """Give up a course that was not held."""
    change = cancel_course(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def courses_list(call: Call[shapes.CoursesList]) -> shapes.CourseList:
    """List the courses of a unit's subtree, the latest first."""
    asked = call.body
    wanted = CourseFilter(areas(call, asked.unit, "training_course"), asked.state)
    return await call.runtime.read(
        list_courses, wanted, first=asked.first, after=asked.after
    )


async def training_list(call: Call[shapes.TrainingList]) -> shapes.TrainingAnswer:
    """List what members were trained in."""
    rows = await call.runtime.read(training_of, call.body.ids, callers_paths(call))
    return shapes.TrainingAnswer(rows=tuple(rows))


VERBS: Final = (
    command("course.plan", shapes.PlanCourse, course_plan),
    command("course.register", shapes.RegisterForCourse, course_register),
    command("course.hold", shapes.HoldCourse, course_hold),
    command("course.certify", shapes.CertifyCourse, course_certify),
    command("course.close", shapes.CloseCourse, course_close),
    command("course.cancel", shapes.CancelCourse, course_cancel),
    query("courses.list", shapes.CoursesList, courses_list),
    query("training.list", shapes.TrainingList, training_list),
)
