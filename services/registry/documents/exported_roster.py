"""A roster as it leaves the registry: the columns of the template, filled.

What is written here is what the reader reads: sent back unchanged it changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from services.registry.documents import roster_columns as columns
from services.registry.documents.roster_book import Choices, RosterBook
from services.registry.documents.roster_sheet import Cell, Day


def exported(rows: Iterable[Mapping[str, Any]], choices: Choices) -> bytes:
    """Write rows, each a value for each key of a column."""
    made = RosterBook()
    made.headings()
    looks = {one.key: made.format_of(one.key) for one in columns.COLUMNS}
    for number, row in enumerate(rows, 1):
        for place, column in enumerate(columns.COLUMNS):
            cell = _cell(column, row.get(column.key))
            if cell is not None:
                made.write(number, place, cell, looks[column.key])
    places = {column.key: place for place, column in enumerate(columns.COLUMNS)}
    made.drop_downs(choices, places, 1)
    made.areas(choices)
    made.guide()
    return made.finished()


def _cell(column: columns.Column, value: Any) -> Cell:
    return Day(value) if value is not None and column.kind == "date" else value
