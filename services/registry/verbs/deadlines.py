"""The chase list: what is due in a unit's subtree, across all areas."""

from typing import Final

from services.chassis.calls import Call
from services.chassis.clock import local_today
from services.contracts.registry import deadlines as shapes
from services.registry.read_models.deadlines import DeadlineFilter, list_deadlines
from services.registry.verbs.making import callers_paths, query
from services.unit_directory.directory import units_of


async def deadlines_list(call: Call[shapes.DeadlinesList]) -> shapes.DeadlineList:
    """List what is due or overdue in a unit's subtree on a day."""
    asked = call.body
    tree = units_of(call.runtime)
    on = asked.on or local_today()
    unit = tree.resolve(asked.unit, None if asked.unit.id else on)
    wanted = DeadlineFilter(
        tree.covers(unit.id),
        callers_paths(call),
        asked.kinds,
        asked.only_overdue,
        asked.due_before,
    )
    return await call.runtime.read(
        list_deadlines, wanted, on=on, first=asked.first, after=asked.after
    )


VERBS: Final = (query("deadlines.list", shapes.DeadlinesList, deadlines_list),)
