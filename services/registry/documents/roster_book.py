"""A roster workbook being written: its headings, formats and drop-downs.

Template, annotated answer and export are made with it. No cell can carry a formula:
texts are written as texts, whatever they begin with.
"""

import io
import math
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.registry.documents import roster_columns as columns
from services.registry.documents.roster_cells import WITH_ROSTER
from services.registry.documents.roster_sheet import DAY_FIRST, Cell, Day, Formula
from services.registry.documents.workbook_guard import SHEET_NAME, TEMPLATE_PROPERTY

LISTS_SHEET: Final = "_danh_muc"
AREAS_SHEET: Final = "Khu dân cư"
GUIDE_SHEET: Final = "Hướng dẫn"
DATE_FORMAT: Final = "dd/mm/yyyy"
_LAST_ROW: Final = 49_999
_EXPLAINED: Final = 70  # characters in a line of the guide
_AS_TEXT: Final = {"citizen_id", "old_id", "phone", "unit"}
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": DATE_FORMAT,
}
_ALLOWED: Final = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}


class Choices(NamedTuple):
    """What a roster offers: units of the area as `code - name`, and their areas.

    ``areas`` is None where there are too many for a list.
    """

    units: Sequence[str]
    on: date
    areas: Sequence[tuple[str, str]] | None = ()


def printed(sheet: Worksheet) -> None:
    """Let a sheet come out of a printer with all its columns on one page."""
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


