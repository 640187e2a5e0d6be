"""Workbooks for tests: rosters as other programs write them, and files with malice."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, Final

import xlsxwriter

from services.registry.documents.roster_book import template
from services.registry.documents.roster_columns import COLUMNS

HEADINGS: Final = [column.heading for column in COLUMNS]
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"

__all__ = ["HEADINGS", "altered", "by_hand", "parts_of", "roster", "sheet", "template"]


def roster(
    rows: Iterable[Sequence[Any]],
    headings: Sequence[str] = tuple(HEADINGS),
    *,
    name: str = "Danh sách",
    mark: str | None = None,
) -> bytes:
    """Write a roster as a stranger's program would."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    found = book.add_worksheet(name)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for place, heading in enumerate(headings):
        found.write_string(0, place, heading)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and not cell.startswith("="):
                found.write_string(number, place, cell)
            elif hasattr(cell, "year"):
                found.write_datetime(number, place, cell, day)
            elif cell is not None:
                found.write(number, place, cell)
    if mark is not None:
        book.set_custom_property("binhyen_template", mark)
    book.close()
    return made.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """Take a workbook apart."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def altered(content: bytes, **changed: bytes | None) -> bytes:
    """Put a workbook together again with other parts; `a__b` stands for `a/b`."""
    parts = parts_of(content)
    for name, part in changed.items():
        path = name.replace("__", "/").replace("_dot_", ".")
        if part is None:
            parts.pop(path)
        else:
            parts[path] = part
    return zipped(parts)


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack parts as they are."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def sheet(cells: str, dimension: str = "A1") -> bytes:
    """Write the XML of a sheet around its rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">'
        f'<dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>'
    ).encode()


def by_hand(xml: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook of one sheet, written by hand."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Override'
            f' PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml"'
            f' ContentType="{types}.worksheet+xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
            f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ).encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
            f' Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>"
        ).encode(),
        "xl/worksheets/sheet1.xml": xml,
    }
