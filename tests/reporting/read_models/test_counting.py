"""Folding and rolling up: the same figures however the facts arrive."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from services.contracts.envelope import PublicEvent
from services.reporting.read_models.counting import (
    Cell,
    contributions,
    cut_of,
    half_month_start,
    half_months,
    roll_up,
)
from services.reporting.read_models.geography import Geography
from tests.reporting import facts, units

GEOGRAPHY = Geography(units.tree())
COMMUNES = [units.QUANG, units.SONG, units.PHUC, units.TRUNG, units.CHIA]
days = st.dates(date(2022, 12, 1), date(2023, 12, 31))
places = st.sampled_from(COMMUNES)
events: st.SearchStrategy[PublicEvent] = st.one_of(
    st.builds(facts.held, places, st.integers(0, 500), days),
    st.builds(facts.withdrawn, places, st.integers(0, 500), days),
    st.builds(facts.corrected, places, st.integers(0, 9), st.integers(0, 9), days),
    st.builds(facts.received, places, days),
    st.builds(facts.enrolled, places, st.just(facts.POLICE), days),
    st.builds(facts.ceased, places, st.just(facts.POLICE), days),
)


def test_fact_of_a_commune_counts_for_all_units_above_it() -> None:
    """A session in a ward is one of its city, its province and the country."""
    rolled = roll_up(contributions([facts.held(units.QUANG, 5)]), GEOGRAPHY.lineage)

    above = [units.QUANG, units.CITY, units.BAC_KAN, units.COUNTRY]
    expected = {Cell(u, "sessions_held", facts.DAY): 1 for u in above}
    expected |= {Cell(u, "session_attendances", facts.DAY): 5 for u in above}
    assert expected == rolled.figures
    assert {} == rolled.waiting


def test_fact_of_an_unknown_unit_waits_and_counts_nowhere_else() -> None:
    """A unit that the register has not told of yet holds its facts back."""
    unknown = uuid4()
    rolled = roll_up(
        contributions([facts.held(unknown, 5), facts.held(units.QUANG, 5)]),
        GEOGRAPHY.lineage,
    )

    assert {unknown} == {cell.unit_id for cell in rolled.waiting}
    assert 1 == rolled.figures[Cell(units.COUNTRY, "sessions_held", facts.DAY)]


@given(st.lists(events, max_size=30), st.randoms(use_true_random=False))
def test_order_and_batches_do_not_matter(
    told: list[PublicEvent], random: Random
) -> None:
    """Shuffled and cut anywhere, the same facts give the same figures."""
    shuffled = list(told)
    random.shuffle(shuffled)
    cut = random.randint(0, len(told))
    pieces = (shuffled[:cut], shuffled[cut:])
    total: Counter[Cell] = Counter()
    for piece in pieces:
        total.update(roll_up(contributions(piece), GEOGRAPHY.lineage).figures)

    whole = roll_up(contributions(told), GEOGRAPHY.lineage).figures
    assert dict(whole) == {cell: delta for cell, delta in total.items() if delta}


@given(st.lists(events, max_size=30))
def test_parent_is_the_sum_of_its_children(told: list[PublicEvent]) -> None:
    """Every figure of a province is the sum of its districts' on each day."""
    figures = roll_up(contributions(told), GEOGRAPHY.lineage).figures
    for parent, children in (
        (units.BAC_KAN, (units.CITY, units.BA_BE)),
        (units.COUNTRY, (units.BAC_KAN, units.OLD_THAI_NGUYEN)),
    ):
        assert of_units(figures, [parent]) == of_units(figures, children)


def of_units(figures: object, ids: list[UUID] | tuple[UUID, ...]) -> dict[object, int]:
    total: Counter[object] = Counter()
    for cell, delta in figures.items():  # type: ignore[attr-defined]
        if cell.unit_id in ids:
            total[cell.indicator, cell.day] += delta
    return {key: value for key, value in total.items() if value}


@given(days)
def test_day_lies_in_its_half_month_and_cut_offs_on_their_edge(day: date) -> None:
    """Half months end on the 14th and with the month, where every period is cut."""
    start = half_month_start(day)

    assert start <= day
    assert day - start < timedelta(days=17)
    assert start == half_month_start(start)
    assert (day.day in {1, 15}) == (day == start)
    cell = Cell(units.QUANG, "sessions_held", day)
    assert {cell._replace(day=start): 3} == half_months({cell: 3})


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 800))
def test_a_span_is_whole_half_months_and_a_few_days(start: date, length: int) -> None:
    """The three parts follow each other, and the single days are less than a month."""
    end = start + timedelta(days=length)
    before, halves, after = cut_of(start, end)

    assert [start, end] == [before[0], after[1]]
    assert (before[1], halves[1]) == (halves[0], after[0]) or halves[0] == halves[1]
    assert all(half_month_start(bound) == bound for bound in halves) or (
        halves[0] == halves[1]
    )
    single = [(last - first).days for first, last in (before, after)]
    assert max(single) < 31
    assert length == sum(single) + (halves[1] - halves[0]).days
