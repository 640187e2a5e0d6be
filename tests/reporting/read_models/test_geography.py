"""Whose figures make up an answer: as it was, and in today's borders."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from services.contracts.registry.events import Successor
from services.reporting.domain.periods import period_of, range_of_days
from services.reporting.read_models.geography import Geography
from services.unit_directory.overlay import overlaid
from services.unit_directory.tree import Unit
from tests.reporting import units

GEOGRAPHY = Geography(units.tree())
YEAR_2023 = period_of("year", 2023)
YEAR_2025 = period_of("year", 2025)
YEAR_2027 = period_of("year", 2027)


def unit(unit_id: object) -> Unit:
    return GEOGRAPHY.tree.unit(unit_id)  # type: ignore[arg-type]


def test_todays_thai_nguyen_stands_for_both_old_provinces() -> None:
    """Restated, the new province of 2023 is Bắc Kạn and the old Thái Nguyên."""
    found = GEOGRAPHY.expand(unit(units.THAI_NGUYEN), "restated", YEAR_2023)

    expected = {units.THAI_NGUYEN, units.BAC_KAN, units.OLD_THAI_NGUYEN}
    assert expected == set(found.now.flow or ())
    assert found.now == found.before
    assert found.flow_reason is None


def test_unit_as_it_was_stands_for_itself() -> None:
    """Bắc Kạn in 2023 is Bắc Kạn."""
    found = GEOGRAPHY.expand(unit(units.BAC_KAN), "as_was", YEAR_2023)

    assert (units.BAC_KAN,) == found.now.flow
    assert (units.BAC_KAN,) == found.now.stock
    assert found.flow_reason is None
    assert found.stock_reason is None


def test_question_about_a_time_without_the_unit_does_not_apply() -> None:
    """The new province has no 2023 of its own, and says why."""
    found = GEOGRAPHY.expand(unit(units.THAI_NGUYEN), "as_was", YEAR_2023)

    assert found.now.flow is None
    assert found.now.stock is None
    assert "Tỉnh Thái Nguyên chỉ tồn tại từ ngày 01/07/2025." == found.flow_reason


def test_year_of_the_merger_belongs_to_old_and_new_and_compares_to_nothing() -> None:
    """Bắc Kạn of 2025 ends in June: its flow counts, its stock went on."""
    old = GEOGRAPHY.expand(unit(units.BAC_KAN), "as_was", YEAR_2025)
    new = GEOGRAPHY.expand(unit(units.THAI_NGUYEN), "as_was", YEAR_2025)

    assert (units.BAC_KAN,) == old.now.flow
    assert old.now.stock is None
    assert "Tỉnh Bắc Kạn chỉ tồn tại đến hết ngày 30/06/2025." == old.flow_reason
    assert (units.THAI_NGUYEN,) == new.now.flow
    assert new.flow_reason is not None


def test_stock_of_a_successor_began_with_those_before_it() -> None:
    """Boards set up in Bắc Kạn stand in Thái Nguyên after the merger."""
    found = GEOGRAPHY.expand(unit(units.THAI_NGUYEN), "as_was", YEAR_2027)

    expected = {units.THAI_NGUYEN, units.BAC_KAN, units.OLD_THAI_NGUYEN}
    assert expected == set(found.now.stock or ())
    assert (units.THAI_NGUYEN,) == found.now.flow
    assert found.stock_reason is None


def test_commune_that_took_a_part_is_not_comparable_and_names_the_split_one() -> None:
    """The figures of a split commune cannot be told apart."""
    found = GEOGRAPHY.expand(unit(units.NEW_PHUC), "restated", YEAR_2023)

    assert {units.NEW_PHUC, units.PHUC} == set(found.now.flow or ())
    assert (
        "Xã Chia được chia cho nhiều đơn vị, số liệu cũ không tách được."
        == found.flow_reason
    )


def test_split_inside_a_province_leaves_the_province_comparable() -> None:
    """Both parts of the split commune stayed within the new province."""
    assert () == GEOGRAPHY.split_before(unit(units.THAI_NGUYEN))
    assert (unit(units.CHIA),) == GEOGRAPHY.split_before(unit(units.NEW_TRUNG))


def test_flow_compares_again_when_the_split_lies_before_both_periods() -> None:
    """Two full years after the split nothing is missing any more."""
    found = GEOGRAPHY.expand(unit(units.NEW_PHUC), "restated", YEAR_2027)

    assert found.flow_reason is None
    assert found.stock_reason is not None


def test_children_are_those_of_the_time_or_those_of_today() -> None:
    """Bắc Kạn's table has districts; today's province has communes."""
    then = GEOGRAPHY.children(unit(units.BAC_KAN), "as_was", YEAR_2023)
    today = GEOGRAPHY.children(unit(units.THAI_NGUYEN), "restated", YEAR_2023)

    assert [units.CITY, units.BA_BE] == [child.id for child in then]
    assert [units.NEW_BAC_KAN_WARD, units.NEW_PHUC, units.NEW_TRUNG] == [
        child.id for child in today
    ]


@pytest.mark.parametrize("kind", ["as_was", "restated"])
def test_unit_that_never_changed_is_the_same_both_ways(kind: str) -> None:
    """Lạng Sơn stayed what it was."""
    found = GEOGRAPHY.expand(unit(units.LANG_SON), kind, YEAR_2023)  # type: ignore[arg-type]

    assert (units.LANG_SON,) == found.now.flow
    assert found.flow_reason is None


def test_abolished_unit_has_no_later_period() -> None:
    """Nothing is asked of Bắc Kạn after its end, in either way."""
    after = range_of_days(units.MERGER, units.MERGER + timedelta(days=30))
    for lens in ("as_was", "restated"):
        found = GEOGRAPHY.expand(unit(units.BAC_KAN), lens, after)
        assert found.now.flow is None


def test_lineage_ends_at_the_country_and_is_unknown_for_strangers() -> None:
    """Every unit hangs on the country; an unheard-of unit has no lineage."""
    lineage = GEOGRAPHY.lineage(units.QUANG)

    assert (units.QUANG, units.CITY, units.BAC_KAN, units.COUNTRY) == lineage
    assert GEOGRAPHY.lineage(type(units.QUANG)(int=9)) is None


def test_periods_end_before_the_merger_day() -> None:
    """The merger's day is the first of the new unit; the old one ended before it."""
    last = range_of_days(date(2025, 6, 30), date(2025, 6, 30))
    first = range_of_days(units.MERGER, units.MERGER)

    old, new = unit(units.BAC_KAN), unit(units.THAI_NGUYEN)
    assert GEOGRAPHY.expand(old, "as_was", last).now.flow is not None
    assert GEOGRAPHY.expand(old, "as_was", first).now.flow is None
    assert GEOGRAPHY.expand(new, "as_was", last).now.flow is None
    assert GEOGRAPHY.expand(new, "as_was", first).now.flow is not None


