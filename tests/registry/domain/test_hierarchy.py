"""What a named hierarchy lets happen, over a small country that was reformed."""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registry.domain import hierarchy_errors as errors
from services.registry.domain.errors import DayInFuture
from services.registry.domain.hierarchy import Basis, Hierarchy, HierarchyHead
from services.unit_hierarchies.shape import (
    HierarchyBase,
    HierarchyShape,
    Placing,
)
from services.unit_hierarchies.walk import (
    HierarchyWalk,
    TreeAdministration,
)
from tests.support.scenario import refused, scenario
from tests.unit_directory.country import REFORM, Country

BASIS: Final = Basis("12/QĐ-BCA", date(2025, 2, 1))
POLICE_DAY: Final = date(2025, 3, 1)
TODAY: Final = date(2026, 10, 1)
Step = Callable[[Hierarchy], object]


def a_country() -> Country:
    made = Country()
    made.take("p", "province", "06", "Tỉnh Bắc Kạn", "vn")
    made.take("d", "district", "066", "Huyện Na Rì", "p")
    made.take("e", "district", "067", "Huyện Ba Bể", "p")
    made.take("a", "commune", "02176", "Xã Cư Lễ", "d")
    made.take("b", "commune", "02177", "Xã Kim Lư", "d")
    made.take("c", "commune", "02178", "Xã Đồng Phúc", "e")
    made.take("q", "province", "19", "Tỉnh Thái Nguyên", "vn", REFORM)
    made.take("n", "commune", "02180", "Xã Na Rì", "q", REFORM)
    made.take("m", "commune", "02181", "Xã Ba Bể", "q", REFORM)
    made.end("p", "q")
    made.end("d")
    made.end("e")
    made.end("a", "n")
    made.end("b", "n")
    made.end("c", "m")
    return made


COUNTRY: Final = a_country()
TREE: Final = COUNTRY.tree()
UNITS: Final = TreeAdministration(TREE)
ID: Final[dict[str, UUID]] = {w: facts["id"] for w, facts in COUNTRY.units.items()}
WORD: Final = {identity: word for word, identity in ID.items()}


def a_hierarchy(base: HierarchyBase = HierarchyBase.ADMINISTRATION) -> Hierarchy:
    head = HierarchyHead("police_line", "Hệ thống Công an", base, ID["vn"], "VN")
    return Hierarchy.define(
        uuid4(), head, BASIS, valid_from=date(2020, 1, 1), today=TODAY
    )


def place(unit: str, under: str | None, on: date) -> Step:
    above = None if under is None else ID[under]
    return lambda found: found.place(ID[unit], above, UNITS, BASIS, on=on, today=TODAY)


def put_back(unit: str, on: date) -> Step:
    return lambda found: found.put_back(ID[unit], UNITS, BASIS, on=on, today=TODAY)


def withdraw(unit: str) -> Step:
    return lambda found: found.withdraw_placing(ID[unit], UNITS)


def skip(level: str, on: date) -> Step:
    return lambda found: found.skip_level(level, BASIS, on=on, today=TODAY)


def end(on: date) -> Step:
    return lambda found: found.end(BASIS, on=on, today=TODAY)


def above(found: Hierarchy, unit: str, day: date) -> list[str]:
    walk = HierarchyWalk(found.shape, TREE, day)
    return [WORD[one.id] for one in walk.ancestors(TREE.unit(ID[unit]))]


def below(found: Hierarchy, unit: str | None, day: date) -> list[str]:
    walk = HierarchyWalk(found.shape, TREE, day)
    units = walk.top() if unit is None else walk.children(TREE.unit(ID[unit]))
    return [WORD[one.id] for one in units]


DAY: Final = date(2024, 5, 1)
LATER: Final = date(2024, 9, 1)


def test_without_facts_it_is_administration() -> None:
    """Every unit stands where the tree puts it, on each day."""
    plain = a_hierarchy()
    assert ["d", "p", "vn"] == above(plain, "a", DAY)
    assert ["d", "e"] == below(plain, "p", DAY)
    assert ["q", "vn"] == above(plain, "n", TODAY)
    assert ["vn"] == below(plain, None, DAY)


