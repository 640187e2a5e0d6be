"""A sum is spread without a rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.plan.spreading import spread

WEIGHTS = st.lists(st.floats(0.01, 1000), min_size=1, max_size=40)


@given(total=st.integers(0, 100_000), weights=WEIGHTS)
def test_the_parts_add_up_to_the_total(total: int, weights: list[float]) -> None:
    """Whatever the weights are, nothing is lost and nothing is added."""
    assert total == sum(spread(total, weights))


@given(
    data=st.data(), weights=WEIGHTS, least=st.integers(0, 20), room=st.integers(0, 30)
)
def test_every_part_lies_between_its_bounds(
    data: st.DataObject, weights: list[float], least: int, room: int
) -> None:
    """Bounds hold for each part, and the sum holds all the same."""
    most = least + room
    total = data.draw(st.integers(least * len(weights), most * len(weights)))

    parts = spread(total, weights, least=least, most=most)

    assert total == sum(parts)
    assert all(least <= part <= most for part in parts)


@given(total=st.integers(0, 10_000), weights=WEIGHTS)
def test_each_part_is_its_share_rounded(total: int, weights: list[float]) -> None:
    """No part is a whole one away from its exact share."""
    exact = [total * weight / sum(weights) for weight in weights]

    parts = spread(total, weights)

    assert all(
        abs(part - share) < 1.001 for part, share in zip(parts, exact, strict=True)
    )


@pytest.mark.parametrize(
    ("total", "least", "most"), [(3, 2, None), (7, 0, 3), (-1, 0, None)]
)
def test_what_cannot_be_spread_is_refused(
    total: int, least: int, most: int | None
) -> None:
    """Too little for the least, too much for the most, less than nothing."""
    with pytest.raises(ValueError, match="cannot be spread"):
        spread(total, [1.0, 1.0], least=least, most=most)


def test_a_weight_of_nothing_is_refused() -> None:
    """A place that may not get anything is not asked."""
    with pytest.raises(ValueError, match="above zero"):
        spread(3, [1.0, 0.0])
