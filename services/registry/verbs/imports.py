"""Commands and questions about rosters in Excel."""

import asyncio
from typing import Any, Final

from services.chassis.calls import Call, CommandKey, Outcome
from services.chassis.clock import local_today
from services.chassis.ids import new_id
from services.contracts.registry import imports as shapes
from services.contracts.registry.units import UnitRef
from services.registry import import_vault
from services.registry.documents import roster_book
from services.registry.documents.annotated_roster import annotated
from services.registry.documents.exported_roster import exported
from services.registry.documents.roster_book import Choices
from services.registry.documents.roster_sheet import read_roster
from services.registry.domain.import_errors import ImportUnknown, RosterTooLong
from services.registry.domain.person_values import ReadingKind, ReadingPurpose, Shown
from services.registry.import_vault import ImportVault
from services.registry.person_vault import EXTRA, PersonVault
from services.registry.reactions.import_runner import EXTRA as RUNNER
from services.registry.reactions.import_runner import ImportRunner
from services.registry.read_models import import_list
from services.registry.read_models.roster_areas import areas_in
from services.registry.read_models.roster_rows import serving_rows
from services.registry.use_cases import export_roster, read_import
from services.registry.use_cases.receive_import import (
    Received,
    attempt_that_counts,
    digest_of,
    receive_import,
)
from services.registry.use_cases.record_reading import record_reading, shown_to
from services.registry.use_cases.roster_area_names import AreaNames, places_of
from services.registry.use_cases.roster_remarks import remarks_of
from services.registry.use_cases.withdraw_import import withdraw_import
from services.registry.verbs.making import WRITE, callers_paths, command, given, query
from services.unit_directory.directory import units_of
from services.unit_directory.tree import Unit, lies_within

MAX_EXPORTED: Final = 30_000
MAX_AREAS_OFFERED: Final = 5_000
# Files are read one beside another at most: each may take a gigabyte of memory.
_READING: Final = asyncio.Semaphore(2)


async def roster_template(call: Call[shapes.RosterTemplate]) -> bytes:
    """Give an empty roster in Excel, made of the lists that are in force today."""
    unit = own_unit(call, UnitRef(call.body.unit_id, call.body.unit_code))
    choices = await choices_of(call, unit)
    return await asyncio.to_thread(roster_book.template, choices)


async def import_receive(
    call: Call[shapes.ReceiveImport],
) -> Outcome | shapes.ImportReceived:
    """Take in a roster in Excel; it is checked and applied behind the door."""
    unit = own_unit(call, UnitRef(call.body.unit_id, call.body.unit_code))
    files: ImportVault = call.runtime.extras[import_vault.EXTRA]
    people: PersonVault = call.runtime.extras[EXTRA]
    async with _READING:
        sheet = await asyncio.to_thread(read_roster, call.content)
        digest = digest_of(files, call.content, unit, call.body)
        attempts = await call.runtime.read(import_list.attempts_with, digest)
        known = attempt_that_counts(attempts, dry_run=call.body.dry_run)
        if known is not None:
            return shapes.ImportReceived(
                batch_id=known,
                rows=sheet.layout.rows,
                refused_columns=len(sheet.layout.refused),
                known=True,
            )
        received = Received(sheet, digest, unit, call.caller.subject)
        change = await asyncio.to_thread(
            receive_import, call.body, received, len(attempts), files
        )
    outcome = await call.runtime.commands.run(change, people.marked(call.key))
    runner: ImportRunner = call.runtime.extras[RUNNER]
    runner.wake()
    return outcome


async def imports_get(call: Call[shapes.ImportsGet]) -> shapes.ImportsAnswer:
    """Get imports by id, with how far each has come."""
    found = await call.runtime.read(
        import_list.get_imports, call.body.ids, callers_paths(call)
    )
    return shapes.ImportsAnswer(rows=tuple(found.get(one) for one in call.body.ids))


async def imports_list(call: Call[shapes.ImportsList]) -> shapes.ImportList:
    """List the imports of a unit's subtree, the newest first."""
    asked = call.body
    tree = units_of(call.runtime)
    unit = tree.resolve(asked.unit, None if asked.unit.id else local_today())
    wanted = import_list.ImportFilter(
        tree.covers(unit.id), callers_paths(call), asked.state
    )
    return await call.runtime.read(
        import_list.list_imports, wanted, first=asked.first, after=asked.after
    )


async def imports_faults(call: Call[shapes.ImportFaults]) -> shapes.FaultList:
    """List the faults of one import's cells."""
    await _mine(call)
    files: ImportVault = call.runtime.extras[import_vault.EXTRA]
    return await call.runtime.read(
        read_import.list_faults,
        files,
        call.body.batch_id,
        first=call.body.first,
        after=call.body.after,
    )


