"""Questions about administrative units."""

from typing import Final

from services.chassis.calls import Call
from services.chassis.clock import local_today
from services.contracts.registry import api
from services.registry.read_models import unit_views
from services.registry.verbs.making import UNITS, query
from services.unit_directory.directory import units_of


async def units_get(call: Call[api.UnitsGet]) -> api.UnitsAnswer:
    """Get units by id."""
    tree = units_of(call.runtime)
    found = [tree.get(unit_id) for unit_id in call.body.ids]
    return api.UnitsAnswer(
        rows=tuple(unit_views.view(u, call.body.on) if u else None for u in found)
    )


async def units_resolve(call: Call[api.UnitsResolve]) -> api.UnitView:
    """Find the one unit that a code or id means on a day."""
    on = call.body.on or local_today()
    return unit_views.view(units_of(call.runtime).resolve(call.body.unit, on), on)


async def units_children(call: Call[api.UnitsChildren]) -> api.UnitsChildrenAnswer:
    """List the children of units on a day."""
    tree = units_of(call.runtime)
    asked = call.body
    on = asked.on or local_today()
    return api.UnitsChildrenAnswer(
        parents=tuple(
            unit_views.children(tree, parent, on, first=asked.first, after=asked.after)
            for parent in asked.ids
        )
    )


async def units_search(call: Call[api.UnitsSearch]) -> api.UnitList:
    """Find units by name, with or without diacritics, or by code."""
    asked = call.body
    found = units_of(call.runtime).search(
        asked.text, on=asked.on, level=asked.level, first=asked.first + 1
    )
    return unit_views.listed(found, asked.on, first=asked.first)


VERBS: Final = (
    query("units.get", api.UnitsGet, units_get, UNITS),
    query("units.resolve", api.UnitsResolve, units_resolve, UNITS),
    query("units.children", api.UnitsChildren, units_children, UNITS),
    query("units.search", api.UnitsSearch, units_search, UNITS),
)
