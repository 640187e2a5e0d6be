"""Commands and questions about the yearly rating of teams and members."""

from typing import Any, Final
from uuid import UUID

from services.chassis.calls import Call, Outcome
from services.contracts.registry import rating as shapes
from services.registry.domain.errors import ForceUnitUnknown
from services.registry.domain.rating_errors import RatingRoundUnknown
from services.registry.domain.rating_roster import Roster
from services.registry.read_models.rating_lists import (
    RoundFilter,
    list_results,
    list_rounds,
    round_of,
)
from services.registry.read_models.rating_rosters import roster_of
from services.registry.read_models.served_members import unit_of_team
from services.registry.use_cases.correct_ratings import correct_ratings
from services.registry.use_cases.decide_ratings import decide_ratings
from services.registry.use_cases.propose_ratings import propose_ratings
from services.registry.use_cases.rating_steps import RatedYear, rated_year
from services.registry.use_cases.self_assess_team import self_assess_team
from services.registry.verbs.making import (
    areas,
    callers_reach,
    command,
    given,
    query,
)
from services.unit_directory.custody import require_reach
from services.unit_directory.directory import units_of


async def rating_self_assess(call: Call[shapes.SelfAssessTeam]) -> Outcome:
    """Take in what a team thinks of itself and its members."""
    team, terms = call.body.force_unit_id, given(call)
    unit_id = await call.runtime.read(unit_of_team, team, terms.today)
    if unit_id is None or not terms.reaches(unit_id, "rating_round"):
        raise ForceUnitUnknown(field="$.force_unit_id", force_unit_id=team)
    # The round is that of the commune where the team lies as the year's window ends.
    rated = rated_year(units_of(call.runtime).unit(unit_id), call.body.year)
    then = await call.runtime.read(unit_of_team, team, rated.window.last)
    rated = rated._replace(unit=units_of(call.runtime).unit(then or unit_id))
    change = self_assess_team(call.body, terms, rated, await _roster(call, rated))
    return await call.runtime.commands.run(change, call.key)


async def rating_propose(call: Call[shapes.ProposeRatings]) -> Outcome:
    """Propose a result for every team and member of a commune."""
    terms, ref = given(call), call.body.unit
    unit = terms.units.resolve(ref, None if ref.id else terms.today)
    require_reach(terms.units, terms.caller, unit.id, "rating_round", "$.unit")
    rated = rated_year(unit, call.body.year)
    change = propose_ratings(call.body, terms, rated, await _roster(call, rated))
    return await call.runtime.commands.run(change, call.key)


async def rating_decide(call: Call[shapes.DecideRatings]) -> Outcome:
    """Decide on a commune's ratings, as proposed but for some."""
    rated = await _round(call, call.body.round_id)
    change = decide_ratings(call.body, given(call), rated, await _roster(call, rated))
    return await call.runtime.commands.run(change, call.key)


async def rating_correct(call: Call[shapes.CorrectRatings]) -> Outcome:
    """Give other results by a further decision."""
    rated = await _round(call, call.body.round_id)
    change = correct_ratings(call.body, given(call), rated, await _roster(call, rated))
    return await call.runtime.commands.run(change, call.key)


async def _round(call: Call[Any], round_id: UUID) -> RatedYear:
    found = await call.runtime.read(round_of, round_id)
    if found is None:
        raise RatingRoundUnknown(field="$.round_id", round_id=round_id)
    unit_id, year = found
    return rated_year(units_of(call.runtime).unit(unit_id), year)


async def _roster(call: Call[Any], rated: RatedYear) -> Roster:
    paths = units_of(call.runtime).covers(rated.unit.id)
    return await call.runtime.read(roster_of, paths, rated.window, rated.rule)


async def rating_rounds_list(
    call: Call[shapes.RatingRoundsList],
) -> shapes.RatingRoundList:
    """List the rounds of a unit's subtree, the latest year first."""
    asked = call.body
    wanted = RoundFilter(
        areas(call, asked.unit, "rating_round"), asked.year, asked.state
    )
    return await call.runtime.read(
        list_rounds, wanted, first=asked.first, after=asked.after
    )


async def rating_results_list(
    call: Call[shapes.RatingResultsList],
) -> shapes.RatingResultList:
    """List the results of a round."""
    asked = call.body
    return await call.runtime.read(
        list_results,
        asked.round_id,
        callers_reach(call, "rating_round"),
        first=asked.first,
        after=asked.after,
    )


VERBS: Final = (
    command("rating.self_assess", shapes.SelfAssessTeam, rating_self_assess),
    command("rating.propose", shapes.ProposeRatings, rating_propose),
    command("rating.decide", shapes.DecideRatings, rating_decide),
    command("rating.correct", shapes.CorrectRatings, rating_correct),
    query("rating_rounds.list", shapes.RatingRoundsList, rating_rounds_list),
    query("rating_results.list", shapes.RatingResultsList, rating_results_list),
)
