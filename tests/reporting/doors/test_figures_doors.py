"""Figures by HTTP: lines, tables, freshness, and what bad questions get."""

from uuid import uuid4

import pytest

from services.reporting.indicators import INDICATORS
from tests.reporting import facts, units
from tests.reporting.conftest import Answer, Counter, Doors


def lines(answer: Answer) -> dict[str, int | None]:
    assert 200 == answer.status, answer.body
    (row,) = answer.body["rows"]
    return {line["indicator"]: line["value"] for line in row["lines"]}


@pytest.fixture
def counted(counter: Counter) -> Counter:
    """Give three sessions in Bắc Kạn and one in the old Thái Nguyên, in 2023."""
    counter.count(
        facts.held(units.QUANG, 60),
        facts.held(units.QUANG, 50),
        facts.held(units.PHUC, 40),
        facts.held(units.TRUNG, 7),
        facts.board(units.SONG),
    )
    return counter


async def test_year_of_a_province_with_all_lines_and_its_days(
    doors: Doors, counted: Counter
) -> None:
    """Every indicator of the catalogue, and the days that the year means."""
    answer = await doors.of("officer").get(f"/units/{units.BAC_KAN}/figures", year=2023)

    found = lines(answer)
    assert [indicator.code for indicator in INDICATORS] == list(found)
    assert (3, 150, 1) == (
        found["sessions_held"],
        found["session_attendances"],
        found["neighbourhood_guard_boards"],
    )
    period = answer.body["period"]
    assert ("2022-12-15", "2023-12-14", "2023") == (
        period["first_day"],
        period["last_day"],
        period["code"],
    )
    assert "2021-12-15" == answer.body["same_period_last_year"]["first_day"]
    line = answer.body["rows"][0]["lines"][1]
    assert ("flow", "buổi", 3, None, True) == (
        line["kind"],
        line["unit_of_count"],
        line["change"],
        line["change_percent"],
        line["comparable"],
    )


async def test_calendar_and_kind_change_the_days(
    doors: Doors, counted: Counter
) -> None:
    """20 March lies in the second official quarter and in the first plain one."""
    door = doors.of("officer")
    path = f"/units/{units.BAC_KAN}/figures"
    asked = {"year": 2023, "kind": "quarter", "number": 1}

    official = lines(await door.get(path, **asked))
    plain = lines(await door.get(path, **asked, calendar="calendar_year"))
    ranged = lines(
        await door.get(
            path,
            year=2023,
            kind="range",
            first_day="2023-03-20",
            last_day="2023-03-20",
        )
    )

    assert (0, 3, 3) == (
        official["sessions_held"],
        plain["sessions_held"],
        ranged["sessions_held"],
    )


async def test_chosen_indicators_come_in_the_order_of_the_catalogue(
    doors: Doors, counted: Counter
) -> None:
    """The mask leaves the order alone."""
    answer = await doors.of("officer").get(
        f"/units/{units.BAC_KAN}/figures",
        year=2023,
        indicators=["session_attendances", "sessions_held"],
    )

    assert ["sessions_held", "session_attendances"] == list(lines(answer))


async def test_table_of_children_adds_up_to_the_parent(
    doors: Doors, counted: Counter
) -> None:
    """The districts of 2023, and their sum."""
    answer = await doors.of("officer").get(
        f"/units/{units.BAC_KAN}/figures/children", year=2023
    )

    (table,) = answer.body["rows"]
    assert ["058", "061"] == [child["unit_code"] for child in table["children"]]
    for number, parent in enumerate(table["parent"]["lines"]):
        children = [child["lines"][number]["value"] for child in table["children"]]
        assert parent["value"] == sum(children)


async def test_bac_kan_of_2023_stands_inside_todays_thai_nguyen(
    doors: Doors, counted: Counter
) -> None:
    """The same facts answer for the old unit and, restated, for the new one."""
    country = doors.of("agency")
    was = lines(await country.get(f"/units/{units.BAC_KAN}/figures", year=2023))
    path = f"/units/{units.THAI_NGUYEN}/figures"
    now = lines(await country.get(path, year=2023, geography="restated"))
    not_yet = lines(await country.get(path, year=2023))

    assert (3, 150) == (was["sessions_held"], was["session_attendances"])
    assert (4, 157) == (now["sessions_held"], now["session_attendances"])
    assert not_yet["sessions_held"] is None


