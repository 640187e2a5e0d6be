"""selection.plan: draw up the plan of a selection for one team."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.chassis.commands import JointChange
from services.chassis.ids import new_id
from services.contracts.registry.selection import PlanSelection, SelectionMoved
from services.registry.domain.member_law import law_on
from services.registry.domain.selection_errors import SelectionNotForeseen
from services.registry.domain.selection_round import SelectionRound
from services.registry.domain.selection_values import Plan
from services.registry.use_cases.circumstances import Circumstances


def plan_selection(command: PlanSelection, given: Circumstances) -> JointChange:
    """Decide on a plan. Raises SelectionNotForeseen."""
    round_id = new_id()
    plan = Plan(
        command.needed,
        command.receive_from,
        command.receive_until,
        command.meeting_on,
        command.planned_on,
    )

    def decide(
        found: Mapping[UUID, Any],
    ) -> tuple[list[SelectionRound], SelectionMoved]:
        team = given.mine(found.get(command.force_unit_id), command.force_unit_id)
        team.refuse_disbanded()
        law = law_on(team.force_type, command.planned_on)
        if law is None:
            raise SelectionNotForeseen(
                field="$.planned_on",
                force_type=team.force_type,
                day=command.planned_on,
            )
        home = team.homes.on(given.today)
        planned = SelectionRound.plan_for(
            round_id, team.id, (home.unit_id, home.path), plan, law, today=given.today
        )
        return [planned], SelectionMoved(round_id=round_id, state=planned.book.state)

    return JointChange(loads=(command.force_unit_id,), decide=decide)
