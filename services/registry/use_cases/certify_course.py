"""course.certify: certify members who attended a course."""

from services.chassis.commands import Change
from services.contracts.registry.training import CertifyCourse
from services.registry.domain.training_course import TrainingCourse
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.course_steps import course_step


def certify_course(
    command: CertifyCourse, given: Circumstances
) -> Change[TrainingCourse]:
    """Decide on certificates."""

    def step(course: TrainingCourse) -> int:
        return course.certify(
            command.member_ids, on=command.certified_on, today=given.today
        )

    return course_step(command.course_id, given, step)
