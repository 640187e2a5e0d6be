"""Commands and questions about named hierarchies over the units."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from services.chassis.calls import Call, Outcome
from services.chassis.commands import Change
from services.contracts.registry import hierarchies as api
from services.registry.domain.hierarchy import Hierarchy
from services.registry.domain.hierarchy_errors import HierarchyUnknown
from services.registry.read_models import hierarchy_list
from services.registry.use_cases import hierarchies as use_cases
from services.registry.use_cases.circumstances import Circumstances
from services.registry.verbs.making import UNITS, command, given, query
from services.registry.verbs.units import day_of, tree_of

WRITE: Final = "units:write"

T = TypeVar("T")


async def hierarchy_define(call: Call[api.DefineHierarchy]) -> Outcome:
    """Begin a named hierarchy over the units of its owner's area."""
    return await _run(call, use_cases.define_hierarchy)


async def hierarchy_skip_level(call: Call[api.SkipLevel]) -> Outcome:
    """Let a hierarchy do without a level from a day on."""
    return await _run(call, use_cases.skip_level)


async def hierarchy_withdraw_skip(call: Call[api.WithdrawSkip]) -> Outcome:
    """Take back a skipped level that was recorded wrongly."""
    return await _run(call, use_cases.withdraw_skip)


async def hierarchy_place_unit(call: Call[api.PlaceUnit]) -> Outcome:
    """Put a unit under another one in a hierarchy, from a day on."""
    return await _run(call, use_cases.place_unit)


async def hierarchy_return_unit(call: Call[api.ReturnUnit]) -> Outcome:
    """Let a unit stand as in the base again, from a day on."""
    return await _run(call, use_cases.return_unit)


async def hierarchy_withdraw_placing(call: Call[api.WithdrawPlacing]) -> Outcome:
    """Take back the last change of a unit's place, which was recorded wrongly."""
    return await _run(call, use_cases.withdraw_placing)


async def hierarchy_end(call: Call[api.EndHierarchy]) -> Outcome:
    """End a hierarchy; its past stays."""
    return await _run(call, use_cases.end_hierarchy)


async def _run(
    call: Call[T], decide: Callable[[T, Circumstances], Change[Hierarchy]]
) -> Outcome:
    return await call.runtime.commands.run(decide(call.body, given(call)), call.key)


async def hierarchies_list(call: Call[api.HierarchiesList]) -> api.HierarchiesAnswer:
    """List the hierarchies of a day, administration first."""
    asked = call.body
    await tree_of(call, asked.known_at)  # refuses a moment before the register
    on = asked.on
    rows = await call.runtime.read(hierarchy_list.list_hierarchies, on, asked.known_at)
    return api.HierarchiesAnswer(rows=tuple(rows))


async def hierarchies_children(
    call: Call[api.HierarchyChildren],
) -> api.HierarchyChildrenAnswer:
    """List what stands below units in a hierarchy on a day, or at its top."""
    asked = call.body
    seen = await _seen(call)
    parents = tuple(
        seen.children(above, first=asked.first, after=asked.after)
        for above in (asked.ids or (None,))
    )
    on = day_of(asked.on, asked.known_at)
    return api.HierarchyChildrenAnswer(on=on, parents=parents)


async def hierarchies_ancestors(
    call: Call[api.HierarchyAncestors],
) -> api.HierarchyAncestorsAnswer:
    """List what stands above units in a hierarchy on a day, the nearest first."""
    seen = await _seen(call)
    return api.HierarchyAncestorsAnswer(
        on=day_of(call.body.on, call.body.known_at),
        lines=tuple(seen.line(unit_id) for unit_id in call.body.ids),
    )


async def _seen(call: Call[Any]) -> hierarchy_list.Seen:
    code, known_at = call.body.hierarchy, call.body.known_at
    tree = await tree_of(call, known_at)
    order = await call.runtime.read(hierarchy_list.read_order, code, known_at)
    if order is None:
        raise HierarchyUnknown(field="$.hierarchy", hierarchy=code)
    return hierarchy_list.Seen(order, tree, day_of(call.body.on, known_at))


VERBS: Final = (
    command("hierarchy.define", api.DefineHierarchy, hierarchy_define, WRITE),
    command("hierarchy.skip_level", api.SkipLevel, hierarchy_skip_level, WRITE),
    command(
        "hierarchy.withdraw_skip", api.WithdrawSkip, hierarchy_withdraw_skip, WRITE
    ),
    command("hierarchy.place_unit", api.PlaceUnit, hierarchy_place_unit, WRITE),
    command("hierarchy.return_unit", api.ReturnUnit, hierarchy_return_unit, WRITE),
    command(
        "hierarchy.withdraw_placing",
        api.WithdrawPlacing,
        hierarchy_withdraw_placing,
        WRITE,
    ),
    command("hierarchy.end", api.EndHierarchy, hierarchy_end, WRITE),
    query("hierarchies.list", api.HierarchiesList, hierarchies_list, UNITS),
    query("hierarchies.children", api.HierarchyChildren, hierarchies_children, UNITS),
    query(
        "hierarchies.ancestors", api.HierarchyAncestors, hierarchies_ancestors, UNITS
    ),
)