def test_the_police_left_out_districts_before_administration_did() -> None:
    """Four months long communes stood under the province, in this line alone."""
    line = scenario(a_hierarchy()).given(skip("district", POLICE_DAY)).aggregate
    eve = date(2025, 2, 28)
    assert ["d", "p", "vn"] == above(line, "a", eve)
    assert ["p", "vn"] == above(line, "a", POLICE_DAY)
    assert ["a", "b", "c"] == below(line, "p", POLICE_DAY)
    assert [] == below(line, "d", POLICE_DAY)
    assert [] == above(line, "d", POLICE_DAY)


def test_a_unit_stands_elsewhere_from_a_day_and_returns() -> None:
    """Both days divide what is answered."""
    line = scenario(a_hierarchy()).given(place("a", "e", DAY)).aggregate
    assert ["e", "p", "vn"] == above(line, "a", DAY)
    assert (["b"], ["a", "c"]) == (below(line, "d", DAY), below(line, "e", DAY))
    assert ["a", "b"] == below(line, "d", date(2024, 4, 30))
    scenario(line).when(put_back("a", LATER)).then(Hierarchy.UnitReturned)
    assert ["d", "p", "vn"] == above(line, "a", LATER)
    assert ["e", "p", "vn"] == above(line, "a", date(2024, 8, 31))


def test_a_placing_follows_its_parent_into_the_merger() -> None:
    """Ba Bể was placed under Cư Lễ; since Cư Lễ merged, the heir holds that place."""
    line = scenario(a_hierarchy()).given(place("e", "a", DAY)).aggregate
    assert ["a", "d", "p", "vn"] == above(line, "e", DAY)
    later = scenario(a_hierarchy()).given(place("m", "n", REFORM)).aggregate
    assert ["n", "q", "vn"] == above(later, "m", TODAY)


def test_only_placed_units_belong_to_a_hierarchy_of_placements() -> None:
    """An ad-hoc line has its own top, and strangers stand nowhere in it."""
    line = a_hierarchy(HierarchyBase.PLACEMENTS)
    scenario(line).given(place("p", None, DAY), place("a", "p", DAY))
    assert (["p"], ["a"]) == (below(line, None, DAY), below(line, "p", DAY))
    assert (["p"], []) == (above(line, "a", DAY), above(line, "b", DAY))
    scenario(line).when(place("c", "b", DAY)).then_refused(
        errors.UnitNotOfHierarchy, "$.parent"
    )


@pytest.mark.parametrize(
    ("before", "step"),
    [
        ((), place("d", "a", DAY)),
        ((), place("p", "p", DAY)),
        ((place("a", "e", DAY),), place("e", "a", LATER)),
        # Today it is no ring, but in September it will have become one.
        ((place("c", "d", LATER),), place("d", "c", date(2024, 9, 2))),
        # Back in administration, a would stand under d, which stands under a.
        ((place("a", "e", DAY), place("d", "a", LATER)), put_back("a", POLICE_DAY)),
        ((place("a", "e", DAY), place("d", "a", LATER)), withdraw("a")),
    ],
)
def test_nobody_stands_above_himself(before: tuple[Step, ...], step: Step) -> None:
    """Not on the day, and not on a later day of what is recorded already."""
    scenario(a_hierarchy()).given(*before).when(step).then_refused(
        errors.HierarchyCycle, "$.parent"
    )


def test_a_ring_on_a_later_day_is_seen_too() -> None:
    """A placing of earlier date must not close a ring with one of later date."""
    line = scenario(a_hierarchy()).given(place("c", "a", LATER)).aggregate
    scenario(line).when(place("d", "c", DAY)).then_refused(errors.HierarchyCycle,
                                                           "$.parent")  # fmt: skip


def test_places_change_in_the_order_of_days() -> None:
    """What was recorded wrongly is withdrawn, and can be told anew."""
    line = scenario(a_hierarchy()).given(place("a", "e", LATER)).aggregate
    scenario(line).when(place("a", "p", DAY)).then_refused(
        errors.PlacementOutOfOrder, "$.effective_on"
    )
    scenario(line).when(withdraw("a")).then(
        Hierarchy.PlacingWithdrawn, unit_id=ID["a"], effective_on=LATER
    )
    assert ["d", "p", "vn"] == above(line, "a", LATER)
    scenario(line).when(place("a", "p", DAY)).then(Hierarchy.UnitPlaced)
    scenario(line).when(withdraw("b")).then_refused(errors.UnitNotPlaced, "$.unit")
    scenario(line).when(put_back("b", DAY)).then_refused(errors.UnitNotPlaced, "$.unit")


