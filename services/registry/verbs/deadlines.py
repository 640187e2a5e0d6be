"""The chase list: what is due in a unit's subtree, across all areas."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Final

from services.chassis.calls import Call
from services.chassis.clock import local_today
from services.contracts.registry import deadlines as shapes
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.read_models.deadlines import (
    GOES_WITH,
    OF_CARE,
    DeadlineFilter,
    Seen,
    list_deadlines,
)
from services.registry.verbs.making import CARE, READ, areas, query


async def deadlines_list(call: Call[shapes.DeadlinesList]) -> shapes.DeadlineList:
    """List what is due or overdue in a unit's subtree on a day.

    That a claim or a visit is due is shown to those who may read of care.
    """
    asked = call.body
    on = asked.on or local_today()
    wanted = DeadlineFilter(
        list(_seen(call, on)), asked.kinds, asked.only_overdue, asked.due_before
    )
    return await call.runtime.read(
        list_deadlines, wanted, on=on, first=asked.first, after=asked.after
    )


def _seen(call: Call[shapes.DeadlinesList], on: date) -> Iterator[Seen]:
    for scope, kinds in ((READ, set(DeadlineKind) - OF_CARE), (CARE, OF_CARE)):
        right = call.caller.only_with(scope)
        if right.unit_roots:
            mine = dataclasses.replace(call, principal=right)
            every = areas(mine, call.body.unit, on=on)
            custodies = dict.fromkeys(
                with_ for kind, with_ in GOES_WITH.items() if kind in kinds
            )
            by_custody = {
                one: areas(mine, call.body.unit, one, on) for one in custodies
            }
            kept = {one: where for one, where in by_custody.items() if where != every}
            yield Seen(kinds, every, kept)


VERBS: Final = (query("deadlines.list", shapes.DeadlinesList, deadlines_list),)
