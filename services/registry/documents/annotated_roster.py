"""The uploaded roster given back with every fault of every cell beside its row.

Asked for by the officer who has to correct it; the answer can be uploaded again.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from services.registry.documents import roster_columns as columns
from services.registry.documents.roster_book import Choices, RosterBook, printed
from services.registry.documents.roster_sheet import Layout, Row

_REFUSED_HEADING: Final = "(cột không được phép, không đọc)"
_FAULTY: Final = "#FFC7CE"
_REASONS_WIDTH: Final = 80
_SUMMARY: Final = "Tổng hợp lỗi"


class ToldFault(NamedTuple):
    """A fault as it is told: where, its code and its words in Vietnamese."""

    row: int
    column: str | None
    code: str
    message_vi: str


def annotated(
    layout: Layout,
    pages: Iterable[Sequence[Row]],
    faults: Sequence[ToldFault],
    choices: Choices,
    remarks: Mapping[int, str] | None = None,
) -> bytes:
    """Write the kept cells at their places, coloured where faulty, with the reasons.

    A remark of a row tells what its unit was taken to mean.
    """
    remarks = remarks or {}
    by_row: dict[int, list[ToldFault]] = {}
    for fault in faults:
        by_row.setdefault(fault.row, []).append(fault)
    made = RosterBook()
    last = max([*layout.places, *layout.refused])
    _headings(made, layout, last)
    for page in pages:
        for row in page:
            faults_here = by_row.get(row.number, [])
            _row(made, layout, row, faults_here)
            _reasons(made, row.number, faults_here, last, remarks.get(row.number))
    made.sheet.autofilter(layout.header - 1, 0, layout.header - 1 + layout.rows, last)
    places = {
        key: place - 1
        for key, place in zip(layout.keys, layout.places, strict=True)
        if key is not None
    }
    made.drop_downs(choices, places, layout.header)
    _summary(made, layout, faults, by_row)
    made.areas(choices)
    made.guide()
    return made.finished()


def _headings(made: RosterBook, layout: Layout, last: int) -> None:
    head = layout.header - 1
    for key, heading, place in zip(
        layout.keys, layout.headings, layout.places, strict=True
    ):
        width = 20 if key is None else columns.BY_KEY[key].width
        made.sheet.set_column(place - 1, place - 1, width, made.format_of(key))
        made.sheet.write_string(head, place - 1, heading, made.heading)
    grey = made.format(bg_color="#D9D9D9", italic=True, text_wrap=True)
    for place in layout.refused:
        made.sheet.write_string(head, place - 1, _REFUSED_HEADING, grey)
    made.sheet.set_row(head, 32)
    made.sheet.set_column(last, last, _REASONS_WIDTH)
    made.sheet.write_string(head, last, columns.ERRORS_HEADING, made.needed)
    made.sheet.freeze_panes(layout.header, 0)
    made.sheet.repeat_rows(layout.header - 1)


def _row(made: RosterBook, layout: Layout, row: Row, faults: list[ToldFault]) -> None:
    at_fault = {fault.column for fault in faults}
    for key, place, cell in zip(layout.keys, layout.places, row.cells, strict=True):
        faulty = key is not None and key in at_fault
        if cell is None and not faulty:
            continue
        look = made.format_of(key, bg_color=_FAULTY) if faulty else made.format_of(key)
        made.write(row.number - 1, place - 1, cell, look)


def _reasons(
    made: RosterBook,
    number: int,
    faults: list[ToldFault],
    last: int,
    remark: str | None,
) -> None:
    told = [_told(fault) for fault in faults]
    if remark is not None:
        told.append(f"Ghi chú – {columns.BY_KEY['unit'].heading}: {remark}")
    if told:
        colour = "#9C0006" if faults else "#1F4E79"
        look = made.format(text_wrap=True, font_color=colour, locked=False)
        made.sheet.write_string(number - 1, last, "\n".join(told), look)
        # Excel sees to it by itself; other programs would print lines upon each other.
        lines = sum(math.ceil(len(one) / _REASONS_WIDTH) for one in told)
        made.sheet.set_row(number - 1, 15 * min(lines, 25))


def _told(fault: ToldFault) -> str:
    if fault.column is None:
        return fault.message_vi
    return f"{columns.BY_KEY[fault.column].heading}: {fault.message_vi}"


def _summary(
    made: RosterBook,
    layout: Layout,
    faults: Sequence[ToldFault],
    by_row: Mapping[int, object],
) -> None:
    sheet = made.book.add_worksheet(_SUMMARY)
    printed(sheet)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 80)
    wrapped = made.format(text_wrap=True, valign="top")
    lines: list[tuple[str, int]] = [
        ("Số dòng", layout.rows),
        ("Số dòng có lỗi", len(by_row)),
        ("Số lỗi", len(faults)),
        ("Số cột không được phép, không đọc", len(layout.refused)),
    ]
    for row, (text, number) in enumerate(lines):
        sheet.write_string(row, 0, text, wrapped)
        sheet.write_number(row, 1, number, wrapped)
    if layout.refused:
        sheet.write_string(3, 2, _WHY_REFUSED, wrapped)
    start = len(lines) + 1
    for place, text in enumerate(("Cột", "Số lỗi", "Lỗi")):
        sheet.write_string(start, place, text, made.heading)
    counted = Counter((fault.column, fault.code) for fault in faults)
    words = {(fault.column, fault.code): fault.message_vi for fault in faults}
    for row, (kind, number) in enumerate(counted.most_common(500), start + 1):
        column = "(cả dòng)" if kind[0] is None else columns.BY_KEY[kind[0]].heading
        sheet.write_string(row, 0, column, wrapped)
        sheet.write_number(row, 1, number, wrapped)
        sheet.write_string(row, 2, words[kind], wrapped)


_WHY_REFUSED: Final = (
    "Pháp luật về dữ liệu cá nhân và quy định của hệ thống không cho phép ghi dân tộc,"
    " tôn giáo, chính kiến, đảng phái hoặc lý lịch gia đình của cá nhân. Các cột này"
    " không được đọc và không được lưu."
)
