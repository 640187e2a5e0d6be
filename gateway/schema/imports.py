"""Rosters in Excel: how far each has come, what is wrong in it, and its withdrawal.

The file itself goes to the registry over HTTP; the gateway takes no uploads.
"""

import enum
from datetime import datetime
from typing import Annotated, Any, Final

import strawberry

from gateway import loaders
from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    Info,
    Node,
    Root,
    Row,
    argument,
    choice,
    column,
    identity,
    output,
    resolved,
    taken,
)
from gateway.schema.command_table import command, commands
from gateway.schema.commands import key_field
from gateway.schema.connections import Connection, page
from gateway.schema.payloads import object_of, payload
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import unit_of
from gateway.schema.scalars import Count
from gateway.schema.units import Unit
from services.contracts.registry import imports as contracts

IMPORTS: Final = Question("registry", "imports.list", contracts.ImportsList)
IMPORT_FAULTS: Final = Question("registry", "imports.faults", contracts.ImportFaults)


@choice
class ImportState(enum.Enum):
    """How far an import has come (trạng thái đợt nhập)."""

    RECEIVED = strawberry.enum_value("received", description="Đã nhận tệp.")
    CHECKED = strawberry.enum_value("checked", description="Đã kiểm tra mọi ô.")
    APPLYING = strawberry.enum_value("applying", description="Đang ghi.")
    APPLIED = strawberry.enum_value("applied", description="Đã ghi xong.")
    REFUSED = strawberry.enum_value("refused", description="Không ghi dòng nào.")
    WITHDRAWN = strawberry.enum_value("withdrawn", description="Đã rút.")


@choice
class ImportPolicy(enum.Enum):
    """What becomes of a file with faults (cách xử lý tệp có lỗi)."""

    ALL_OR_NOTHING = strawberry.enum_value(
        "all_or_nothing", description="Tất cả hoặc không."
    )
    VALID_ROWS = strawberry.enum_value("valid_rows", description="Ghi dòng đúng.")
    STOP_AT_FIRST_ERROR = strawberry.enum_value(
        "stop_at_first_error", description="Dừng ở lỗi đầu tiên."
    )


@output
class CellFault:
    """Why a cell, or without a column its row, cannot be taken (lỗi của ô)."""

    sheet: str = column("Sheet of the file (trang tính).")
    row: Count = column("Row from 1 (dòng).")
    column: Count | None = column("Column from 1 (cột).")
    heading: str | None = strawberry.field(description="Heading (tiêu đề cột).")
    code: str = strawberry.field(description="Stable code (mã lỗi).")
    message: str = resolved(
        lambda root: root["message_en"], "Message in English.", ["message_en"]
    )
    message_vi: str = strawberry.field(description="Message in Vietnamese.")


async def _progress(root: Root) -> Any:
    planned = root["planned_rows"]
    if planned is None:
        return 0.0
    return 1.0 if planned == 0 else root["rows_applied"] / planned


async def _faults(root: Root, info: Info, first: First, after: After = None) -> Any:
    return await page(info, IMPORT_FAULTS, after, batch_id=root["id"], first=first)


@output
class ImportBatch(Node):
    """A roster from Excel, with how far it has come (đợt nhập)."""

    unit: Unit | None = resolved(unit_of, "Unit it is for (đơn vị).", ["unit_id"])
    state: ImportState = column("How far it has come (trạng thái).")
    policy: ImportPolicy = column("What becomes of faults (cách xử lý lỗi).")
    dry_run: bool = column("Whether it was only checked (chạy thử).")
    received_at: datetime = column("When the file came (lúc nhận).")
    ended_at: datetime | None = column("When it came to its end (lúc xong).")
    rows: Count = column("Rows of the file (số dòng).")
    refused_columns: Count = column("Columns that nobody may read (cột không đọc).")
    planned_rows: Count | None = column("Rows to be recorded (dòng sẽ ghi).")
    unchanged_rows: Count | None = column("Rows that were there (dòng đã có).")
    faulty_rows: Count | None = column("Rows with faults (dòng lỗi).")
    covers: Count | None = column(
        "Forces whose residential areas are to be recorded (tổ đổi khu dân cư)."
    )
    rows_applied: Count = column("Rows recorded so far (dòng đã ghi).")
    members: Count = column("Members that it brought (thành viên).")
    established: Count = column("Forces that it set up (lực lượng lập mới).")
    file_kept: bool = column("Whether what was sent is still kept (còn lưu tệp).")
    progress: float = resolved(
        _progress, "From 0 to 1 (tiến độ).", ["planned_rows", "rows_applied"]
    )
    faults: Connection[CellFault] | None = resolved(
        _faults, "What is wrong, by row (lỗi).", ["id"]
    )


async def import_batch(
    info: Info,
    id: Annotated[strawberry.ID, argument("Which import.")],  # noqa: A002
) -> Any:
    """Answer Query.importBatch."""
    batch_id = identity(id, "ImportBatch", "id")
    return await loaders.by_id(info.context, "ImportBatch", batch_id)


async def imports(
    info: Info,
    unit: Annotated[UnitRef, argument("Unit whose subtree is meant (đơn vị).")],
    first: First,
    after: After = None,
    state: Annotated[ImportState | None, argument("Keep one state.")] = None,
) -> Any:
    """Answer Query.imports."""
    return await page(
        info,
        IMPORTS,
        after,
        unit=unit_ref(unit),
        first=first,
        state=state.value if state else None,
    )


@payload
class ImportWithdrawPayload:
    """Answer to the withdrawal of an import."""

    import_batch: ImportBatch | None = object_of(
        "ImportBatch", "batch_id", "The import."
    )
    members: Count | None = column("Enrolments taken back.")
    established: Count | None = column("Forces taken back.")


@taken
class ImportWithdrawInput:
    """An import to take back whole (rút đợt nhập)."""

    batch_id: strawberry.ID = column("Which import.")
    keep_members: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Members that stay (giữ lại)."
    )
    keep_force_units: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Forces that stay (giữ lại)."
    )
    idempotency_key: str | None = key_field()


def _kept(given: Row) -> Row:
    keep = given.pop("keep_members") + given.pop("keep_force_units")
    return given | {"keep": keep}


@output
class ImportQueries:
    """Questions about imports, part of Query."""

    import_batch: ImportBatch | None = resolved(
        import_batch, "A roster from Excel by its id (đợt nhập)."
    )
    imports: Connection[ImportBatch] | None = resolved(
        imports, "Rosters from Excel of a subtree, newest first (các đợt nhập)."
    )


@commands(
    "registry",
    {
        "batch_id": "ImportBatch",
        "keep_members": "Member",
        "keep_force_units": "ForceUnit",
    },
)
class ImportMutations:
    """Commands about imports, part of Mutation."""

    import_withdraw: ImportWithdrawPayload | None = command(
        "import.withdraw",
        contracts.WithdrawImport,
        "Take back all that an import brought (rút đợt nhập).",
        taken=ImportWithdrawInput,
        body=_kept,
    )
