"""rating.decide: the decision of the chairman on a commune's ratings."""

from services.chassis.commands import Change
from services.contracts.registry.rating import DecideRatings
from services.registry.domain.rating_roster import Roster
from services.registry.domain.rating_round import RatingRound
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.rating_steps import (
    RatedYear,
    rating_step,
    wishes_of,
)


def decide_ratings(
    command: DecideRatings, given: Circumstances, rated: RatedYear, roster: Roster
) -> Change[RatingRound]:
    """Decide as proposed, but for the changes that the command names."""

    def step(turn: RatingRound) -> None:
        turn.decide(
            wishes_of(command.subjects),
            roster,
            command.decision_number,
            on=command.decided_on,
            today=given.today,
        )

    return rating_step(rated, given, step)
