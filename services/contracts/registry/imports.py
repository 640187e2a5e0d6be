"""Requests and answers about rosters in Excel: template, upload, faults, withdrawal.

By HTTP alone: the template, the upload and the workbooks. Verbs: imports.get
imports.list imports.faults (queries); import.withdraw (command).
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Cursor, First, Ids, Request
from services.contracts.registry.people import ReadingPurpose
from services.contracts.registry.units import UnitCode, UnitRef

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Policy = Literal["all_or_nothing", "valid_rows", "stop_at_first_error"]
State = Literal["received", "checked", "applying", "applied", "refused", "withdrawn"]


class RosterTemplate(Request, frozen=True):
    """An empty roster for a unit (one of id and code), with its lists of today."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None


class ReceiveImport(Request, frozen=True):
    """How an uploaded roster of a unit (one of id and code) is to be dealt with.

    A dry run checks every cell and changes nothing.
    """

    unit_id: Annotated[UUID | None, about("The unit, by its id; or give its code.")] = (
        None
    )
    unit_code: Annotated[UnitCode | None, about("The unit, by its code today.")] = None
    policy: Annotated[Policy, about("What becomes of faults (cách xử lý lỗi).")] = (
        "all_or_nothing"
    )
    dry_run: Annotated[bool, about("Whether to check only (chạy thử).")] = False


class ImportReceived(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to an upload; ``known`` when the same file had been received before."""

    batch_id: UUID
    rows: int
    refused_columns: int
    known: bool


class ImportsGet(Request, frozen=True):
    """Imports by id, with how far each has come."""

    ids: Ids


class ImportsList(Request, frozen=True):
    """Imports of a unit's subtree, the newest first."""

    unit: UnitRef
    state: State | None = None
    first: First = 50
    after: Cursor | None = None


class ImportView(msgspec.Struct, frozen=True, kw_only=True):
    """An import: what was found, how far it has come, what it brought."""

    id: UUID
    unit_id: UUID
    state: State
    policy: Policy
    dry_run: bool
    reason: str | None
    received_at: datetime
    ended_at: datetime | None
    rows: int
    refused_columns: int
    planned_rows: int | None
    unchanged_rows: int | None
    faulty_rows: int | None
    faults: int | None
    rows_applied: int
    members: int
    established: int
    file_kept: bool
    cursor: str | None = None
    # Forces whose residential areas the file says otherwise than the register.
    covers: int | None = None


class ImportsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One row per id asked for, in that order; None where not visible."""

    rows: tuple[ImportView | None, ...]


class ImportList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of imports."""

    rows: tuple[ImportView, ...]
    has_next: bool


class ImportFaults(Request, frozen=True):
    """The faults of one import's cells, in the order of rows."""

    batch_id: UUID
    first: Annotated[int, Meta(ge=1, le=500)] = 100
    after: Cursor | None = None


class CellFault(msgspec.Struct, frozen=True, kw_only=True):
    """Why a cell, or (without a column) its row, cannot be taken.

    ``row`` and ``column`` are places in the file from 1. A column that the file does
    not have is told by its heading alone.
    """

    sheet: str
    row: int
    column: int | None
    heading: str | None
    code: str
    message_vi: str
    message_en: str
    cursor: str | None = None


class FaultList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of faults."""

    rows: tuple[CellFault, ...]
    has_next: bool


class AnnotatedRoster(Request, frozen=True):
    """The uploaded roster with every fault beside its row."""

    batch_id: UUID


class WithdrawImport(Request, frozen=True):
    """Take back all that an import brought; members and forces in ``keep`` stay."""

    batch_id: Annotated[UUID, about("Which import.")]
    keep: Annotated[
        tuple[UUID, ...],
        Meta(max_length=200),
        about("Members and forces that stay (giữ lại)."),
    ] = ()


class ImportWithdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to WithdrawImport: how many were taken back."""

    batch_id: UUID
    members: int
    established: int


class RosterExport(Request, frozen=True):
    """Who serves in a unit's subtree on a day (default: today), in Excel.

    The reading is recorded with its purpose before anything is answered.
    """

    purpose: ReadingPurpose
    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    on: date | None = None
