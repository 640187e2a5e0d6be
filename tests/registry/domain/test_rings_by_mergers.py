"""Rings that no placing closes, but a merger of units or its undoing."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from services.registry.domain.hierarchy import Basis, Hierarchy, HierarchyHead
from services.registry.domain.hierarchy_errors import HierarchyCycle, RingByUnits
from services.registry.domain.reorganisation_plan import (
    Operation,
    OperationKind,
    PlanContent,
)
from services.registry.read_models.hierarchy_list import Named
from services.registry.use_cases.closing_rings import (
    Ring,
    refuse_rings,
    rings_of_plan,
    rings_of_revival,
    rings_of_undoing,
)
from services.unit_directory.tree import UnitTree
from services.unit_hierarchies.shape import HierarchyBase, HierarchyShape, Placing
from services.unit_hierarchies.walk import HierarchyWalk, TreeAdministration
from tests.support.scenario import scenario
from tests.unit_directory.country import REFORM, Country

DAY: Final = date(2024, 5, 1)
EVE: Final = REFORM - timedelta(days=1)
TODAY: Final = date(2026, 10, 1)
NO_BASIS: Final = Basis(None, None)


def a_country(*, merged: bool) -> Country:
    """Return provinces a, b, c and d with a commune in a; b may pass to c."""
    made = Country()
    for code, word in enumerate("abcd", start=1):
        made.take(word, "province", f"{code:02}", f"Tỉnh {word}", "vn")
    made.take("x", "commune", "00001", "Xã x", "a")
    if merged:
        made.end("b", "c")
    return made


LIVING: Final = a_country(merged=False)
BEFORE: Final = LIVING.tree()
AFTER: Final = a_country(merged=True).tree()
ID: Final[dict[str, UUID]] = {w: facts["id"] for w, facts in LIVING.units.items()}
WORD: Final = {identity: word for word, identity in ID.items()}


def placed(**under: str) -> HierarchyShape:
    """Return a line with units under others since May 2024."""
    placings = {
        ID[unit]: (Placing(DAY, ID[above], returned=False),)
        for unit, above in under.items()
    }
    return HierarchyShape(HierarchyBase.ADMINISTRATION, {}, placings)


CLOSING: Final = placed(a="b", c="a")


def line(shape: HierarchyShape, valid_to: date | None = None) -> Named:
    return Named("line", shape, valid_to)


def merger(unit: str = "b", into: str = "c") -> PlanContent:
    operation = Operation(OperationKind.MERGE, [ID[unit]], [ID[into]], "merge")
    return PlanContent(REFORM, (), (operation,))


def test_a_walk_over_a_ring_ends_and_says_where() -> None:
    """The day before, the line goes up to the country; on the day it closes."""
    walk = HierarchyWalk(CLOSING, AFTER, EVE)
    assert ["a", "b", "vn"] == [
        WORD[one.id] for one in walk.ancestors(AFTER.unit(ID["c"]))
    ]
    assert walk.ring_id(AFTER.unit(ID["c"])) is None
    walk = HierarchyWalk(CLOSING, AFTER, REFORM)
    for unit, above in (("c", ["a"]), ("a", ["c"]), ("x", ["a", "c"])):
        found = walk.ancestors(AFTER.unit(ID[unit]))
        assert above == [WORD[one.id] for one in found]
        comes_again = walk.ring_id(AFTER.unit(ID[unit]))
        assert comes_again == ID["a" if unit == "x" else unit]
    assert ["c"] == [
        WORD[u.id] for u in walk.children(AFTER.unit(ID["a"])) if u.level == "province"
    ]


def test_a_ring_of_skipped_units_is_not_walked_round() -> None:
    """Neither from the top nor from a unit that stands below it."""
    shape = CLOSING._replace(skipped={"province": DAY})
    walk = HierarchyWalk(shape, AFTER, TODAY)
    assert ["vn"] == [WORD[one.id] for one in walk.top()]
    assert [] == walk.children(AFTER.unit(ID["vn"]))
    assert [] == walk.ancestors(AFTER.unit(ID["x"]))


def test_a_place_is_refused_that_a_known_merger_closes() -> None:
    """Nothing changes in the line on that day, but in the units."""
    head = HierarchyHead("line", "X", HierarchyBase.ADMINISTRATION, ID["vn"], "VN")
    found = Hierarchy.define(uuid4(), head, NO_BASIS, valid_from=None, today=TODAY)

    def place(unit: str, above: str, tree: UnitTree) -> None:
        found.place(
            ID[unit], ID[above], TreeAdministration(tree), NO_BASIS, on=DAY, today=TODAY
        )

    place("a", "b", AFTER)
    refused = scenario(found).when(lambda _: place("c", "a", AFTER))
    refused.then_refused(HierarchyCycle, "$.parent")
    scenario(found).when(lambda _: place("c", "a", BEFORE)).then(Hierarchy.UnitPlaced)


def test_a_plan_that_closes_a_ring_is_found_out() -> None:
    """Every placed unit of the ring, with the day of the plan."""
    wanted = {Ring("line", ID["a"], REFORM), Ring("line", ID["c"], REFORM)}
    assert wanted == set(rings_of_plan(merger(), BEFORE, [line(CLOSING)]))


@pytest.mark.parametrize(
    ("named", "content"),
    [
        ([], merger()),
        ([line(placed())], merger()),
        # Into the country's other end it closes nothing.
        ([line(CLOSING)], merger("b", "d")),
        # The hierarchy has ended by then.
        ([line(CLOSING, REFORM)], merger()),
        # The ring is older than the plan.
        ([line(placed(a="c", c="a"))], merger()),
    ],
)
def test_a_plan_is_blamed_for_what_it_closes_alone(
    named: list[Named], content: PlanContent
) -> None:
    """Not for what it leaves open, and not for what was closed before."""
    assert [] == rings_of_plan(content, BEFORE, named)


def test_a_ring_that_closes_on_a_later_day_is_found_out() -> None:
    """C goes under a long after the merger."""
    later = date(2026, 1, 1)
    shape = placed(a="b")._replace(
        placings={**placed(a="b").placings, ID["c"]: (Placing(later, ID["a"], False),)}  # noqa: FBT003 - a tuple's place
    )
    found = rings_of_plan(merger(), BEFORE, [line(shape)])
    assert {later} == {ring.day for ring in found}


def test_what_was_built_on_a_merger_holds_it() -> None:
    """A is under b, b was under d, and d went under a when b was no more."""
    built = line(placed(a="b", b="d", d="a"))
    ended = AFTER.unit(ID["b"])
    wanted = {Ring("line", ID[word], REFORM) for word in "abd"}
    assert wanted == set(rings_of_revival(ended, AFTER, [built]))
    assert wanted == set(rings_of_undoing(merger(), AFTER, [built]))
    with pytest.raises(RingByUnits):
        refuse_rings(rings_of_revival(ended, AFTER, [built]))
    assert [] == rings_of_revival(ended, AFTER, [line(placed(a="b"))])
    living = replace(ended, valid_to=None)
    assert [] == rings_of_revival(living, AFTER, [built])
