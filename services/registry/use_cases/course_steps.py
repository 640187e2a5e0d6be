"""How a step of a course is decided: the caller's own course, the step, the answer."""

from collections.abc import Callable
from uuid import UUID

from services.chassis.commands import Change
from services.contracts.registry.training import CourseMoved
from services.registry.domain.care_errors import CourseUnknown
from services.registry.domain.training_course import TrainingCourse
from services.registry.use_cases.circumstances import Circumstances


def course_step(
    course_id: UUID, given: Circumstances, step: Callable[[TrainingCourse], int]
) -> Change[TrainingCourse]:
    """Decide on a step; another area's course looks absent. Raises CourseUnknown."""

    def decide(found: TrainingCourse | None) -> tuple[TrainingCourse, CourseMoved]:
        if found is None or not given.reaches(found.unit_id, "training_course"):
            raise CourseUnknown(field="$.course_id", course_id=course_id)
        changed = step(found)
        return found, CourseMoved(
            course_id=course_id, state=found.state.value, changed=changed
        )

    return Change(aggregate_type=TrainingCourse, aggregate_id=course_id, decide=decide)
