"""rating.propose: propose a result for every team and member of a commune."""

from services.chassis.commands import Change
from services.contracts.registry.rating import ProposeRatings
from services.registry.domain.rating_roster import Roster
from services.registry.domain.rating_round import RatingRound
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.rating_steps import (
    RatedYear,
    rating_step,
    wishes_of,
)


def propose_ratings(
    command: ProposeRatings, given: Circumstances, rated: RatedYear, roster: Roster
) -> Change[RatingRound]:
    """Decide on a proposal."""

    def step(turn: RatingRound) -> None:
        turn.propose(
            wishes_of(command.subjects),
            roster,
            on=command.proposed_on,
            today=given.today,
        )

    return rating_step(rated, given, step)
