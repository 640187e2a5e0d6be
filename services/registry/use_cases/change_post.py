"""member.change_post: give a member another post by a decision."""

from services.chassis.commands import Change
from services.contracts.registry.service_life import ChangePost, MemberChanged
from services.registry.domain import force_service
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.roster import Act
from services.registry.domain.values import Post
from services.registry.use_cases.circumstances import Circumstances, category
from services.registry.use_cases.papers import decision_in


def change_post(command: ChangePost, given: Circumstances) -> Change[ForceUnit]:
    """Decide on another post."""
    act = Act(
        command.member_id,
        command.changed_on,
        decision_in(command.decision),
        command.expected_version,
    )

    def decide(found: ForceUnit | None) -> tuple[ForceUnit, MemberChanged]:
        force_unit = given.mine(found, command.force_unit_id)
        force_service.change_post(
            force_unit, act, Post(command.post), category(force_unit), today=given.today
        )
        version = force_unit.roster[command.member_id].version
        return force_unit, MemberChanged(member_id=command.member_id, version=version)

    return Change(
        aggregate_type=ForceUnit, aggregate_id=command.force_unit_id, decide=decide
    )
