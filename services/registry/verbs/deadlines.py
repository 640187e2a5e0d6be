"""The chase list: what is due in a unit's subtree, across all areas."""

from typing import Final

from services.chassis.calls import Call
from services.chassis.clock import local_today
from services.contracts.registry import deadlines as shapes
from services.registry.read_models.deadlines import (
    GOES_WITH,
    DeadlineFilter,
    list_deadlines,
)
from services.registry.verbs.making import areas, query


async def deadlines_list(call: Call[shapes.DeadlinesList]) -> shapes.DeadlineList:
    """List what is due or overdue in a unit's subtree on a day."""
    asked = call.body
    on = asked.on or local_today()
    every = areas(call, asked.unit, on=on)
    custodies = dict.fromkeys(GOES_WITH.values())
    by_custody = {one: areas(call, asked.unit, one, on) for one in custodies}
    wanted = DeadlineFilter(
        every,
        {one: kept for one, kept in by_custody.items() if kept != every},
        asked.kinds,
        asked.only_overdue,
        asked.due_before,
    )
    return await call.runtime.read(
        list_deadlines, wanted, on=on, first=asked.first, after=asked.after
    )


VERBS: Final = (query("deadlines.list", shapes.DeadlinesList, deadlines_list),)
