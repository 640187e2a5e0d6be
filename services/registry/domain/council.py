"""What the votes of a selection council mean: who passed, and whether a tie is left.

Thông tư 14/2024, Đ.4: more than half of the members present, then from the highest down
to the number needed. How a tie is broken was not found: it needs a recorded decision.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from services.registry.domain.selection_errors import (
    MoreVotesThanPresent,
    TieDecidedWrongly,
    TieNeedsDecision,
)
from services.registry.domain.selection_values import Result


def results_of(
    votes: Mapping[UUID, int],
    present: int,
    places: int,
    chosen: Collection[UUID] = (),
) -> tuple[Result, ...]:
    """Return the result for everybody, highest first.

    ``chosen`` names who of those tied at the last place was decided for. Raises
    MoreVotesThanPresent, TieNeedsDecision, TieDecidedWrongly.
    """
    if max(votes.values(), default=0) > present:
        raise MoreVotesThanPresent(field="$.votes", present=present)
    enough = {one: count for one, count in votes.items() if 2 * count > present}
    passed = _filled(enough, places, chosen)
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    return tuple(Result(one, count, one in passed) for one, count in ranked)


def _filled(
    enough: Mapping[UUID, int], places: int, chosen: Collection[UUID]
) -> set[UUID]:
    last = sorted(enough.values(), reverse=True)[places - 1 : places]
    if len(enough) <= places or not last:
        _refuse_choice_without_tie(chosen)
        return set(enough) if places else set()
    above = {one for one, count in enough.items() if count > last[0]}
    tied = {one for one, count in enough.items() if count == last[0]}
    left = places - len(above)
    if len(tied) == left:
        _refuse_choice_without_tie(chosen)
        return above | tied
    if not chosen:
        raise TieNeedsDecision(
            field="$.tie", votes=last[0], tied=len(tied), places=left
        )
    if not tied >= set(chosen) or len(set(chosen)) != left:
        raise TieDecidedWrongly(field="$.tie.chosen", tied=len(tied), places=left)
    return above | set(chosen)


def _refuse_choice_without_tie(chosen: Collection[UUID]) -> None:
    if chosen:
        raise TieDecidedWrongly(field="$.tie.chosen", tied=0, places=0)
