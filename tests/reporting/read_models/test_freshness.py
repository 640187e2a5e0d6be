"""How far an answer is complete, from positions and stream heads."""

from datetime import UTC, datetime

from services.chassis.positions import Reached
from services.contracts.reporting.api import SourceFreshness
from services.reporting.read_models.freshness import Head, Heads, source_freshness

NOW = datetime(2026, 9, 1, tzinfo=UTC)


def fresh(
    reached: dict[int, int], heads: dict[int, int] | None, *, generation: str = "g"
) -> SourceFreshness:
    return source_freshness(
        "tips",
        {p: Reached("tips", p, "g", at, NOW, NOW) for p, at in reached.items()},
        None if heads is None else held(heads, generation),
        heads_are_fresh=True,
        partitions=3,
    )


def held(heads: dict[int, int], generation: str) -> Heads:
    partitions = {p: Head(generation, at) for p, at in heads.items()}
    return Heads(max(heads.values(), default=0), partitions)


def test_all_partitions_at_their_head_make_the_source_complete_to_its_head() -> None:
    """A partition that holds little is no reason to doubt the others."""
    found = fresh({0: 90, 2: 7}, {0: 90, 2: 7})

    assert (90, 90, True) == (found.complete_to_position, found.head, found.caught_up)


def test_lagging_partition_bounds_the_whole() -> None:
    """Complete means every event up to there, not the furthest one."""
    found = fresh({0: 90, 1: 40}, {0: 90, 1: 80})

    assert (40, 90, False) == (found.complete_to_position, found.head, found.caught_up)


def test_partition_not_begun_means_complete_to_nothing() -> None:
    """One unread partition could hold the very first event."""
    assert 0 == fresh({0: 90}, {0: 90, 1: 1}).complete_to_position


def test_without_heads_only_the_least_partition_is_sure() -> None:
    """NATS away since the start: the claim shrinks, it does not lie."""
    assert 0 == fresh({0: 90, 1: 40}, None).complete_to_position
    found = fresh({0: 90, 1: 40, 2: 60}, None)
    assert (40, None, None) == (found.complete_to_position, found.head, found.caught_up)


def test_restored_source_is_not_caught_up_until_it_is_followed_again() -> None:
    """Positions of another generation prove nothing."""
    found = fresh({0: 90}, {0: 90}, generation="restored")

    assert found.caught_up is False


def test_heads_of_a_moment_ago_prove_nothing_beyond_them() -> None:
    """A partition that ran ahead since says nothing about the others."""
    found = fresh({0: 95, 1: 40}, {0: 90, 1: 40})

    assert (90, 90) == (found.complete_to_position, found.head)


def test_empty_source_is_complete() -> None:
    """Nothing told, nothing missed."""
    found = fresh({}, {})

    assert (0, True) == (found.complete_to_position, found.caught_up)