def test_a_skipped_level_takes_no_part() -> None:
    """None of its units is placed, and none stands under them."""
    line = scenario(a_hierarchy()).given(skip("district", DAY)).aggregate
    wrong = errors.UnitNotOfHierarchy
    scenario(line).when(place("d", "p", DAY)).then_refused(wrong, "$.unit")
    scenario(line).when(place("a", "e", DAY)).then_refused(wrong, "$.parent")
    scenario(line).when(skip("district", LATER)).then_refused(
        errors.LevelAlreadySkipped, "$.level"
    )
    scenario(line).when(lambda found: found.withdraw_skip("district")).then(
        Hierarchy.LevelSkipWithdrawn, level="district"
    )
    scenario(line).when(lambda found: found.withdraw_skip("district")).then_refused(
        errors.LevelNotSkipped, "$.level"
    )


def test_it_changes_in_its_life_only() -> None:
    """Neither before its first day, nor after its end, nor in the future."""
    refused(
        DayInFuture,
        "$.valid_from",
        lambda: Hierarchy.define(
            uuid4(),
            HierarchyHead("x", "X", HierarchyBase.PLACEMENTS, ID["vn"], "VN"),
            BASIS,
            valid_from=date(2027, 1, 1),
            today=TODAY,
        ),
    )
    early = date(2019, 12, 31)
    scenario(a_hierarchy()).when(place("a", "e", early)).then_refused(
        errors.OutsideHierarchyLife, "$.effective_on"
    )
    scenario(a_hierarchy()).when(skip("district", date(2027, 1, 1))).then_refused(
        DayInFuture, "$.effective_on"
    )
    scenario(a_hierarchy()).given(place("a", "e", LATER)).when(end(DAY)).then_refused(
        errors.OutsideHierarchyLife, "$.ended_on"
    )
    ended = scenario(a_hierarchy()).given(end(DAY)).aggregate
    scenario(ended).when(place("a", "e", LATER)).then_refused(errors.HierarchyEnded)
    scenario(ended).when(end(LATER)).then_refused(errors.HierarchyEnded)


_DAYS: Final = (DAY, LATER, POLICE_DAY, REFORM)


@st.composite
def shapes(draw: st.DrawFn) -> HierarchyShape:
    """Draw what commands could have made: places without a ring, skipped levels."""
    line = a_hierarchy(draw(st.sampled_from(HierarchyBase)))
    words = sorted(ID)
    for _ in range(draw(st.integers(0, 8))):
        unit = draw(st.sampled_from(words))
        under = draw(st.sampled_from([None, *words]))
        day = draw(st.sampled_from(_DAYS))
        step = draw(
            st.sampled_from(
                [place(unit, under, day), put_back(unit, day), withdraw(unit),
                 skip("district", day)]
            )
        )  # fmt: skip
        scenario(line).when(step)
    return line.shape


@settings(max_examples=200, deadline=None)
@given(shapes(), st.sampled_from([date(2024, 1, 1), *_DAYS, TODAY]))
def test_up_and_down_agree(shape: HierarchyShape, day: date) -> None:
    """A unit is a child exactly of its parent; without one it stands at the top."""
    walk = HierarchyWalk(shape, TREE, day)
    for unit in TREE:
        if not walk.belongs(unit):
            continue
        parent = walk.parent_id(unit)
        holds = walk.top() if parent is None else walk.children(TREE.unit(parent))
        assert unit in holds
        assert unit not in walk.ancestors(unit)
    for unit in TREE:
        for child in walk.children(unit):
            assert unit.id == walk.parent_id(child)


def test_a_ring_made_by_a_later_merger_ends_the_walk() -> None:
    """No walk goes on for ever, whatever became of the units."""
    placed = {
        ID["n"]: (Placing(REFORM, ID["m"], returned=False),),
        ID["m"]: (Placing(REFORM, ID["n"], returned=False),),
    }
    shape = HierarchyShape(HierarchyBase.ADMINISTRATION, {}, placed)
    walk = HierarchyWalk(shape, TREE, TODAY)
    assert [ID["m"]] == [one.id for one in walk.ancestors(TREE.unit(ID["n"]))]
