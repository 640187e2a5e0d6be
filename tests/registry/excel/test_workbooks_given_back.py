"""The answer in Excel: every fault beside its row, and no cell that could do harm."""

import io
from datetime import date
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registry.documents.annotated_roster import ToldFault, annotated
from services.registry.documents.roster_book import Choices, RosterBook
from services.registry.documents.roster_columns import COLUMNS
from services.registry.documents.roster_sheet import Sheet, read_roster
from tests.registry.excel.made_files import HEADINGS, roster
from tests.registry.excel.test_reading import row

CHOICES = Choices(["01840 - Phường Đức Xuân"], date(2025, 1, 1))


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def given_back(sheet: Sheet, *faults: ToldFault) -> Any:
    return opened(annotated(sheet.layout, sheet.pages, faults, CHOICES))


def test_every_fault_stands_beside_its_row_and_colours_its_cell() -> None:
    """The cells stay where they were, as what they were."""
    sheet = read_roster(roster([row(), row(phone="abc", full_name="Lê Thử")]))
    book = given_back(
        sheet,
        ToldFault(3, "phone", "registry.import.phone_malformed", "Số sai."),
        ToldFault(3, None, "registry.import.row_twice", "Dòng trùng."),
    )
    found = book["Danh sách"]
    assert "Lê Thử" == found["D3"].value
    assert "abc" == found["M3"].value
    assert date(1985, 3, 15) == found["E3"].value.date()
    assert "FFFFC7CE" == found["M3"].fill.fgColor.rgb
    assert "00000000" == found["M2"].fill.fgColor.rgb
    errors = found.cell(3, len(COLUMNS) + 1).value
    assert ["Số điện thoại: Số sai.", "Dòng trùng."] == errors.split("\n")
    assert 2 * 15 == found.row_dimensions[3].height
    assert "Lỗi" == found.cell(1, len(COLUMNS) + 1).value
    assert found.cell(2, len(COLUMNS) + 1).value is None
    summary = book["Tổng hợp lỗi"]
    assert (2, 1, 2, 0) == tuple(summary.cell(n, 2).value for n in range(1, 5))


def test_the_answer_can_be_sent_again() -> None:
    """The added column is not taken for one of the roster."""
    sheet = read_roster(roster([row(), row(phone="abc")]))
    again = read_roster(
        annotated(
            sheet.layout, sheet.pages, [ToldFault(3, "phone", "x", "Sai")], CHOICES
        )
    )
    assert sheet.layout.keys == again.layout.keys
    assert [r.cells for r in sheet.pages[0]] == [r.cells for r in again.pages[0]]
    assert again.layout.day_first


def test_a_refused_column_is_told_and_not_given_back() -> None:
    """Its place says that it was not read; its heading and its cells are gone."""
    sheet = read_roster(roster([[*row(), "Tày"]], headings=[*HEADINGS, "Dân tộc"]))
    book = given_back(sheet)
    texts = [
        str(cell.value)
        for name in ("Danh sách", "Tổng hợp lỗi")
        for line in book[name].iter_rows()
        for cell in line
    ]
    assert "Tày" not in texts
    assert "Dân tộc" not in texts
    assert "(cột không được phép, không đọc)" in texts


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)",
                             "http://x.vn", "{=1}", "'=1"]),
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]),
                    min_size=1, max_size=30),
        ),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_no_text_becomes_a_formula(texts: list[str]) -> None:
    """Whatever a text begins with, another program finds a text in the cell."""
    made = RosterBook()
    for number, text in enumerate(texts):
        made.write(number, 0, text, made.format())
    sheet = opened(made.finished())["Danh sách"]
    for number, text in enumerate(texts, 1):
        cell = sheet.cell(number, 1)
        assert cell.data_type in {"s", "inlineStr"}
        assert cell.hyperlink is None
        assert text.strip() == str(cell.value).strip()
