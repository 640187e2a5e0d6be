"""Counting into real tables: batches, waiting facts, sums over units and time."""

import asyncio
from datetime import date, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.chassis.service import Runtime
from services.contracts.registry.events import UnitEstablishedV1
from services.reporting.domain.periods import period_of, range_of_days
from services.reporting.indicators import INDICATORS
from services.reporting.read_models.counting import Cell
from services.reporting.read_models.figures_follower import figures_changed
from services.reporting.read_models.geography import Geography
from services.reporting.read_models.tables import FIGURES, UNITS, WAITING
from services.reporting.read_models.unit_lines import Question, lines_of_units
from services.unit_directory.tables import UnitFact
from tests.reporting import facts, units
from tests.reporting.conftest import Counter, figures_of

YEAR = period_of("year", 2023)


def values(
    counter: Counter, unit_id: UUID, lens: str = "as_was", period: object = YEAR
) -> dict[str, tuple[int | None, int | None]]:
    geography = Geography(units.tree())
    question = Question(INDICATORS, period, lens)  # type: ignore[arg-type]
    with counter.engine.connect() as conn:
        (row,) = lines_of_units(
            conn, FIGURES, geography, [geography.tree.unit(unit_id)], question
        )
    return {
        line.indicator: (line.value, line.same_period_last_year) for line in row.lines
    }


async def test_session_counts_in_its_ward_city_province_and_country(
    counter: Counter,
) -> None:
    """One fact is one in every unit above it, and none elsewhere."""
    counter.count(facts.held(units.QUANG, 60))

    for unit_id in (units.QUANG, units.CITY, units.BAC_KAN, units.COUNTRY):
        assert (1, 0) == values(counter, unit_id)["sessions_held"]
        assert (60, 0) == values(counter, unit_id)["session_attendances"]
    for unit_id in (units.SONG, units.OLD_THAI_NGUYEN, units.LANG_SON):
        assert (0, 0) == values(counter, unit_id)["sessions_held"]


async def test_flow_counts_within_the_official_year_and_stock_at_its_end(
    counter: Counter,
) -> None:
    """15 December 2022 is 2023, 15 December 2023 is not; a stock carries over."""
    for day in (date(2022, 12, 14), date(2022, 12, 15), date(2023, 12, 15)):
        counter.count(
            facts.held(units.QUANG, 10, day), facts.board(units.QUANG, day=day)
        )
    found = values(counter, units.BAC_KAN)

    assert (1, 1) == found["sessions_held"]
    assert (2, 1) == found["neighbourhood_guard_boards"]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.dates(date(2021, 1, 1), date(2023, 12, 31)), max_size=40),
    st.dates(date(2022, 1, 1), date(2023, 12, 1)),
    st.integers(0, 700),
)
def test_any_range_of_days_sums_exactly_those_days(
    runtime: Runtime, told: list[date], first: date, length: int
) -> None:
    """However a period lies to the half months: no day is lost, none counts twice."""
    counter = Counter(runtime)
    with runtime.engine.begin() as conn:
        counter.follower.forget(conn)
    counter.count(*(facts.held(units.LANG_SON, 1, day) for day in told))
    counter.count(*(facts.board(units.LANG_SON, day=day) for day in told))
    period = range_of_days(first, first + timedelta(days=length))
    found = values(counter, units.LANG_SON, period=period)

    before = period.year_before()
    assert found["sessions_held"] == (
        sum(day in period for day in told),
        sum(day in before for day in told),
    )
    assert found["neighbourhood_guard_boards"] == (
        sum(day < period.end for day in told),
        sum(day < before.end for day in told),
    )


async def test_both_tables_answer_from_their_key(counter: Counter) -> None:
    """The key carries the value, in what is made first and in what a rebuild makes."""
    query = (
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'p'"
        " AND conrelid = ANY(ARRAY['reporting_read.figures',"
        " 'reporting_read.figures_by_half_month']::regclass[])"
    )
    key = "PRIMARY KEY (unit_id, indicator, day) INCLUDE (value)"
    with counter.engine.connect() as conn:
        assert [key] * 2 == list(conn.exec_driver_sql(query).scalars())


async def test_correction_and_withdrawal_move_the_figure_of_their_day(
    counter: Counter,
) -> None:
    """What was wrong is put right on the day on which it was counted."""
    counter.count(facts.held(units.QUANG, 60), facts.held(units.QUANG, 40))
    counter.count(facts.corrected(units.QUANG, 60, 55))
    counter.count(facts.withdrawn(units.QUANG, 40))
    found = values(counter, units.QUANG)

    assert (1, 0) == found["sessions_held"]
    assert (55, 0) == found["session_attendances"]


async def test_half_months_hold_the_same_as_days(counter: Counter) -> None:
    """A year is summed from half months, a free range from days: both agree."""
    for day in (date(2023, 1, 1), date(2023, 1, 14), date(2023, 1, 15)):
        counter.count(facts.held(units.QUANG, 1, day))
    january = range_of_days(date(2022, 12, 15), date(2023, 1, 14))
    odd = range_of_days(date(2023, 1, 14), date(2023, 1, 20))

    assert (2, 0) == values(counter, units.QUANG, period=january)["sessions_held"]
    assert (2, 0) == values(counter, units.QUANG, period=odd)["sessions_held"]
    month = period_of("month", 2023, 1)
    assert (2, 0) == values(counter, units.QUANG, period=month)["sessions_held"]
    assert 2 == len(
        [k for k in counter.table("figures_by_half_month") if k[0] == units.QUANG]
        and {k[2] for k in counter.table("figures_by_half_month")}
    )


