"""What an import found in its file, opened for the officer who has to correct it."""

from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.event_store import EventLog
from services.chassis.lists import cursor_of, key_of
from services.chassis.mapper import project
from services.contracts.registry.imports import CellFault, FaultList
from services.registry.documents import roster_columns as columns
from services.registry.documents.roster_sheet import Layout, Row
from services.registry.domain.import_batch import ImportBatch
from services.registry.domain.import_errors import (
    ImportFileDestroyed,
    ImportUnknown,
    RowChangedMeanwhile,
)
from services.registry.domain.roster_area_errors import AreasChangedMeanwhile
from services.registry.import_vault import FAULTS, LAYOUT, ROWS, ImportVault
from services.registry.read_models.import_list import RowLeftOut, rows_left_out
from services.registry.use_cases.roster_plan import StoredFault, worded


class Kept(NamedTuple):
    """An uploaded file as it is kept, with what is wrong in it."""

    layout: Layout
    pages: list[list[Row]]
    faults: list[StoredFault]


def load(log: EventLog, batch_id: UUID) -> ImportBatch:
    """Load a batch. Raises ImportUnknown."""
    batch: ImportBatch | None = project(None, log.events_of(batch_id))
    if batch is None:
        raise ImportUnknown(batch_id=batch_id)
    return batch


def opened(conn: sa.Connection, files: ImportVault, batch_id: UUID) -> Kept:
    """Open a file with its faults. Raises ImportFileDestroyed."""
    rows = files.pages(conn, batch_id, ROWS, list[Row])
    if rows is None:
        raise ImportFileDestroyed
    return Kept(_layout(conn, files, batch_id), rows, _faults(conn, files, batch_id))


def list_faults(
    conn: sa.Connection,
    files: ImportVault,
    batch_id: UUID,
    *,
    first: int,
    after: str | None,
) -> FaultList:
    """Return a page of faults. Raises ImportFileDestroyed, CursorInvalid."""
    start = 0 if after is None else max(0, key_of(after, tuple[int])[0])
    layout = _layout(conn, files, batch_id)
    faults = _faults(conn, files, batch_id)
    shown = [
        _view(layout, fault, number)
        for number, fault in enumerate(faults[start : start + first], start + 1)
    ]
    return FaultList(rows=tuple(shown), has_next=len(faults) > start + first)


def _layout(conn: sa.Connection, files: ImportVault, batch_id: UUID) -> Layout:
    found = files.pages(conn, batch_id, LAYOUT, Layout)
    if found is None:
        raise ImportFileDestroyed
    return found[0]


def _faults(
    conn: sa.Connection, files: ImportVault, batch_id: UUID
) -> list[StoredFault]:
    found = files.pages(conn, batch_id, FAULTS, list[StoredFault]) or []
    faults = [fault for page in found for fault in page]
    return faults + [_left_out(one) for one in rows_left_out(conn, batch_id)]


def _left_out(one: RowLeftOut) -> StoredFault:
    if one.areas_only:
        return worded(one.row, "areas", AreasChangedMeanwhile())
    return worded(one.row, None, RowChangedMeanwhile())


def _view(layout: Layout, fault: StoredFault, number: int) -> CellFault:
    # What is missing may have no column of its own in the file.
    key = fault.column
    at = layout.keys.index(key) if key is not None and key in layout.keys else None
    named = None if key is None else columns.BY_KEY[key].heading
    return CellFault(
        sheet=layout.sheet,
        row=fault.row,
        column=None if at is None else layout.places[at],
        heading=named if at is None else layout.headings[at],
        code=fault.code,
        message_vi=fault.message_vi,
        message_en=fault.message_en,
        cursor=cursor_of(number),
    )
