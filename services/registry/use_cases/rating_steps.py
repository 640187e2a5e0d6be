"""How a step of a yearly rating is decided: whose round, by which rule, the answer."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from services.chassis.commands import Change
from services.contracts.registry.rating import RatedSubject, RatingMoved
from services.registry.domain.care_rules import RatingRule, rating_rule
from services.registry.domain.rating_errors import (
    RatingNotKnownToLaw,
    RatingNotOfCommune,
    RatingRoundUnknown,
)
from services.registry.domain.rating_results import RatingLevel, Wish
from services.registry.domain.rating_roster import Window, window_of
from services.registry.domain.rating_round import RatingRound
from services.registry.use_cases.circumstances import Circumstances
from services.unit_directory.tree import Unit

_NAMESPACE: Final = UUID("a97bb0c1-13c6-5a0e-9a1b-2f0d2c7f0b04")


class RatedYear(NamedTuple):
    """A year of a commune with its rule."""

    unit: Unit
    year: int
    rule: RatingRule

    @property
    def window(self) -> Window:
        """The days that are rated."""
        return window_of(self.rule, self.year)

    @property
    def round_id(self) -> UUID:
        """Commune and year are the round's name, so that there is one."""
        return uuid5(_NAMESPACE, f"{self.unit.id}:{self.year}")


def rated_year(unit: Unit, year: int) -> RatedYear:
    """Return the year of a commune. Raises RatingNotOfCommune, RatingNotKnownToLaw."""
    if unit.level != "commune":
        raise RatingNotOfCommune(field="$.unit")
    rule = rating_rule(year)
    if rule is None:
        raise RatingNotKnownToLaw(field="$.year", year=year)
    return RatedYear(unit, year, rule)


def rating_step(
    rated: RatedYear,
    given: Circumstances,
    step: Callable[[RatingRound], None],
    *,
    opens: bool = False,
) -> Change[RatingRound]:
    """Decide on a step; another area's round is absent. Raises RatingRoundUnknown."""
    round_id, unit = rated.round_id, rated.unit

    def decide(found: RatingRound | None) -> tuple[RatingRound, RatingMoved]:
        if not given.reaches(unit.id, "rating_round") or (found is None and not opens):
            raise RatingRoundUnknown(field="$.round_id", round_id=round_id)
        turn = found or RatingRound.open(
            round_id, rated.year, (unit.id, unit.path), rated.window
        )
        step(turn)
        return turn, RatingMoved(round_id=round_id, state=turn.state.value)

    return Change(aggregate_type=RatingRound, aggregate_id=round_id, decide=decide)


def wishes_of(subjects: Iterable[RatedSubject]) -> list[Wish]:
    """Return what a caller asks for, in the words of the domain."""
    return [
        Wish(
            one.id,
            None if one.level is None else RatingLevel(one.level),
            one.complaint,
            one.newly_transferred,
        )
        for one in subjects
    ]
