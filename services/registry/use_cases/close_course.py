"""course.close: end a course that was held, with its counts."""

from services.chassis.commands import Change
from services.contracts.registry.training import CloseCourse
from services.registry.domain.training_course import TrainingCourse
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.course_steps import course_step


def close_course(command: CloseCourse, given: Circumstances) -> Change[TrainingCourse]:
    """Decide on the end of a course."""

    def step(course: TrainingCourse) -> int:
        course.close(on=command.closed_on, today=given.today)
        return 0

    return course_step(command.course_id, given, step)
