"""What others make of the public facts is what the registry decided by."""

from datetime import date
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from services.registry.domain.hierarchy import Hierarchy
from services.registry.hierarchy_publishing import PUBLIC_HIERARCHIES
from services.unit_hierarchies.facts import hierarchy_of
from services.unit_hierarchies.shape import HierarchyBase
from tests.registry.domain import test_hierarchy as line
from tests.support.scenario import scenario

DAYS: Final = (date(2025, 1, 10), date(2025, 3, 1), date(2025, 7, 1))


@st.composite
def told(draw: st.DrawFn) -> tuple[Hierarchy, list[Any]]:
    """Draw a hierarchy and the public facts of all that happened to it."""
    made = line.a_hierarchy(draw(st.sampled_from(HierarchyBase)))
    events = list(made.collect_events())
    words = sorted(line.ID)
    for _ in range(draw(st.integers(0, 10))):
        unit = draw(st.sampled_from(words))
        under = draw(st.sampled_from([None, *words]))
        day = draw(st.sampled_from(DAYS))
        step = draw(
            st.sampled_from(
                [line.place(unit, under, day), line.put_back(unit, day),
                 line.withdraw(unit), line.skip("district", day),
                 lambda one: one.withdraw_skip("district")]
            )
        )  # fmt: skip
        events += scenario(made).when(step)._events
    return made, [PUBLIC_HIERARCHIES[type(event)](event) for event in events]


@settings(max_examples=150, deadline=None)
@given(told())
def test_the_shape_of_the_facts_is_the_shape_of_the_aggregate(
    made_and_told: tuple[Hierarchy, list[Any]],
) -> None:
    """Places, returns, skips and what was withdrawn of them."""
    made, facts = made_and_told
    known = hierarchy_of(facts)
    placings = {unit: moves for unit, moves in known.shape.placings.items() if moves}
    expected = {unit: moves for unit, moves in made.placings.items() if moves}
    assert (made.shape.base, dict(made.shape.skipped), expected) == (
        known.shape.base,
        dict(known.shape.skipped),
        placings,
    )
    assert (made.valid_from, None) == (known.valid_from, known.valid_to)
