"""What the cells of a roster were taken to mean, where they do not say it themselves.

Asked for with the workbook that goes back to the officer: a former name or an old code
is followed, and he is told to which unit.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from services.chassis.errors import DomainError
from services.registry.documents.roster_cells import RosterRow, RowReader
from services.registry.documents.roster_sheet import Layout, Row
from services.registry.use_cases.roster_places import UnitFinder
from services.unit_directory.tree import UnitTree


def remarks_of(
    tree: UnitTree,
    root_id: UUID,
    layout: Layout,
    pages: Iterable[Sequence[Row]],
    today: date,
) -> dict[int, str]:
    """Return a remark for each row whose unit was found through another day."""
    reader, finder = RowReader(layout, today), UnitFinder(tree, root_id)
    remarks = {}
    for page in pages:
        for row in page:
            read = reader.read(row)
            remark = _remark(finder, read) if isinstance(read, RosterRow) else None
            if remark is not None:
                remarks[row.number] = remark
    return remarks


def _remark(finder: UnitFinder, row: RosterRow) -> str | None:
    try:
        finder.find(row.unit, row.first_day)
    except DomainError:
        return None  # told as a fault
    return finder.remark(row.unit, row.first_day)
