"""Sums along a hierarchy: nothing is lost, nothing counts twice, at any level."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from services.unit_directory.tree import UnitTree
from services.unit_hierarchies.facts import ADMINISTRATION
from services.unit_hierarchies.roll_up import RollUp
from services.unit_hierarchies.shape import HierarchyBase, HierarchyShape, Placing
from services.unit_hierarchies.walk import HierarchyWalk
from tests.unit_directory.country import REFORM, Country
from tests.unit_directory.trees import trees
from tests.unit_hierarchies.shapes import DAYS, shapes

Numbers = Mapping[UUID, int]
days = st.sampled_from([date(2020, 1, 1), *DAYS])


def rows_of(tree: UnitTree, own: Numbers) -> dict[UUID, int]:
    """Add each unit's own number up over those above it, as figures are kept."""
    rows = dict.fromkeys((unit.id for unit in tree), 0)
    for unit in tree:
        above: UUID | None = unit.id
        while above is not None:
            rows[above] += own[unit.id]
            above = tree.unit(above).parent_id
    return rows


def numbers_of(tree: UnitTree) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """Give every unit a number of its own: no two sums of them are the same."""
    units = sorted(tree, key=lambda unit: unit.path)
    own = {unit.id: 1 << position for position, unit in enumerate(units)}
    return own, rows_of(tree, own)


def value(roll_up: RollUp, node: UUID, rows: Numbers) -> int:
    return sum(sign * rows[unit] for unit, sign in roll_up.parts(node).items())


@settings(max_examples=150, deadline=None)
@given(st.data(), trees(), days)
def test_the_roots_together_are_the_administrative_sum(
    data: st.DataObject, tree: UnitTree, day: date
) -> None:
    """However units are placed, levels skipped and rings closed by mergers."""
    shape = data.draw(shapes(tree))
    roll_up = RollUp(shape, tree, day)
    own, rows = numbers_of(tree)
    total = sum(value(roll_up, node.id, rows) for node in roll_up.top())
    if roll_up.top() and shape.base is HierarchyBase.ADMINISTRATION:
        homeless = [u for u in tree if not _has_home(roll_up, tree, u.id)]
        expected = sum(own.values()) - sum(own[u.id] for u in homeless)
        assert expected == total
    assert total <= sum(own.values())
    assert sum(own.values()) & total == total, "each unit at most once"


def _has_home(roll_up: RollUp, tree: UnitTree, unit_id: UUID | None) -> bool:
    """Tell whether a unit, or one above it in administration, belongs."""
    while unit_id is not None:
        if roll_up.holds(unit_id):
            return True
        unit_id = tree.unit(unit_id).parent_id
    return False


@settings(max_examples=150, deadline=None)
@given(st.data(), trees(), days)
def test_a_node_is_its_children_and_what_is_its_own(
    data: st.DataObject, tree: UnitTree, day: date
) -> None:
    """A table's rows never add up to more than the row above them."""
    roll_up = RollUp(data.draw(shapes(tree)), tree, day)
    own, rows = numbers_of(tree)
    for unit in tree:
        if not roll_up.holds(unit.id):
            assert {} == roll_up.parts(unit.id)
            continue
        below = sum(value(roll_up, c.id, rows) for c in roll_up.children(unit.id))
        rest = value(roll_up, unit.id, rows) - below
        assert rest & own[unit.id], "its own facts are its own"
        assert value(roll_up, unit.id, rows) & below == below


@settings(max_examples=100, deadline=None)
@given(st.data(), trees(), days)
def test_it_stands_as_the_walk_shows_it(
    data: st.DataObject, tree: UnitTree, day: date
) -> None:
    """The tables of figures and the lists of the registry have the same rows."""
    shape = data.draw(shapes(tree))
    roll_up, walk = RollUp(shape, tree, day), HierarchyWalk(shape, tree, day)
    for unit in tree:
        parent = walk.parent_id(unit) if walk.belongs(unit) else None
        if parent is None or not roll_up.holds(parent) or walk.ring_id(unit):
            continue
        assert unit in roll_up.children(parent)


@given(trees(), days)
def test_administration_itself_needs_no_sums(tree: UnitTree, day: date) -> None:
    """A unit in force is its own row and those it absorbed; nothing is taken off."""
    roll_up = RollUp(ADMINISTRATION.shape, tree, day)
    for unit in tree:
        if unit.in_force(day) and unit.level == "commune":
            assert 1 == roll_up.parts(unit.id)[unit.id]


def country() -> Country:
    made = Country()
    made.take("p", "province", "06", "Tỉnh Bắc Kạn", "vn")
    made.take("q", "province", "20", "Tỉnh Lạng Sơn", "vn")
    made.take("d", "district", "066", "Huyện Na Rì", "p")
    made.take("a", "commune", "02176", "Xã Cư Lễ", "d")
    made.take("b", "commune", "02177", "Xã Kim Lư", "d")
    made.take("c", "commune", "05977", "Xã Vĩnh Trại", "q")
    return made


def ids_of(made: Country) -> dict[str, UUID]:
    return {word: facts["id"] for word, facts in made.units.items()}


def test_a_skipped_level_hands_its_own_facts_to_who_stands_above() -> None:
    """Police districts are no more; what a district did counts for the province."""
    made = country()
    tree, ids = made.tree(), ids_of(made)
    shape = HierarchyShape(
        HierarchyBase.ADMINISTRATION, {"district": date(2025, 3, 1)}, {}
    )
    roll_up = RollUp(shape, tree, date(2025, 4, 1))
    own, rows = numbers_of(tree)
    assert [ids["a"], ids["b"]] == [u.id for u in roll_up.children(ids["p"])]
    inside = sum(own[ids[word]] for word in ("p", "d", "a", "b"))
    assert inside == value(roll_up, ids["p"], rows)
    assert {} == roll_up.parts(ids["d"])


def test_a_moved_unit_is_taken_off_here_and_added_there() -> None:
    """Only where the two orders part does a sum need further rows."""
    made = country()
    tree, ids = made.tree(), ids_of(made)
    moved = {ids["a"]: (Placing(date(2025, 1, 1), ids["q"], returned=False),)}
    shape = HierarchyShape(HierarchyBase.ADMINISTRATION, {}, moved)
    roll_up = RollUp(shape, tree, date(2025, 4, 1))
    assert {ids["p"]: 1, ids["a"]: -1} == roll_up.parts(ids["p"])
    assert {ids["q"]: 1, ids["a"]: 1} == roll_up.parts(ids["q"])
    assert {ids["d"]: 1, ids["a"]: -1} == roll_up.parts(ids["d"])
    assert {ids["vn"]: 1} == roll_up.parts(ids["vn"])


def test_a_ring_that_a_merger_closed_still_counts_each_unit_once() -> None:
    """One unit of the ring stands at the top."""
    made = country()
    tree, ids = made.tree(), ids_of(made)
    ring = {
        ids["p"]: (Placing(REFORM, ids["q"], returned=False),),
        ids["q"]: (Placing(REFORM, ids["p"], returned=False),),
    }
    shape = HierarchyShape(HierarchyBase.ADMINISTRATION, {}, ring)
    roll_up = RollUp(shape, tree, date(2026, 1, 1))
    own, rows = numbers_of(tree)
    assert [ids["p"], ids["vn"]] == [one.id for one in roll_up.top()]
    assert sum(own.values()) == sum(
        value(roll_up, one.id, rows) for one in roll_up.top()
    )
