"""Where a caller may act: units that have ended let nobody in from that day on."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.chassis.clock import local_today
from services.chassis.identity import Principal
from services.unit_directory.lineage import whole_line, with_absorbed
from services.unit_directory.rights import (
    roots_in_force,
    roots_over,
    with_living_roots,
)
from services.unit_directory.tree import UnitTree
from tests.unit_directory.country import Country
from tests.unit_directory.trees import REFORM, trees

EVE = REFORM - timedelta(days=1)


@given(trees(), st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_only_units_in_force_let_somebody_in(tree: UnitTree, day: date) -> None:
    """Each unit is a root on the days of its life and on no other."""
    every = [unit.id for unit in tree]
    kept = roots_in_force(tree, every, day)
    assert [unit.id for unit in tree if unit.in_force(day)] == list(kept)


@given(trees())
def test_access_passes_to_the_heir_on_the_day(tree: UnitTree) -> None:
    """On the eve the old unit's people are in; from the day on, its whole heir's."""
    for heir in tree:
        for absorbed in heir.predecessors:
            old = tree.unit(absorbed.unit_id)
            assert roots_in_force(tree, (old.id, heir.id), EVE) == (old.id,)
            assert roots_in_force(tree, (old.id, heir.id), REFORM) == (heir.id,)
            if absorbed.whole:
                assert tree.within((heir.id,), old.id)


@given(trees())
def test_a_caller_keeps_only_what_lives_today(tree: UnitTree) -> None:
    """A token that names ended units is worth what is left of it."""
    every = tuple(unit.id for unit in tree)
    caller = Principal(subject="s", name="s", scopes=frozenset({"x"}), unit_roots=every)
    living = with_living_roots(tree, caller)
    assert all(tree.unit(root).in_force(local_today()) for root in living.unit_roots)
    assert (caller.subject, caller.scopes) == (living.subject, living.scopes)


@given(trees())
def test_who_reaches_a_unit_is_the_inverse_of_what_a_unit_covers(
    tree: UnitTree,
) -> None:
    """Asked from below or from above, the rule is the same."""
    for unit in tree:
        covering = {root.id for root in tree if tree.within((root.id,), unit.id)}
        assert covering == roots_over(tree, unit.id, local_today())


def test_a_unit_that_will_take_another_one_over_does_not_reach_it_yet() -> None:
    """An announced merger opens nothing before its day, asked from above or below."""
    today = local_today()
    tomorrow = today + timedelta(days=1)
    country = Country()
    country.take("small", "commune", "00002", "Xã Nhỏ", "vn")
    country.take("heir", "commune", "00003", "Xã Lớn", "vn")
    country.end("small", "heir", on=tomorrow)
    tree = country.tree()
    small, heir = (country.units[word]["id"] for word in ("small", "heir"))
    assert not tree.within((heir,), small)
    assert heir not in roots_over(tree, small, today)
    assert heir in roots_over(tree, small, tomorrow)
    every = {heir, small}
    for by, found in ((today, {heir}), (tomorrow, every), (None, every)):
        held = with_absorbed(tree, tree.unit(heir), by)
        assert found == {unit.id for unit in held}
    for by, holder in ((today, small), (tomorrow, heir), (None, heir)):
        assert holder == whole_line(tree, tree.unit(small), by)[-1].id
