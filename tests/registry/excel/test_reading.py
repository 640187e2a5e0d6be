"""What the cells of a roster mean, and which columns nobody reads."""

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.chassis.errors import DomainError
from services.registry.documents.roster_book import Choices, template
from services.registry.documents.roster_cells import Fault, RosterRow, RowReader
from services.registry.documents.roster_columns import COLUMNS, column_of
from services.registry.documents.roster_sheet import (
    DAY_FIRST,
    Day,
    Layout,
    Row,
    read_roster,
)
from services.registry.domain import import_errors as errors
from services.registry.domain.values import Post
from tests.registry.excel.made_files import HEADINGS, roster

TODAY = date(2025, 1, 1)
GOOD: dict[str, Any] = {
    "unit": "01840 - Phường Đức Xuân",
    "force_type": "Tổ bảo vệ an ninh, trật tự",
    "team_name": "Tổ 1",
    "full_name": "Nguyễn  Văn Thử",
    "birth_date": datetime(1985, 3, 15),  # noqa: DTZ001 - a day of Excel has no zone
    "citizen_id": "006085001234",
    "old_id": None,
    "post": "Tổ viên",
    "first_day": datetime(2024, 7, 1),  # noqa: DTZ001
    "decision_number": "12/QĐ-UBND",
    "decision_date": datetime(2024, 6, 28),  # noqa: DTZ001
    "decision_issuer": "Chủ tịch UBND cấp xã",
    "phone": "0912 345 678",
    "school_level": "THPT",
    "areas": "12 - Thôn Trung; Thôn Hạ;",
    "areas_from": datetime(2024, 7, 1),  # noqa: DTZ001
}


def row(**changed: Any) -> list[Any]:
    return [{**GOOD, **changed}[column.key] for column in COLUMNS]


def read(*rows: list[Any], **how: Any) -> list[RosterRow | list[Fault]]:
    sheet = read_roster(roster(rows, **how))
    reader = RowReader(sheet.layout, TODAY)
    return [reader.read(one) for page in sheet.pages for one in page]


def faults(*rows: list[Any], **how: Any) -> list[tuple[int, str | None, type]]:
    found = [one for one in read(*rows, **how) if isinstance(one, list)]
    return [(f.row, f.column, type(f.refusal)) for each in found for f in each]


def test_a_row_is_read_with_all_that_it_says() -> None:
    """Spaces, gaps in numbers and short words do not matter."""
    (found,) = read(row())
    assert isinstance(found, RosterRow)
    assert ("Nguyễn Văn Thử", "006085001234", Post.MEMBER) == (
        found.full_name,
        found.citizen_id,
        found.post,
    )
    assert (date(1985, 3, 15), date(2024, 7, 1)) == (found.birth_date, found.first_day)
    assert ("upper_secondary", "0912345678", 2) == (
        found.school_level,
        found.phone,
        found.number,
    )
    assert (("12 - Thôn Trung", "Thôn Hạ"), date(2024, 7, 1)) == (
        found.areas,
        found.areas_from,
    )


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Chủ tịch UBND phường Đức Xuân", "commune_chairman"),
        ("Ủy ban nhân dân xã", "commune_committee"),
        ("trưởng công an đặc khu", "commune_police"),
        ("UBND tỉnh", "province_committee"),
    ],
)
def test_who_signed_is_read_as_papers_write_it(text: str, issuer: str) -> None:
    """The kind of unit stands for its level, and the unit's name may follow."""
    (found,) = read(row(decision_issuer=text))
    assert isinstance(found, RosterRow)
    assert issuer == found.decision_issuer


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Số QĐ", "decision_number"),
        ("NGÀY QĐ", "decision_date"),
        ("Ngày vào", "first_day"),
    ],
)
def test_short_headings_of_commune_lists_are_known(heading: str, key: str) -> None:
    """An officer's own list needs no renaming of its columns."""
    assert key == column_of(heading)


def test_who_signed_is_never_guessed() -> None:
    """A city may be of either level, and a deputy is another office."""
    for text in ("Chủ tịch UBND thành phố", "Phó Chủ tịch UBND xã"):
        bad = row(decision_issuer=text)
        assert [(2, "decision_issuer", errors.NotInList)] == faults(bad)


