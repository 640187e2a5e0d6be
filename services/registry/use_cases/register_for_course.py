"""course.register: put members of the course's unit on its list, all or none."""

from collections.abc import Mapping
from uuid import UUID

from services.chassis.commands import Change
from services.contracts.registry.training import RegisterForCourse
from services.registry.domain.errors import MemberUnknown
from services.registry.domain.training_course import TrainingCourse
from services.registry.read_models.served_members import ServedMember
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.course_steps import course_step
from services.registry.use_cases.own_members import own_member
from services.unit_directory.custody import carriers
from services.unit_directory.tree import lies_within


def register_for_course(
    command: RegisterForCourse,
    given: Circumstances,
    members: Mapping[UUID, ServedMember],
) -> Change[TrainingCourse]:
    """Decide on a list: members of the caller's area and of the course's unit.

    What a divided unit planned goes on with the members of whoever keeps it.
    """

    def step(course: TrainingCourse) -> int:
        carrying = carriers(given.units, course.unit_id, "training_course")
        places = given.units.covers_any(carrying)
        for number, one in enumerate(command.member_ids):
            field = f"$.member_ids[{number}]"
            member = own_member(given, members.get(one), one, field)
            if not lies_within(member.unit_path, places):
                raise MemberUnknown(field=field, member_id=one)
        return course.register(command.member_ids)

    return course_step(command.course_id, given, step)
