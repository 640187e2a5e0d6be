"""The plan of the reform says of every unit that ended what became of it, once."""

from collections import Counter
from datetime import date

from demo.plan.making import make_plan
from demo.plan.totals import Totals
from demo.province import Province
from demo.published import Published
from demo.reform_plan import REFORM, reform_plan
from demo.reform_run import DAYS, rosters_of_year
from services.registry.reference.snapshot import as_of, read_snapshot


def test_the_nations_plan_names_each_unit_once() -> None:
    """All ends and beginnings of the day are in it; no province is forgotten."""
    snapshot = read_snapshot()
    plan = reform_plan(snapshot, None)
    ended = [unit for unit in snapshot.units if unit.valid_to == REFORM]
    begun = [unit for unit in snapshot.units if unit.key.valid_from == REFORM]
    named = Counter(
        unit["code"] for operation in plan.operations for unit in operation["units"]
    )
    assert Counter(unit.key.code for unit in ended) == named
    assert [unit.key for unit in begun] == list(plan.keys)


def test_a_plan_of_two_provinces_stays_inside_them() -> None:
    """Bắc Kạn and Thái Nguyên become the units of the new Thái Nguyên."""
    plan = reform_plan(read_snapshot(), ("06", "19"))
    provinces = [unit["code"] for unit in plan.new_units if len(unit["code"]) == 2]
    assert ["19"] == provinces
    assert all(len(part.get("new_units", ())) <= 50 for part in plan.parts(50))
    assert plan.operations == [
        operation for part in plan.parts(50) for operation in part.get("operations", ())
    ]


def test_the_register_of_a_day_knows_nothing_later() -> None:
    """On the eve no unit had ended and none of the new ones had begun."""
    snapshot = read_snapshot()
    eve = as_of(snapshot, date(2025, 6, 30))
    assert all(
        unit.valid_to is None and not unit.successors and unit.key.valid_from is None
        for unit in eve.units
    )
    assert len(eve.units) == eve.head.units
    assert snapshot.head.edition != eve.head.edition
    after = as_of(snapshot, REFORM)
    assert len(snapshot.units) == len(after.units)
    assert not any(unit.changes for unit in after.units)


def test_the_rosters_have_the_published_strength_on_each_day(
    province: Province, published: Published
) -> None:
    """Nobody comes or leaves within the year."""
    plan = rosters_of_year(make_plan(province, Totals.of(published)), published)
    for day in DAYS:
        serving = [
            member
            for force in plan.forces
            for member in force.members
            if member.serves_on(day)
        ]
        assert 1131 + 218 == len(serving)
