"""course.hold: record that a course was held and who was there."""

from services.chassis.commands import Change
from services.contracts.registry.training import HoldCourse
from services.registry.domain.training_course import TrainingCourse
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.course_steps import course_step


def hold_course(command: HoldCourse, given: Circumstances) -> Change[TrainingCourse]:
    """Decide on a course that was held."""

    def step(course: TrainingCourse) -> int:
        course.hold(command.attended, on=command.held_on, today=given.today)
        return len(set(command.attended))

    return course_step(command.course_id, given, step)
