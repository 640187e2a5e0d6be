"""Which facts about the yearly rating others see: numbers by level, never who."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from services.contracts.envelope import PublicEvent
from services.contracts.registry import rating_events as events
from services.registry.domain.rating_roster import SubjectKind
from services.registry.domain.rating_round import Rated, RatingRound, Tally


def _decided(fact: RatingRound.Decided) -> PublicEvent | None:
    made = fact.outcome
    if made is None:
        return None  # of before decisions told their numbers
    return events.RatingDecidedV1(
        rating_id=fact.originator_id,
        unit_id=made.unit_id,
        year=made.year,
        last_day=made.last_day,
        decided_on=fact.decided_on,
        teams=_teams(fact.results),
        team_counts=_counts(made.teams),
        member_counts=_counts(made.members),
    )


def _corrected(fact: RatingRound.Corrected) -> PublicEvent | None:
    made, before = fact.outcome, fact.outcome_before
    if made is None or before is None:
        return None
    return events.RatingCorrectedV1(
        rating_id=fact.originator_id,
        unit_id=made.unit_id,
        year=made.year,
        last_day=made.last_day,
        corrected_on=fact.corrected_on,
        teams=_teams(fact.results),
        team_counts_before=_counts(before.teams),
        team_counts=_counts(made.teams),
        member_counts_before=_counts(before.members),
        member_counts=_counts(made.members),
    )


def _teams(results: Iterable[Rated]) -> tuple[events.TeamRated, ...]:
    return tuple(
        events.TeamRated(force_unit_id=one.subject_id, level=one.level)
        for one in results
        if one.kind == SubjectKind.TEAM
    )


def _counts(tally: Tally) -> events.RatingCounts:
    return events.RatingCounts(**tally._asdict())


PUBLIC_RATINGS: Final[dict[type, Callable[[Any], PublicEvent | None]]] = {
    RatingRound.Decided: _decided,
    RatingRound.Corrected: _corrected,
}
