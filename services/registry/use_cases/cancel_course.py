"""course.cancel: give up a course that was not held."""

from services.chassis.commands import Change
from services.contracts.registry.training import CancelCourse
from services.registry.domain.training_course import TrainingCourse
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.course_steps import course_step


def cancel_course(
    command: CancelCourse, given: Circumstances
) -> Change[TrainingCourse]:
    """Decide that a course is not held."""

    def step(course: TrainingCourse) -> int:
        course.cancel(today=given.today)
        return 0

    return course_step(command.course_id, given, step)
