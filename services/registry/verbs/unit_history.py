"""Units through time: trees of a day and a moment, changes, and their undoing."""

from typing import Any, Final

from services.chassis.calls import Call, Outcome
from services.chassis.clock import utc_now
from services.chassis.commands import Change
from services.contracts.registry import unit_history as shapes
from services.contracts.registry.units import COUNTRY_CODE, UnitRef
from services.registry.domain.unit import Unit
from services.registry.read_models.hierarchy_list import read_named
from services.registry.read_models.unit_changes import EXTRA, UnitChangeFeed
from services.registry.read_models.unit_tree_rows import tree_page
from services.registry.use_cases.change_unit import (
    rename_unit,
    retype_unit,
    undo_unit_change,
)
from services.registry.use_cases.pass_custody import pass_custody
from services.registry.verbs.making import UNITS, command, given, query
from services.registry.verbs.units import day_of, tree_of
from services.unit_directory.directory import reload_units

WRITE_UNITS: Final = "units:write"
_COUNTRY: Final = UnitRef(code=COUNTRY_CODE)


async def units_tree(call: Call[shapes.UnitsTree]) -> shapes.UnitTreePage:
    """Give a unit's tree on a day as known at a moment, in compact rows."""
    asked = call.body
    tree = await tree_of(call, asked.known_at)
    on = day_of(asked.on, asked.known_at)
    root = tree.resolve(asked.root or _COUNTRY, on, "$.root")
    return tree_page(
        tree,
        root,
        on,
        known_at=asked.known_at or utc_now(),
        levels=asked.levels,
        first=asked.first,
        after=asked.after,
    )


async def units_changes(call: Call[shapes.UnitsChanges]) -> shapes.UnitChangeList:
    """List what was recorded about units behind a cursor, oldest first."""
    feed: UnitChangeFeed = call.runtime.extras[EXTRA]
    return await feed.page(call.runtime, call.body)


async def unit_rename(call: Call[shapes.RenameUnit]) -> Outcome:
    """Give a unit another name from a day on."""
    return await _changed(call, rename_unit(call.body, given(call)))


async def unit_retype(call: Call[shapes.RetypeUnit]) -> Outcome:
    """Give a unit another type from a day on."""
    return await _changed(call, retype_unit(call.body, given(call)))


async def unit_pass_custody(call: Call[shapes.PassCustody]) -> Outcome:
    """Say which heir keeps what goes on in a divided unit."""
    return await _changed(call, pass_custody(call.body, given(call)))


async def unit_undo_change(call: Call[shapes.UndoUnitChange]) -> Outcome:
    """Take back a unit's last standing change."""
    named = await call.runtime.read(read_named)
    return await _changed(call, undo_unit_change(call.body, given(call), named))


async def _changed(call: Call[Any], change: Change[Unit]) -> Outcome:
    outcome = await call.runtime.commands.run(change, call.key)
    await reload_units(call.runtime)
    return outcome


VERBS: Final = (
    query("units.tree", shapes.UnitsTree, units_tree, UNITS),
    query("units.changes", shapes.UnitsChanges, units_changes, UNITS),
    command("unit.rename", shapes.RenameUnit, unit_rename, WRITE_UNITS),
    command("unit.retype", shapes.RetypeUnit, unit_retype, WRITE_UNITS),
    command("unit.pass_custody", shapes.PassCustody, unit_pass_custody, WRITE_UNITS),
    command("unit.undo_change", shapes.UndoUnitChange, unit_undo_change, WRITE_UNITS),
)