async def test_bac_kan_as_it_was_is_its_part_of_todays_thai_nguyen(
    counter: Counter,
) -> None:
    """2023 asked both ways: the same facts, once alone and once inside the new one."""
    counter.count(*[facts.held(units.QUANG, 59) for _ in range(3)])
    counter.count(facts.board(units.PHUC), facts.held(units.TRUNG, 100))
    old = values(counter, units.BAC_KAN)
    other = values(counter, units.OLD_THAI_NGUYEN)
    new = values(counter, units.THAI_NGUYEN, "restated")

    assert (3, 0) == old["sessions_held"]
    for code, (value, before) in new.items():
        assert value == (old[code][0] or 0) + (other[code][0] or 0)
        assert before == (old[code][1] or 0) + (other[code][1] or 0)
    assert (None, None) == values(counter, units.THAI_NGUYEN)["sessions_held"]


async def test_stock_lives_on_in_the_successor_and_moves_there(
    counter: Counter,
) -> None:
    """A board of 2023 that is disbanded in 2026 is one, then none, in the new unit."""
    counter.count(facts.board(units.QUANG))
    code = "neighbourhood_guard_boards"
    year = period_of("year", 2026)
    before = values(counter, units.THAI_NGUYEN, period=year)[code]
    counter.count(facts.board_gone(units.NEW_BAC_KAN_WARD, day=date(2026, 2, 1)))

    assert (1, 1) == before
    assert (0, 1) == values(counter, units.THAI_NGUYEN, period=year)[code]
    assert (0, 1) == values(counter, units.COUNTRY, period=year)[code]


async def test_fact_of_an_unknown_unit_waits_and_counts_once_it_is_known(
    counter: Counter, runtime: Runtime
) -> None:
    """A unit that is registered after its first fact loses nothing."""
    late = UnitEstablishedV1(
        unit_id=UUID(int=77),
        code="01850",
        level="commune",
        unit_type="Xã",
        name="Xã Muộn",
        bare_name="Muộn",
        parent_id=units.BA_BE,
        path="VN.06-0.061-0.01850-0",
        valid_from=None,
    )
    counter.count(facts.held(UUID(int=77), 8), facts.held(units.PHUC, 2))
    with runtime.engine.connect() as conn:
        waiting = WAITING.count(conn)
    assert (1, 0) == values(counter, units.BAC_KAN)["sessions_held"]
    assert 2 == waiting  # sessions and attendances

    await runtime.write(UNITS.apply, [UnitFact(1, late)])
    await runtime.read(runtime.extras["units"].reload)
    for _ in range(100):  # the release runs by itself
        with runtime.engine.connect() as conn:
            if WAITING.count(conn) == 0:
                break
        await asyncio.sleep(0.05)

    assert (2, 0) == values(counter, units.BAC_KAN)["sessions_held"]
    assert (10, 0) == values(counter, units.BAC_KAN)["session_attendances"]
    with runtime.engine.begin() as conn:
        assert {} == figures_of(runtime).release(conn)
        assert 0 == WAITING.count(conn)


async def test_failed_transaction_counts_nothing(counter: Counter) -> None:
    """Figures move with the positions or not at all."""
    counter.count(facts.held(units.QUANG))
    before = counter.table()
    conn = counter.engine.connect()
    counter.follower.apply(conn, facts.delivered([facts.held(units.QUANG)]))
    conn.rollback()
    conn.close()

    assert before == counter.table()


async def test_opposite_facts_leave_no_figure(counter: Counter) -> None:
    """What is enrolled and ceased on the same day is nothing."""
    counter.count(facts.enrolled(units.QUANG), facts.ceased(units.QUANG))

    assert {} == counter.table()


def test_notice_is_bounded() -> None:
    """A load of many units tells listeners to look at everything."""
    few = {Cell(units.QUANG, "sessions_held", facts.DAY): 1}
    many = {Cell(UUID(int=n), "sessions_held", facts.DAY): 1 for n in range(501)}

    notice = figures_changed(few)
    assert ([units.QUANG], [facts.DAY], False) == (
        notice.unit_ids,
        notice.days,
        notice.everything,
    )
    assert figures_changed(many).everything
    assert 100 > len(msgspec.json.encode(figures_changed(many)))


@pytest.mark.parametrize("batches", [1, 7])
async def test_two_followers_at_once_count_everything(
    counter: Counter, batches: int
) -> None:
    """Readers of different sources add to the same units without losing a fact."""

    def feed(event: object) -> None:
        for _ in range(batches):
            counter.count(event, facts.received(units.QUANG))  # type: ignore[arg-type]

    await asyncio.gather(
        asyncio.to_thread(feed, facts.held(units.QUANG, 1)),
        asyncio.to_thread(feed, facts.held(units.PHUC, 1)),
    )

    found = values(counter, units.BAC_KAN)
    assert (2 * batches, 0) == found["sessions_held"]
    assert (2 * batches, 0) == found["tips_received"]