def test_a_part_that_moved_makes_both_sides_differ_from_the_year_before() -> None:
    """Only in the year of the transfer and the next; what holds both sides compares."""
    giver, taker = unit(units.NEW_PHUC), unit(units.NEW_TRUNG)
    moved = Successor(
        unit_id=taker.id, whole=False, kind="transfer", effective_on=date(2027, 5, 1)
    )
    changed = Geography(overlaid(GEOGRAPHY.tree, [replace(giver, successors=(moved,))]))
    told = {
        (side.id, year): changed.expand(
            changed.tree.unit(side.id), "as_was", period_of("year", year)
        ).flow_reason
        for side in (giver, taker, unit(units.THAI_NGUYEN))
        for year in (2027, 2028, 2029)
    }
    reason = f"Một phần {giver.name} chuyển về {taker.name} từ ngày 01/05/2027."
    expected = {
        (side, year): reason if side != units.THAI_NGUYEN and year < 2029 else None
        for side, year in told
    }
    assert expected == told


def test_a_unit_that_was_never_in_force_splits_nothing() -> None:
    """Its establishment was taken back: its heirs compare as if it had not been."""
    voided = replace(
        unit(units.NEW_TRUNG),
        valid_to=units.MERGER,
        successors=(Successor(unit_id=units.NEW_PHUC, whole=False, kind="void"),),
    )
    changed = Geography(overlaid(GEOGRAPHY.tree, [voided]))
    heir = changed.tree.unit(units.NEW_PHUC)
    assert voided.id in {before.unit_id for before in heir.predecessors}
    assert changed.split_before(heir) == GEOGRAPHY.split_before(unit(units.NEW_PHUC))
