"""The template through the HTTP door: for a unit of the area, with its lists."""

import io

import openpyxl

from services.contracts.registry.imports import XLSX
from services.contracts.registry.units import unit_id
from tests.registry.conftest import Registry


async def test_the_template_offers_the_communes_of_the_area(registry: Registry) -> None:
    """Made anew at each call from the tree of today."""
    code = "19"
    answer = await registry.officer.get("/imports/roster/template", unit_code=code)
    assert (200, XLSX) == (answer.status_code, answer.headers["content-type"])
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    units = [cell.value for cell in book["_danh_muc"]["A"] if cell.value]
    assert 92 == len(units)
    assert all(" - " in unit for unit in units)
    for sheet in (book["Danh sách"], book["Hướng dẫn"]):
        assert ("landscape", "9") == (
            sheet.page_setup.orientation,
            str(sheet.page_setup.paperSize),
        )
        assert (True, 0) == (
            sheet.sheet_properties.pageSetUpPr.fitToPage,
            sheet.page_setup.fitToHeight,
        )
    guide = book["Hướng dẫn"]
    told = {row[2].row: str(row[2].value) for row in guide.iter_rows(2) if row[2].value}
    high = {row for row, text in told.items() if len(text) > 70}
    assert high
    tall = {row for row in told if (guide.row_dimensions[row].height or 15) > 15}
    assert high == tall


async def test_the_template_of_another_area_is_refused(registry: Registry) -> None:
    """As every command on a unit outside the caller's area is."""
    elsewhere = str(unit_id("province", "01", None))
    answer = await registry.officer.get("/imports/roster/template", unit_id=elsewhere)
    assert (403, "units.outside_your_area") == (
        answer.status_code,
        answer.json()["code"],
    )


async def test_a_template_needs_one_unit(registry: Registry) -> None:
    """Neither none nor two."""
    answer = await registry.officer.get("/imports/roster/template")
    assert "units.reference_incomplete" == answer.json()["code"]
