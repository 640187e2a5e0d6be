"""rating.correct: give other results by a further decision."""

from services.chassis.commands import Change
from services.contracts.registry.rating import CorrectRatings
from services.registry.domain.rating_roster import Roster
from services.registry.domain.rating_round import RatingRound
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.rating_steps import (
    RatedYear,
    rating_step,
    wishes_of,
)


def correct_ratings(
    command: CorrectRatings, given: Circumstances, rated: RatedYear, roster: Roster
) -> Change[RatingRound]:
    """Decide on a correction; what was decided before stays told."""

    def step(turn: RatingRound) -> None:
        turn.correct(
            wishes_of(command.subjects),
            roster,
            command.decision_number,
            on=command.corrected_on,
            today=given.today,
        )

    return rating_step(rated, given, step)
