"""What votes mean: the half, the ranks, the last place, and the tie."""

from typing import Final
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.council import results_of
from services.registry.domain.selection_errors import (
    MoreVotesThanPresent,
    TieDecidedWrongly,
    TieNeedsDecision,
)

A, B, C, D = (uuid4() for _ in range(4))
NINE: Final = 9


def passed(votes: dict[UUID, int], places: int, *chosen: UUID) -> set[UUID]:
    found = results_of(votes, NINE, places, chosen)
    return {one.application_id for one in found if one.passed}


@pytest.mark.parametrize(
    ("votes", "places", "who"),
    [
        ({A: 5}, 1, {A}),
        ({A: 4}, 1, set()),  # four of nine are not more than half
        ({A: 9, B: 7, C: 5}, 2, {A, B}),
        ({A: 9, B: 4}, 2, {A}),
        ({A: 7, B: 7}, 2, {A, B}),
        ({A: 9, B: 7, C: 7}, 1, {A}),  # the tie is behind the last place
        ({A: 4, B: 4}, 1, set()),  # a tie of those who fell through is none
        ({A: 9}, 0, set()),
        ({}, 1, set()),
    ],
)
def test_more_than_half_then_from_the_top(
    votes: dict[UUID, int], places: int, who: set[UUID]
) -> None:
    """Half of those present is not enough; no more pass than there are places."""
    assert who == passed(votes, places)


def test_half_of_an_even_council_is_not_more_than_half() -> None:
    """Four of eight do not pass, five do."""
    assert not results_of({A: 4}, 8, 1)[0].passed
    assert results_of({A: 5}, 8, 1)[0].passed


def test_a_tie_at_the_last_place_waits_for_a_decision() -> None:
    """The refusal says how many stand at how many places with how many votes."""
    votes = {A: 9, B: 6, C: 6, D: 6}
    with pytest.raises(TieNeedsDecision) as refused:
        passed(votes, 2)
    assert {"votes": 6, "tied": 3, "places": 1} == refused.value.params
    assert {A, C} == passed(votes, 2, C)


@pytest.mark.parametrize("chosen", [(A,), (B, C), (uuid4(),)])
def test_a_tie_is_decided_among_those_who_are_tied(chosen: tuple[UUID, ...]) -> None:
    """Neither somebody else nor more than the places."""
    with pytest.raises(TieDecidedWrongly):
        passed({A: 9, B: 6, C: 6}, 2, *chosen)


def test_without_a_tie_nobody_is_chosen() -> None:
    """A decision cannot overrule votes."""
    with pytest.raises(TieDecidedWrongly):
        passed({A: 9, B: 6}, 2, B)
    with pytest.raises(TieDecidedWrongly):
        passed({A: 9, B: 6, C: 5}, 2, C)


def test_nobody_has_more_votes_than_members_present() -> None:
    """A count that cannot be is refused."""
    with pytest.raises(MoreVotesThanPresent):
        passed({A: 10}, 1)


@given(
    st.dictionaries(st.uuids(), st.integers(0, NINE), max_size=12),
    st.integers(0, 6),
)
def test_whoever_passes_beats_whoever_does_not(
    votes: dict[UUID, int], places: int
) -> None:
    """Places are never overfilled, never left empty while somebody has the half."""
    try:
        found = results_of(votes, NINE, places)
    except TieNeedsDecision as tie:
        left, tied = tie.params["places"], tie.params["tied"]
        assert isinstance(left, int)
        assert isinstance(tied, int)
        assert 0 < left < tied
        return
    winners = [one.votes for one in found if one.passed]
    others = [one.votes for one in found if not one.passed]
    enough = [count for count in votes.values() if 2 * count > NINE]
    assert min(places, len(enough)) == len(winners)
    assert all(2 * count > NINE for count in winners)
    beaten = [count for count in others if 2 * count > NINE]
    assert not winners or all(count < min(winners) for count in beaten)