def test_every_fault_of_a_row_is_found() -> None:
    """Not the first alone: each cell is told with its own reason."""
    bad = row(
        unit=None,
        full_name="X1",
        citizen_id="12",
        birth_date="không rõ",
        phone="abc",
        school_level="tốt",
        decision_date=None,
    )
    assert {
        (2, "unit", errors.CellMissing),
        (2, "full_name", errors.NameNotAName),
        (2, "citizen_id", errors.CitizenIdMalformed),
        (2, "birth_date", errors.DateNotADate),
        (2, "phone", errors.PhoneMalformed),
        (2, "school_level", errors.NotInList),
        (2, "decision_date", errors.DecisionIncomplete),
    } == set(faults(bad))


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"first_day": "10/4"}, errors.DateAmbiguous),
        ({"first_day": "10/04/2024"}, errors.DateAmbiguous),
        ({"first_day": "25/12/2023"}, errors.DateAmbiguous),
        ({"first_day": "2024-02-30"}, errors.DateNotADate),
        ({"first_day": 45000}, errors.DateNotADate),
        ({"birth_date": "1001-01-01"}, errors.DateOutOfRange),
        ({"post": "Trưởng Công an xã"}, errors.NotInList),
        ({"force_type": "Đội bóng"}, errors.NotInList),
        ({"full_name": "=1+1"}, errors.CellIsFormula),
        ({"full_name": True}, errors.CellNotText),
        ({"team_name": "x" * 130}, errors.CellTooLong),
        ({"decision_number": "số 5"}, errors.DecisionNumberMalformed),
        ({"decision_issuer": "bác Ba"}, errors.NotInList),
        ({"old_id": "12345678"}, errors.OldIdMalformed),
        ({"citizen_id": "01234567890a"}, errors.CitizenIdMalformed),
    ],
)
def test_a_cell_that_cannot_be_taken_says_why(
    changed: dict[str, Any], kind: type[DomainError]
) -> None:
    """The day that can be read in two ways is not guessed at."""
    (column,) = changed
    assert [(2, column, kind)] == faults(row(**changed))


def test_a_typed_day_is_read_where_the_template_says_how() -> None:
    """The template declares dd/mm/yyyy; a day without a year stays refused."""
    typed = row(first_day="10/04/2024")
    (found,) = read(typed, mark=DAY_FIRST)
    assert isinstance(found, RosterRow)
    assert date(2024, 4, 10) == found.first_day
    assert [(2, "first_day", errors.DateAmbiguous)] == faults(
        row(first_day="10/4"), mark=DAY_FIRST
    )
    assert [(2, "first_day", errors.DateNotADate)] == faults(
        row(first_day="31/02/2024"), mark=DAY_FIRST
    )


def test_numbers_get_their_zeros_back() -> None:
    """Excel drops the zeros of codes and ids that were typed as numbers."""
    (found,) = read(row(unit=1840, citizen_id=6085001234, old_id=95012345,
                        phone=912345678))  # fmt: skip
    assert isinstance(found, RosterRow)
    assert ("01840", "006085001234", "095012345", "0912345678") == (
        found.unit,
        found.citizen_id,
        found.old_id,
        found.phone,
    )


def test_columns_are_found_in_any_order_and_writing() -> None:
    """Headings without marks, in English or under a title row."""
    headings = ["STT", "HO VA TEN", "unit", "Chuc danh", "Lực lượng", "first day"]
    rows = [["1", "Lò Thị Thử", "01840", "Tổ viên", GOOD["force_type"], "2024-07-01"]]
    (found,) = read(*rows, headings=headings)
    assert isinstance(found, RosterRow)
    assert ("Lò Thị Thử", None) == (found.full_name, found.birth_date)


def test_a_file_without_the_columns_is_refused_as_a_whole() -> None:
    """The names of the missing columns are told."""
    with pytest.raises(errors.HeaderNotFound) as caught:
        read_roster(roster([["x"]], headings=["Họ và tên"]))
    assert "Đơn vị" in str(caught.value.params["columns"])
    with pytest.raises(errors.ColumnTwice):
        read_roster(roster([[*row(), "x"]], headings=[*HEADINGS, "Họ tên"]))
    with pytest.raises(errors.NothingToImport):
        read_roster(roster([]))


