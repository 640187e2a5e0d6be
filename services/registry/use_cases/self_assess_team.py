"""rating.self_assess: take in what a team thinks of itself and its members."""

from services.chassis.commands import Change
from services.contracts.registry.rating import SelfAssessTeam
from services.registry.domain.rating_roster import Roster
from services.registry.domain.rating_round import RatingRound
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.rating_steps import (
    RatedYear,
    rating_step,
    wishes_of,
)


def self_assess_team(
    command: SelfAssessTeam, given: Circumstances, rated: RatedYear, roster: Roster
) -> Change[RatingRound]:
    """Decide on a self-assessment; the first one of a commune opens its round."""

    def step(turn: RatingRound) -> None:
        turn.self_assess(
            command.force_unit_id,
            wishes_of(command.subjects),
            roster,
            on=command.assessed_on,
            today=given.today,
        )

    return rating_step(rated, given, step, opens=True)
