"""Reports by HTTP: drafting, numbering, freezing, the document."""

import asyncio
from io import BytesIO
from typing import Any
from uuid import uuid4

import docx
import pytest
import sqlalchemy as sa

from services.chassis.clock import local_today
from services.chassis.service import Runtime
from services.contracts.reporting.events import ReportDraftedV1
from services.reporting.publishing import publish
from services.reporting.rebuild import rebuild_reports
from tests.reporting import facts, units
from tests.reporting.conftest import Counter, Door, Doors


@pytest.fixture
def officer(doors: Doors) -> Door:
    return doors.of("officer")


@pytest.fixture
def counted(counter: Counter) -> Counter:
    counter.count(facts.held(units.QUANG, 55875), facts.valued(units.PHUC))
    return counter


def draft(**changes: Any) -> dict[str, Any]:
    return {"unit_id": str(units.BAC_KAN), "period": {"year": 2023}, **changes}


async def drafted(door: Door, **changes: Any) -> dict[str, Any]:
    answer = await door.post("/reports", draft(**changes))
    assert 201 == answer.status, answer.body
    body: dict[str, Any] = answer.body
    return body


async def test_report_keeps_the_figures_of_its_day(
    officer: Door, counted: Counter
) -> None:
    """What is counted later changes the figures, never the drafted report."""
    made = await drafted(officer)
    counted.count(facts.held(units.QUANG, 1))
    answer = await officer.get(f"/reports/{made['report_id']}")

    line = answer.body["unit"]["lines"][2]
    assert ("session_attendances", 55875) == (line["indicator"], line["value"])
    assert ["058", "061"] == [c["unit_code"] for c in answer.body["children"]]
    assert "officer" == answer.body["drafted_by"]
    assert 3 == len(answer.body["freshness"]["sources"])
    figures = await officer.get(f"/units/{units.BAC_KAN}/figures", year=2023)
    assert 55876 == figures.body["rows"][0]["lines"][2]["value"]


async def test_numbers_run_without_holes_for_each_unit(
    officer: Door, doors: Doors, counted: Counter
) -> None:
    """Each unit counts its own reports of the year from one."""
    city = str(units.CITY)
    first = await drafted(officer, unit_id=city)
    many = await asyncio.gather(*(drafted(officer, unit_id=city) for _ in range(9)))
    elsewhere = await drafted(doors.of("officer"), unit_id=str(units.BA_BE))

    assert ("01/BC-BCĐ", local_today().year) == (
        first["number_and_symbol"],
        first["year"],
    )
    assert set(range(2, 11)) == {made["number"] for made in many}
    assert 1 == elsewhere["number"]


async def test_same_command_twice_is_one_report(
    officer: Door, counted: Counter
) -> None:
    """A retry under its key gets the first answer and no second number."""
    key = uuid4()
    first = await officer.post("/reports", draft(), key)
    again = await officer.post("/reports", draft(), key)

    assert first.body == again.body
    assert not first.replayed
    assert again.replayed


async def test_document_of_a_report_bears_its_number_and_figures(
    officer: Door, counted: Counter
) -> None:
    """The DOCX is the report: heads of the unit, number, figures."""
    made = await drafted(officer, place="Bắc Kạn", symbol="BC-UBND")
    status, kind, raw = await officer.file(f"/reports/{made['report_id']}/docx")

    assert 200 == status
    assert kind.endswith("wordprocessingml.document")
    paper = docx.Document(BytesIO(raw))
    head = paper.tables[0].rows[0].cells[0].text
    assert f"Số: {made['number_and_symbol']}" in head
    assert "BAN CHỈ ĐẠO 138 TỈNH BẮC KẠN" in head.replace("\n", " ")
    assert any("55.875 lượt" in paragraph.text for paragraph in paper.paragraphs)


async def test_report_of_others_is_not_there(
    officer: Door, doors: Doors, counted: Counter
) -> None:
    """Neither to read nor to draft, and it looks like an unknown one."""
    made = await drafted(officer)
    other = doors.of("officer", unit_roots=[units.LANG_SON])
    path = f"/reports/{made['report_id']}"

    expected = (404, "reporting.report.not_visible", "$.report_id")
    assert expected == (await other.get(path)).refusal
    assert expected == (await officer.get(f"/reports/{uuid4()}")).refusal
    assert 404 == (await other.file(f"{path}/docx"))[0]
    refused = await other.post("/reports", draft())
    assert (404, "reporting.unit.not_visible", "$.unit_id") == refused.refusal
    listed = await other.get(f"/units/{units.BAC_KAN}/reports")
    assert [] == listed.body["rows"][0]["reports"]


async def test_newest_reports_of_a_unit_come_first(
    officer: Door, counted: Counter
) -> None:
    """Headings only, as many as asked for."""
    made = [await drafted(officer, unit_id=str(units.PHUC)) for _ in range(3)]
    answer = await officer.get(f"/units/{units.PHUC}/reports", first=2)

    (row,) = answer.body["rows"]
    assert [m["report_id"] for m in reversed(made[1:])] == [
        report["report_id"] for report in row["reports"]
    ]
    assert "unit" not in row["reports"][0]


async def test_period_that_has_not_begun_is_refused(officer: Door) -> None:
    """There is nothing to report about next year."""
    coming = {"year": local_today().year + 2}
    answer = await officer.post("/reports", draft(period=coming))

    assert (422, "reporting.report.period_not_begun", "$.period") == answer.refusal


async def test_reading_is_not_drafting(doors: Doors) -> None:
    """The agency reads and drafts nothing."""
    answer = await doors.of("agency").post("/reports", draft())

    assert (403, "auth.scope_missing", None) == answer.refusal


async def test_public_fact_of_a_report_names_no_figure_and_nobody(
    officer: Door, runtime: Runtime, counted: Counter
) -> None:
    """Others learn that a report exists and ask for it by id."""
    made = await drafted(officer)
    recorded = runtime.log.read_after(0, 10_000)
    public = publish(recorded[-1])

    assert isinstance(public, ReportDraftedV1)
    assert made["report_id"] == str(public.report_id)
    assert (units.BAC_KAN, made["number"], "official") == (
        public.unit_id,
        public.number,
        public.calendar,
    )
    assert not hasattr(public, "drafted_by")


async def test_register_of_reports_is_rebuilt_from_the_log(
    officer: Door, runtime: Runtime, counted: Counter
) -> None:
    """The read table may be lost."""
    made = await drafted(officer, period={"year": 2023, "kind": "half", "number": 1})
    before = await officer.get(f"/reports/{made['report_id']}")
    with runtime.engine.begin() as conn:
        conn.execute(sa.text("DELETE FROM reporting_read.reports"))
    gone = await officer.get(f"/reports/{made['report_id']}")
    await runtime.write(rebuild_reports, runtime)

    assert 404 == gone.status
    assert before == await officer.get(f"/reports/{made['report_id']}")
