"""The roster leaves with names, leaves a trace, and comes back without an effect."""

import io
from collections.abc import Callable

import openpyxl

from services.contracts.registry.imports import XLSX
from tests.registry.conftest import Registry
from tests.registry.excel.conftest import Imports
from tests.registry.excel.made_files import roster
from tests.registry.excel.rows import row

SCOPES = ("units:read", "registry:read", "registry:write", "people:read",
          "people:read_full", "people:audit")  # fmt: skip
ON = "2023-06-01"


async def exported(
    registry: Registry, code: str, scopes: tuple[str, ...] = SCOPES
) -> bytes:
    door = registry.caller("officer", scopes=scopes)
    unit = (await door.get("/unit", code=code, on=ON)).json()["id"]
    answer = await door.get("/exports/roster", unit_id=unit, on=ON, purpose="roster")
    assert (200, XLSX) == (answer.status_code, answer.headers["content-type"])
    return answer.content


async def test_what_was_exported_can_be_sent_back_and_changes_nothing(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """Every row is recognised as the service that is there."""
    ward = wards()
    rows = [
        row(ward, phone="0912345678", school_level="THPT"),
        row(ward, old_id="0" * 9),
    ]
    await imports.done(roster(rows), unit=old_unit)
    content = await exported(imports.registry, ward)
    found = await imports.done(content, unit=old_unit)
    assert ("applied", 2, 0, 0) == (
        found["state"],
        found["unchanged_rows"],
        found["planned_rows"],
        found["faulty_rows"],
    )


async def test_no_cell_that_leaves_is_a_formula(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """A team that is called like a formula leaves as a text."""
    ward = wards()
    names = ["+84", "-1", "@SUM(A1)"]
    await imports.done(roster([row(ward, team_name=one) for one in names]),
                       unit=old_unit)  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(await exported(imports.registry, ward)))
    cells = [cell for line in book["Danh sách"].iter_rows() for cell in line]
    assert set(names) <= {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


async def test_an_export_leaves_a_trace_and_shows_what_may_be_seen(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """Without the right to all, the numbers stay; without any right, nothing leaves."""
    ward = wards()
    one = row(ward)
    await imports.done(roster([one]), unit=old_unit)
    masked = await exported(
        imports.registry, ward, ("units:read", "registry:read", "people:read")
    )
    sheet = openpyxl.load_workbook(io.BytesIO(masked))["Danh sách"]
    assert ("Người Thử Nghiệm", None) == (sheet["D2"].value, sheet["F2"].value)
    auditor = imports.registry.caller("officer", scopes=SCOPES)
    unit = (await auditor.get("/unit", code=ward, on=ON)).json()["id"]
    reads = await auditor.get("/people/reads", unit_id=unit)
    assert "export" in {read["kind"] for read in reads.json()["rows"]}, reads.text
    refused = await imports.registry.caller("officer", scopes=["registry:read"]).get(
        "/exports/roster", unit_code=ward, purpose="roster"
    )
    assert 403 == refused.status_code