async def test_successor_reads_the_history_of_those_before_it(
    doors: Doors, counted: Counter
) -> None:
    """An officer of today's province sees Bắc Kạn's 2023; not the other way round."""
    new = doors.of("officer", unit_roots=[units.THAI_NGUYEN])
    old = doors.of("officer", unit_roots=[units.BAC_KAN])
    bac_kan, thai_nguyen = (
        f"/units/{unit}/figures" for unit in (units.BAC_KAN, units.THAI_NGUYEN)
    )

    assert 3 == lines(await new.get(bac_kan, year=2023))["sessions_held"]
    refused = await old.get(thai_nguyen, year=2023)
    assert (404, "reporting.unit.not_visible", "$.unit_id") == refused.refusal


async def test_unknown_unit_looks_like_one_of_others(
    doors: Doors, counted: Counter
) -> None:
    """Whether it exists is not told."""
    officer = doors.of("officer")
    stranger = await officer.get(f"/units/{uuid4()}/figures", year=2023)
    other = await officer.get(f"/units/{units.LANG_SON}/figures", year=2023)

    assert (404, "reporting.unit.not_visible", "$.unit_id") == stranger.refusal
    assert stranger.refusal == other.refusal
    table = await officer.get(f"/units/{units.LANG_SON}/figures/children", year=2023)
    assert stranger.refusal == table.refusal


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"year": 2023, "kind": "month", "number": 13}, "number_wrong", "number"),
        ({"year": 2023, "kind": "quarter"}, "number_wrong", "number"),
        ({"year": 2023, "kind": "range"}, "days_missing", "first_day"),
        (
            {
                "year": 2023,
                "kind": "range",
                "first_day": "2023-02-01",
                "last_day": "2023-01-01",
            },
            "days_reversed",
            "last_day",
        ),
    ],
)
async def test_impossible_period_is_refused_with_its_field(
    doors: Doors, counted: Counter, asked: dict[str, object], code: str, field: str
) -> None:
    """Stable code and path, no guess."""
    answer = await doors.of("officer").get(f"/units/{units.BAC_KAN}/figures", **asked)

    expected = (422, f"reporting.period.{code}", f"$.period.{field}")
    assert expected == answer.refusal


async def test_unknown_indicator_and_bad_year_are_refused(
    doors: Doors, counted: Counter
) -> None:
    """A typed total or a person's ranking is no indicator."""
    officer = doors.of("officer")
    path = f"/units/{units.BAC_KAN}/figures"
    unknown = await officer.get(
        path, year=2023, indicators=["sessions_held", "best_officer"]
    )
    bad_year = await officer.get(path, year=1)

    assert (422, "reporting.indicator.unknown", "$.indicators[1]") == unknown.refusal
    assert (422, "body.invalid", "$.year") == bad_year.refusal


async def test_figures_ask_who_calls(doors: Doors, counted: Counter) -> None:
    """No token, no figures; no scope, no figures."""
    path = f"/units/{units.BAC_KAN}/figures"

    assert 401 == (await doors.of_nobody().get(path, year=2023)).status
    without = doors.of("officer", scopes=["campaigns:read"])
    assert (403, "auth.scope_missing", None) == (
        await without.get(path, year=2023)
    ).refusal


async def test_catalogue_tells_what_is_counted(doors: Doors) -> None:
    """Names, unit of count, kind, source and the facts behind each figure."""
    answer = await doors.of("officer").get("/indicators", codes=["valuable_tips"])

    (row,) = answer.body["rows"]
    assert ("Tin có giá trị phục vụ công tác Công an", "tin", "flow", "tips") == (
        row["name_vi"],
        row["unit_of_count"],
        row["kind"],
        row["source"],
    )
    assert ["tips.tip.valued.v1"] == row["event_types"]


async def test_every_answer_says_how_fresh_it_is(
    doors: Doors, counted: Counter
) -> None:
    """Three sources, and facts that still wait for their unit."""
    counted.count(facts.held(uuid4()))
    officer = doors.of("officer")
    answer = await officer.get(f"/units/{units.BAC_KAN}/figures", year=2023)
    alone = await officer.get("/freshness")

    for fresh in (answer.body["freshness"], alone.body):
        sources = [source["source"] for source in fresh["sources"]]
        assert ["registry", "campaigns", "tips"] == sources
        assert 2 == fresh["waiting_facts"]