async def annotated_roster(call: Call[shapes.AnnotatedRoster]) -> bytes:
    """Give the uploaded roster back with every fault beside its row."""
    view = await _mine(call)
    files: ImportVault = call.runtime.extras[import_vault.EXTRA]
    kept = await call.runtime.read(read_import.opened, files, view.id)
    choices = await choices_of(call, units_of(call.runtime).unit(view.unit_id))
    told = [fault.told for fault in kept.faults]
    tree, today = units_of(call.runtime), local_today()
    remarks = await asyncio.to_thread(
        remarks_of, tree, view.unit_id, kept.layout, kept.pages, today
    )
    return await asyncio.to_thread(
        annotated, kept.layout, kept.pages, told, choices, remarks
    )


async def import_withdraw(call: Call[shapes.WithdrawImport]) -> Outcome:
    """Take back all that an import brought, as one act."""
    view = await _mine(call)
    people: PersonVault = call.runtime.extras[EXTRA]
    batch = await asyncio.to_thread(read_import.load, call.runtime.log, view.id)
    change = withdraw_import(batch, call.body.keep, call.caller.subject, people)
    return await call.runtime.commands.run_together(change, call.key)


async def roster_export(call: Call[shapes.RosterExport]) -> bytes:
    """Give who serves in a subtree, with names, in Excel; the reading is recorded."""
    asked, today = call.body, local_today()
    unit = own_unit(call, UnitRef(asked.unit_id, asked.unit_code))
    runtime, tree = call.runtime, units_of(call.runtime)
    mine = callers_paths(call)
    rows = await runtime.read(
        serving_rows, tree.covers(unit.id), mine, on=asked.on or today,
        first=MAX_EXPORTED + 1,
    )  # fmt: skip
    if len(rows) > MAX_EXPORTED:
        raise RosterTooLong(limit=MAX_EXPORTED)
    people = await runtime.read(export_roster.people_of, rows, mine)
    shown = shown_to(given(call)) or Shown.MASKED
    purpose = ReadingPurpose(asked.purpose)
    trace = record_reading(people, ReadingKind.EXPORT, purpose, given(call),
                           asked_in=unit.id)  # fmt: skip
    await runtime.commands.run(trace, CommandKey(new_id(), b""))
    records = await runtime.read(export_roster.opened, runtime.extras[EXTRA], people)
    areas = await runtime.read(
        export_roster.areas_told, tree, rows, on=asked.on or today
    )
    cells = [
        export_roster.cells_of(row, records.get(row.person_id), shown, tree, covered)
        for row, covered in zip(rows, areas, strict=True)
    ]
    choices = await choices_of(call, unit)
    return await asyncio.to_thread(exported, cells, choices)


async def _mine(call: Call[Any]) -> shapes.ImportView:
    """Return an import of the caller's area. Raises ImportUnknown."""
    batch_id = call.body.batch_id
    found = await call.runtime.read(
        import_list.get_imports, (batch_id,), callers_paths(call)
    )
    if batch_id not in found:
        raise ImportUnknown(field="$.batch_id", batch_id=batch_id)
    return found[batch_id]


def own_unit(call: Call[Any], ref: UnitRef) -> Unit:
    """Return a unit of the caller's area. Raises the refusals of units."""
    tree = units_of(call.runtime)
    unit = tree.resolve(ref, None if ref.id else local_today())
    tree.require_within(call.caller, unit.id, "$.unit")
    return unit


async def choices_of(call: Call[Any], unit: Unit) -> Choices:
    """Return the lists that a roster of the unit offers: communes in force, areas."""
    tree, today = units_of(call.runtime), local_today()
    covered = tree.covers(unit.id)
    communes = sorted(
        (one for one in tree
         if one.level == "commune"
         and one.in_force(today)
         and lies_within(one.path, covered)),
        key=lambda one: (one.code, one.named(today).name),
    )  # fmt: skip
    told = {one.id: f"{one.code} - {one.named(today).name}" for one in communes}
    units = list(told.values())
    places = places_of(tree, communes)
    known = await call.runtime.read(areas_in, places, MAX_AREAS_OFFERED + 1)
    if len(known) > MAX_AREAS_OFFERED:
        return Choices(units, today, None)
    names = AreaNames(tree, known)
    areas = [
        (told[one.id], label) for one in communes for label in names.labels(one, today)
    ]
    return Choices(units, today, areas)


VERBS: Final = (
    command("import.withdraw", shapes.WithdrawImport, import_withdraw),
    query("imports.get", shapes.ImportsGet, imports_get),
    query("imports.list", shapes.ImportsList, imports_list),
    query("imports.faults", shapes.ImportFaults, imports_faults, WRITE),
)
