"""An uploaded roster is taken in: sealed at once, checked and applied behind."""

from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID, uuid5

import sqlalchemy as sa

from services.chassis.commands import Change
from services.contracts.registry.imports import ImportReceived, ReceiveImport
from services.registry.documents.roster_sheet import Sheet
from services.registry.domain.import_batch import ImportBatch, ImportPolicy, Upload
from services.registry.import_vault import LAYOUT, ROWS, ImportVault
from services.unit_directory.tree import Unit

_NAMESPACE: Final = UUID("8d3f2f52-5c0b-5a0c-9d8e-2f7f8f3f0b61")
_WITHOUT_EFFECT: Final = frozenset({"refused", "withdrawn"})


class Received(NamedTuple):
    """A file as it was read, and who sent it for which unit."""

    sheet: Sheet
    digest: str
    unit: Unit
    by: str


def digest_of(
    vault: ImportVault, content: bytes, unit: Unit, command: ReceiveImport
) -> str:
    """Return what an upload is known by: its bytes, its unit, and whether it is dry."""
    about = f"{unit.id}|{command.dry_run}|".encode()
    return vault.digest(about + content)


def attempt_that_counts(
    attempts: Sequence[tuple[UUID, str]], *, dry_run: bool
) -> UUID | None:
    """Return the import of the same file that is under way or was applied.

    One without effect does not stand in the way of another attempt.
    """
    over = _WITHOUT_EFFECT | {"checked"} if dry_run else _WITHOUT_EFFECT
    open_ones = [batch_id for batch_id, state in attempts if state not in over]
    return open_ones[0] if open_ones else None


def receive_import(
    command: ReceiveImport, received: Received, attempt: int, vault: ImportVault
) -> Change[ImportBatch]:
    """Decide on a file: the same bytes at the same attempt are one batch."""
    layout = received.sheet.layout
    batch_id = uuid5(_NAMESPACE, f"{received.digest}:{attempt}")
    upload = Upload(
        digest=received.digest,
        unit_id=received.unit.id,
        unit_path=received.unit.path,
        policy=ImportPolicy(command.policy),
        dry_run=command.dry_run,
        rows=layout.rows,
        refused_columns=len(layout.refused),
        received_by=received.by,
    )
    seal = vault.keeping(batch_id, {LAYOUT: [layout], ROWS: received.sheet.pages})
    new: list[bool] = []

    def decide(found: ImportBatch | None) -> tuple[ImportBatch, ImportReceived]:
        new[:] = [found is None]
        reply = ImportReceived(
            batch_id=batch_id,
            rows=layout.rows,
            refused_columns=len(layout.refused),
            known=found is not None,
        )
        return found or ImportBatch.receive(batch_id, upload), reply

    def keep(conn: sa.Connection) -> None:
        if new == [True]:
            seal(conn)

    return Change(
        aggregate_type=ImportBatch, aggregate_id=batch_id, decide=decide, also=keep
    )
