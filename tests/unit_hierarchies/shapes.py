"""Arbitrary hierarchies over a tree, also such as no command would let pass."""

from datetime import date
from typing import Final
from uuid import UUID

from hypothesis import strategies as st

from services.unit_directory.tree import UnitTree
from services.unit_hierarchies.shape import HierarchyBase, HierarchyShape, Placing

DAYS: Final = (date(2024, 1, 1), date(2025, 3, 1), date(2025, 7, 1), date(2026, 5, 5))
LEVELS: Final = ("province", "district", "commune")


@st.composite
def shapes(draw: st.DrawFn, tree: UnitTree) -> HierarchyShape:
    """Draw any places of any units, rings and ended parents among them."""
    ids = sorted(unit.id for unit in tree)
    placings: dict[UUID, tuple[Placing, ...]] = {}
    for _ in range(draw(st.integers(0, 6))):
        placing = Placing(
            draw(st.sampled_from(DAYS)),
            draw(st.none() | st.sampled_from(ids)),
            draw(st.booleans()),
        )
        unit = draw(st.sampled_from(ids))
        told = (*placings.get(unit, ()), placing)
        placings[unit] = tuple(sorted(told, key=lambda one: one.effective_on))
    skipped = draw(
        st.dictionaries(st.sampled_from(LEVELS), st.sampled_from(DAYS), max_size=2)
    )
    return HierarchyShape(draw(st.sampled_from(HierarchyBase)), skipped, placings)
