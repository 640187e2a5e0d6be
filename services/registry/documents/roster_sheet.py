"""A roster as it was read: which columns it has, and its cells, page by page.

Called once for each upload. Prohibited columns are gone from here on.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import msgspec
from python_calamine import CalamineError, CalamineWorkbook

from services.chassis.text import fold
from services.registry.documents import roster_columns as columns
from services.registry.documents.prohibited_columns import (
    heading_is_prohibited,
    values_are_prohibited,
)
from services.registry.documents.workbook_guard import (
    MAX_COLUMNS,
    MAX_ROWS,
    SafeWorkbook,
    guarded,
)
from services.registry.domain import import_errors as errors

PAGE_ROWS: Final = 500
_HEADER_WITHIN: Final = 20
_TEXT_LIMIT: Final = 500
DAY_FIRST: Final = "roster/1; dates=dd/mm/yyyy"


class Day(msgspec.Struct, frozen=True, tag="d"):
    """A cell with a real date."""

    on: date


class Formula(msgspec.Struct, frozen=True, tag="f"):
    """A cell with a formula, which is never looked at."""


Cell = str | float | int | bool | Day | Formula | None


class Row(msgspec.Struct, frozen=True):
    """A row of the sheet with its number as people see it, from 1."""

    number: int
    cells: list[Cell]


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """What the kept columns are: heading, key of ours, place in the file from 1.

    ``header`` is the row of the headings, ``refused`` the places of prohibited columns.
    """

    sheet: str
    header: int
    headings: list[str]
    keys: list[str | None]
    places: list[int]
    refused: list[int]
    day_first: bool
    rows: int


class Sheet(NamedTuple):
    """A roster as it is kept: its layout and pages of rows."""

    layout: Layout
    pages: list[list[Row]]


def read_roster(content: bytes) -> Sheet:
    """Read an uploaded file. Raises the refusals of files."""
    safe = guarded(content)
    table = _cells_of(safe)
    header = _header_row(table)
    layout = _layout(safe, table, header)
    rows = list(_rows(table, header, layout, safe.formulas))
    if not rows:
        raise errors.NothingToImport
    return Sheet(
        msgspec.structs.replace(layout, rows=len(rows)),
        [rows[at : at + PAGE_ROWS] for at in range(0, len(rows), PAGE_ROWS)],
    )


def _cells_of(safe: SafeWorkbook) -> list[list[Any]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(safe.content))
        table = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise errors.WorkbookBroken from error
    if len(table) > MAX_ROWS:
        raise errors.TooManyRows(limit=MAX_ROWS)
    if table and len(table[0]) > MAX_COLUMNS:
        raise errors.TooManyColumns(limit=MAX_COLUMNS)
    return table


def _header_row(table: list[list[Any]]) -> int:
    best, most = 0, 0
    for number, cells in enumerate(table[:_HEADER_WITHIN]):
        known = {columns.column_of(cell) for cell in cells if isinstance(cell, str)}
        if len(known - {None}) > most:
            best, most = number, len(known - {None})
    found = {columns.column_of(c) for c in table[best] if isinstance(c, str)} if table \
        else set()  # fmt: skip
    missing = [one.heading for one in columns.REQUIRED if one.key not in found]
    if missing:
        raise errors.HeaderNotFound(columns=", ".join(missing))
    return best


def _layout(safe: SafeWorkbook, table: list[list[Any]], header: int) -> Layout:
    headings: list[str] = []
    keys: list[str | None] = []
    places: list[int] = []
    refused: list[int] = []
    for place, cell in enumerate(table[header]):
        heading = str(cell).strip()[:_TEXT_LIMIT]
        below = [row[place] for row in table[header + 1 :]]
        key = columns.column_of(heading)
        if _is_prohibited(heading, key, below):
            refused.append(place + 1)
        elif _is_worth_keeping(heading, below):
            if key is not None and key in keys:
                raise errors.ColumnTwice(column=columns.BY_KEY[key].heading)
            headings.append(heading)
            keys.append(key)
            places.append(place + 1)
    return Layout(
        sheet=safe.sheet,
        header=header + 1,
        headings=headings,
        keys=keys,
        places=places,
        refused=refused,
        day_first=safe.template == DAY_FIRST,
        rows=0,
    )


def _is_prohibited(heading: str, key: str | None, below: Sequence[Any]) -> bool:
    if key is not None:
        return False
    return heading_is_prohibited(heading) or values_are_prohibited(below)


def _is_worth_keeping(heading: str, below: Sequence[Any]) -> bool:
    if columns.is_errors_column(heading):
        return False
    return bool(heading) or any(cell != "" for cell in below)


def _rows(
    table: list[list[Any]],
    header: int,
    layout: Layout,
    formulas: frozenset[tuple[int, int]],
) -> Any:
    places = [place - 1 for place in layout.places]
    asked = [place - 1 for place, key in zip(layout.places, layout.keys, strict=True)
             if key is not None]  # fmt: skip
    for number in range(header + 1, len(table)):
        cells = table[number]
        if all(cells[place] == "" and (number, place) not in formulas
               for place in asked):  # fmt: skip
            continue
        kept = [
            Formula() if (number, place) in formulas else _kept(cells[place])
            for place in places
        ]
        yield Row(number + 1, kept)


def _kept(cell: Any) -> Cell:
    if isinstance(cell, str):
        return cell[:_TEXT_LIMIT] or None
    if isinstance(cell, datetime):
        return Day(cell.date())
    if isinstance(cell, date):
        return Day(cell)
    if isinstance(cell, bool | int):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell  # noqa: PLR2004 - beyond it floats skip integers
    return str(cell)


def folded(cell: Cell) -> str:
    """Return a cell's text for comparison with a list."""
    return fold(str(cell))