@pytest.mark.parametrize(
    "heading",
    [
        "Dân tộc", "DAN TOC", "Tôn giáo", "Ngày vào Đảng", "Đảng viên", "Religion",
        "Thành phần gia đình", "Ethnic group", "Political opinion", "Họ tên cha",
        "Hoàn cảnh gia đình", "Party membership",
    ],
)  # fmt: skip
def test_a_prohibited_heading_is_recognised(heading: str) -> None:
    """In Vietnamese or English; nothing of the column is kept."""
    sheet = read_roster(roster([[*row(), "bí mật"]], headings=[*HEADINGS, heading]))
    assert [len(HEADINGS) + 1] == sheet.layout.refused
    assert heading not in sheet.layout.headings
    assert "bí mật" not in sheet.pages[0][0].cells


@pytest.mark.parametrize("heading", ["", "Ghi chú", "Cột 5"])
@pytest.mark.parametrize(
    "values",
    [
        ["Kinh", "Tày", "Nùng", "Kinh", "H'Mông"],
        ["Không theo đạo", "Phật giáo", "Công giáo", "Tin Lành", "không"],
        ["Đảng viên", "quần chúng", "Đoàn viên", "đảng viên", ""],
    ],
)
def test_a_prohibited_column_is_recognised_by_its_values(
    heading: str, values: list[str]
) -> None:
    """A column without a known heading whose cells name peoples, beliefs or parties."""
    rows = [[*row(), value] for value in values]
    sheet = read_roster(roster(rows, headings=[*HEADINGS, heading]))
    assert [len(HEADINGS) + 1] == sheet.layout.refused


@pytest.mark.parametrize(
    ("heading", "value"),
    [("Ghi chú", "đã nộp hồ sơ"), ("Số nhà", "12"), ("Đơn vị phối hợp", "Hội phụ nữ")],
)
def test_an_ordinary_column_of_the_users_own_is_kept(heading: str, value: str) -> None:
    """It is given back with the faults, and means nothing."""
    rows = [[*row(), value] for _ in range(5)]
    sheet = read_roster(roster(rows, headings=[*HEADINGS, heading]))
    assert [] == sheet.layout.refused
    assert value == sheet.pages[0][0].cells[-1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.integers(-(10**16), 10**16),
            st.floats(allow_nan=False, allow_infinity=False),
            st.booleans(),
            st.dates(date(1900, 3, 1), date(2999, 1, 1)).map(Day),
            st.none(),
        ),
        min_size=len(COLUMNS),
        max_size=len(COLUMNS),
    )
)
def test_no_cell_can_break_the_reading(cells: list[Any]) -> None:
    """Whatever stands in a row, it is a row of the registry or a list of faults."""
    layout = Layout(
        sheet="s", header=1, headings=HEADINGS, keys=[c.key for c in COLUMNS],
        places=list(range(1, len(COLUMNS) + 1)), refused=[], day_first=True, rows=1,
    )  # fmt: skip
    found = RowReader(layout, TODAY).read(Row(2, cells))
    if isinstance(found, list):
        for fault in found:
            assert fault.refusal.problem("x")["message_vi"]
    else:
        assert found.first_day
        assert found.full_name.strip()


def test_the_template_is_what_the_reader_reads() -> None:
    """Headings are protected, lists offered, dates dates, the mark in its place."""
    content = template(Choices(["01840 - Phường Đức Xuân"], TODAY))
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Danh sách"]
    assert [c.heading for c in COLUMNS] == [
        str(cell.value).removesuffix(" *") for cell in sheet[1]
    ]
    assert sheet.protection.sheet
    assert sheet["A1"].protection.locked
    assert "veryHidden" == book["_danh_muc"].sheet_state
    lists = {one.type for one in sheet.data_validations.dataValidation}
    assert {"list", "date", "textLength"} == lists
    forces = [cell.value for cell in book["_danh_muc"]["B"] if cell.value]
    assert "Tổ bảo vệ an ninh, trật tự" in forces
    assert "Ban bảo vệ dân phố" not in forces
    assert "dd/mm/yyyy" == sheet.column_dimensions["E"].number_format
    with pytest.raises(errors.NothingToImport):
        read_roster(content)
