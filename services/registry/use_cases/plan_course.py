"""course.plan: plan a course of training for a unit's members."""

from services.chassis.commands import Change
from services.chassis.ids import new_id
from services.contracts.registry.training import CourseMoved, PlanCourse
from services.registry.domain.training_course import CoursePlan, TrainingCourse
from services.registry.use_cases.circumstances import Circumstances


def plan_course(command: PlanCourse, given: Circumstances) -> Change[TrainingCourse]:
    """Decide on a course; its days may lie ahead, its unit is that of today or then."""
    on = min(command.first_day, given.today)
    unit = given.unit_of_fact(command.unit, on)
    course_id = new_id()
    plan = CoursePlan(
        command.topics, command.first_day, command.last_day, command.places
    )

    def decide(found: TrainingCourse | None) -> tuple[TrainingCourse, CourseMoved]:
        del found  # the id was drawn for this command
        course = TrainingCourse.plan(course_id, unit.id, unit.path, plan)
        return course, CourseMoved(course_id=course_id, state=course.state.value)

    return Change(
        aggregate_type=TrainingCourse,
        aggregate_id=course_id,
        decide=decide,
        is_new=True,
    )