class RosterBook:
    """One workbook; `finished` gives its bytes."""

    def __init__(self) -> None:
        self._made = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._made, _OPTIONS)
        self.book.set_properties({"title": "Bình Yên", "author": "", "comments": ""})
        self.book.set_custom_property(TEMPLATE_PROPERTY, DAY_FIRST)
        self.sheet: Worksheet = self.book.add_worksheet(SHEET_NAME)
        printed(self.sheet)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.heading = self.format(bold=True, bg_color="#1F4E79", font_color="#FFFFFF",
                                   text_wrap=True, valign="vcenter", border=1,
                                   locked=True)  # fmt: skip
        self.needed = self.format(bold=True, bg_color="#C00000", font_color="#FFFFFF",
                                  text_wrap=True, valign="vcenter", border=1,
                                  locked=True)  # fmt: skip

    def format(self, **told: Any) -> Format:
        """Return a format, made once."""
        key = tuple(sorted(told.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(told)
        return self._formats[key]

    def format_of(self, key: str | None, **further: Any) -> Format:
        """Return the format of a column's cells."""
        if key is not None and columns.BY_KEY[key].kind == "date":
            return self.format(num_format=DATE_FORMAT, locked=False, **further)
        if key in _AS_TEXT:
            return self.format(num_format="@", locked=False, **further)
        return self.format(locked=False, **further)

    def headings(self) -> None:
        """Write the headings of a roster into the first row, protected."""
        for place, column in enumerate(columns.COLUMNS):
            self.sheet.set_column(
                place, place, column.width, self.format_of(column.key)
            )
            text = f"{column.heading} *" if column.required else column.heading
            look = self.needed if column.required else self.heading
            self.sheet.write_string(0, place, text, look)
        self.sheet.set_row(0, 32)
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.protect("", _ALLOWED)

    def drop_downs(self, choices: Choices, places: dict[str, int], first: int) -> None:
        """Offer the lists in force below a row of headings."""
        lists = self.book.add_worksheet(LISTS_SHEET)
        lists.very_hidden()
        forces = [f for f in WITH_ROSTER if f.in_force.holds(choices.on)]
        offered = {
            "unit": list(choices.units),
            "force_type": [force.name for force in forces],
            "post": list(dict.fromkeys(n for f in forces for n in f.posts.values())),
            "school_level": list(columns.SCHOOL_LEVELS.values()),
            "decision_issuer": list(columns.ISSUERS.values()),
        }
        for number, (key, texts) in enumerate(offered.items()):
            for row, text in enumerate(texts):
                lists.write_string(row, number, text)
            if key in places and texts:
                letter = chr(ord("A") + number)
                source = f"='{LISTS_SHEET}'!${letter}$1:${letter}${len(texts)}"
                self._validate(places[key], first, key, {"validate": "list",
                               "source": source, "error_type": "warning"})  # fmt: skip
        for key, place in places.items():
            if columns.BY_KEY[key].kind == "date":
                self._validate(place, first, key, {
                    "validate": "date", "criteria": "between",
                    "minimum": date(1900, 1, 1), "maximum": date(2100, 1, 1),
                    "error_message": "Nhập ngày theo dạng dd/mm/yyyy."})  # fmt: skip
        for key, length in (("citizen_id", 12), ("old_id", 9)):
            if key in places:
                self._validate(places[key], first, key, {
                    "validate": "length", "criteria": "==", "value": length,
                    "error_type": "warning",
                    "error_message": f"Cần đúng {length} chữ số."})  # fmt: skip

    def areas(self, choices: Choices) -> None:
        """List the residential areas on a sheet of their own, as a cell names them."""
        sheet = self.book.add_worksheet(AREAS_SHEET)
        sheet.set_column(0, 1, 40)
        for place, text in enumerate(("Đơn vị", "Khu dân cư")):
            sheet.write_string(0, place, text, self.heading)
        if choices.areas is None:
            sheet.write_string(1, 0, _TOO_MANY_AREAS)
        for row, told in enumerate(choices.areas or (), 1):
            for place, text in enumerate(told):
                sheet.write_string(row, place, text)
        sheet.freeze_panes(1, 0)

    def _validate(self, place: int, first: int, key: str, rule: dict[str, Any]) -> None:
        column = columns.BY_KEY[key]
        prompt = {"input_title": column.heading[:32],
                  "input_message": column.explanation[:255]}  # fmt: skip
        self.sheet.data_validation(first, place, _LAST_ROW, place, {**rule, **prompt})

    def guide(self) -> None:
        """Explain every column on a sheet of its own."""
        sheet = self.book.add_worksheet(GUIDE_SHEET)
        printed(sheet)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 12)
        sheet.set_column(2, 2, _EXPLAINED)
        sheet.set_column(3, 3, 30)
        for place, text in enumerate(("Cột", "Bắt buộc", "Giải thích", "Ví dụ")):
            sheet.write_string(0, place, text, self.heading)
        wrapped = self.format(text_wrap=True, valign="top")
        for row, column in enumerate(columns.COLUMNS, 1):
            told = (column.heading, "Có" if column.required else "Không",
                    column.explanation, column.example)  # fmt: skip
            for place, text in enumerate(told):
                sheet.write_string(row, place, text, wrapped)
            # Excel sees to it by itself; other programs print lines upon each other.
            sheet.set_row(row, 15 * math.ceil(len(column.explanation) / _EXPLAINED))
        for row, text in enumerate(_NOTES, len(columns.COLUMNS) + 2):
            sheet.merge_range(row, 0, row, 3, text, wrapped)
        sheet.protect()

    def write(self, row: int, place: int, cell: Cell, look: Format) -> None:
        """Write a value as what it is, and a text never as anything but a text."""
        write_cell(self.sheet, row, place, cell, look)

    def finished(self) -> bytes:
        """Close the workbook and return it."""
        self.book.close()
        return self._made.getvalue()


def write_cell(
    sheet: Worksheet, row: int, place: int, cell: Cell, look: Format
) -> None:
    """Write one cell; a formula of an upload is told as such and never written."""
    if isinstance(cell, str):
        sheet.write_string(row, place, cell, look)
    elif isinstance(cell, Day):
        sheet.write_datetime(row, place, cell.on, look)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, place, cell, look)
    elif isinstance(cell, int | float):
        sheet.write_number(row, place, cell, look)
    elif isinstance(cell, Formula):
        sheet.write_string(row, place, "(công thức)", look)
    else:
        sheet.write_blank(row, place, None, look)


_TOO_MANY_AREAS: Final = (
    "Quá nhiều khu dân cư; hãy tải mẫu của từng xã để có danh sách."
)
_NOTES: Final = (
    "Mỗi dòng là một người trong một lực lượng. Cột tô đỏ là bắt buộc.",
    "Không đổi tên cột; thứ tự cột có thể thay đổi.",
    "Ngày tháng: dùng kiểu ngày của Excel (hiện dd/mm/yyyy) hoặc gõ YYYY-MM-DD.",
    "Hệ thống không đoán những ngày như 10/4.",
    "Không ghi dân tộc, tôn giáo, chính kiến, đảng phái, lý lịch gia đình.",
    "Cột như vậy sẽ không được đọc, dù đặt tên gì.",
    "Không dùng công thức, macro hoặc liên kết tới tệp khác.",
    "Cùng một tệp gửi hai lần không tạo thêm dữ liệu.",
)


def template(choices: Choices) -> bytes:
    """Make an empty roster with today's lists in its drop-downs."""
    made = RosterBook()
    made.headings()
    places = {column.key: place for place, column in enumerate(columns.COLUMNS)}
    made.drop_downs(choices, places, 1)
    made.areas(choices)
    made.guide()
    return made.finished()
